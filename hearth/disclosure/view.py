"""What is left of each block once it is solved, and all blocks seen together from above."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.disclosure import modular
from hearth.disclosure.flat import Flags, Whole
from hearth.disclosure.problem import Numbers, Problem

SEED = 20_260_801
Small: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True)
class Block:
    """What is left of a block: what is withheld, and how its unknowns can move."""

    hidden: Numbers
    unknowns: Numbers
    free: Small  # unknown × direction

    def along(self, directions: modular.Field) -> Whole:
        """How the block's unknowns move along combinations of its directions."""
        return modular.product(self.free.astype(np.float64), directions).astype(np.int64)


@dataclass(frozen=True)
class View:
    """Links and withheld rows, seen along a random part of what is free.

    Of a thousand schools the rows are too many to be kept so: they are worked out when asked for.
    """

    problem: Problem
    blocks: list[Block]
    links: modular.Field
    rows: Numbers

    @classmethod
    def of(cls, problem: Problem, linking: Numbers, blocks: list[Block]) -> "View":
        """A random part of what is free, a little larger than the links can ever fix, is enough."""
        mark = np.random.default_rng(SEED).integers(1, 1 << 40, len(linking))
        above = sparse.csc_array(problem.sums[linking])
        columns = len(np.unique(mark @ above))
        size = min(columns, sum(block.free.shape[1] for block in blocks)) + 3
        links = np.zeros((len(linking), size), dtype=np.int64)
        for number, block in enumerate(blocks):
            way = block.along(_some(number, block, size))
            links = (links + above[:, block.unknowns] @ way) % modular.PRIME
        rows = np.concatenate([block.hidden for block in blocks])
        return cls(problem, blocks, links.astype(np.float64), rows)

    def seen(self, wanted: Flags) -> modular.Field:
        """The wanted ones of `rows`."""
        found, start = [], 0
        for number, block in enumerate(self.blocks):
            own = block.hidden[wanted[start : start + len(block.hidden)]]
            start += len(block.hidden)
            if len(own):
                way = block.along(_some(number, block, self.links.shape[1]))
                found.append(self.problem.sums[own][:, block.unknowns] @ way)
        whole = np.vstack([np.zeros((0, self.links.shape[1]), dtype=np.int64), *found])
        return (whole % modular.PRIME).astype(np.float64)

    def stands_still(self, direction: modular.Field) -> Flags:
        """Which of `rows` do not move along one direction of the view."""
        move = np.zeros(self.problem.sums.shape[1], dtype=np.int64)
        for number, block in enumerate(self.blocks):
            mixed = modular.product(_some(number, block, len(direction)), direction)
            move[block.unknowns] = block.along(mixed)[:, 0]
        return np.asarray(self.problem.sums[self.rows] @ move % modular.PRIME == 0)


def _some(number: int, block: Block, size: int) -> modular.Field:
    return modular.noise(np.random.default_rng([SEED, number]), block.free.shape[1], size)


def dense(part: sparse.csr_array) -> Whole:
    return np.asarray(np.mod(part.toarray(), modular.PRIME), dtype=np.int64)
