"""In a large table, let a portion of the unknowns move while the others stand still.

What moves then can move in the whole too. A portion of a few schools is small, its programs end in
hundredths of a second, and it shows most cells wide; larger portions are for what is left.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np
from scipy import sparse

from hearth.disclosure.polytope import Exhausted, Numbers, Polytope, Published, Ranges, alike

SEED = 20_260_804
GLANCES = 4
EFFORT = 20_000_000  # steps of the simplex over a portion, times its unknowns
SPARE = 2.0  # people beyond what is needed: further no unknown has to go


def look_around(
    given: Published,
    cells: sparse.csr_array,
    start: Numbers,
    need: float,
    found: Ranges,
    block: np.ndarray,
    sizes: Sequence[int],
) -> None:
    """Widen `found` as far as tables show that are like `start` outside a portion."""
    rng, columns = np.random.default_rng(SEED), sparse.csc_array(given.sums)
    for turn, size in enumerate(sizes):
        narrow = np.flatnonzero(found.width < need)
        if not len(narrow) or 2 * size > len(start):
            return
        some = sparse.csc_array(cells[narrow])
        base = np.asarray(some @ start)
        far = need + SPARE
        down, up = np.maximum(given.low - start, -far), np.minimum(given.high - start, far)
        for here in _portions(some, block, size, rng, every=not turn):
            inside = sparse.csr_array(some[:, here])
            seen = np.flatnonzero(np.diff(inside.indptr))
            seen = seen[found.width[narrow[seen]] < need]
            if len(seen):
                rows = narrow[seen]
                portion = Ranges.of(found.low[rows], found.high[rows])
                moves = Polytope(_moves(columns, here, down, up))
                moves.glance(sparse.csr_array(inside[seen]), need, portion, GLANCES, base[seen])
                found.low[rows], found.high[rows] = portion.low, portion.high


def look_near(
    given: Published,
    cells: sparse.csr_array,
    start: Numbers,
    need: float,
    found: Ranges,
    block: np.ndarray,
    size: int,
) -> None:
    """Widen each cell that is still narrow with the blocks that can best make up for it."""
    narrow = np.flatnonzero(found.width < need)
    if not len(narrow):
        return
    columns, near = sparse.csc_array(given.sums), Neighbors(given.sums, block)
    far = need + SPARE
    down, up = np.maximum(given.low - start, -far), np.minimum(given.high - start, far)
    for number in narrow:
        here = near.of(cells[[number]].indices, size)
        rows = np.flatnonzero(found.width < need)
        inside = sparse.csr_array(sparse.csc_array(cells[rows])[:, here])
        base = np.asarray(cells[rows] @ start)
        portion = Ranges.of(found.low[rows], found.high[rows])
        moves = Polytope(_moves(columns, here, down, up), EFFORT)
        with suppress(Exhausted):
            for at in np.flatnonzero(rows == number):
                moves.pull(inside, int(at), need, portion, base)
        found.low[rows], found.high[rows] = portion.low, portion.high


class Neighbors:
    """Which blocks can best make up for what moves in a cell: those that share sums of few."""

    def __init__(self, sums: sparse.csr_array, block: np.ndarray) -> None:
        self.sums, self.columns, self.block = sums, sparse.csc_array(sums), block
        self.sizes = np.bincount(block)
        many = np.diff(sums.indptr)
        self.weight = 1.0 / np.maximum(many, 1)
        self.still = np.zeros(sums.shape[1], dtype=bool)
        self.still[sums.indices[sums.indptr[:-1][many == 1]]] = True

    def of(self, unknowns: np.ndarray, size: int) -> np.ndarray:
        """The unknowns of whole blocks, those of the cell's own first, until there are `size`."""
        shared = np.unique(self.columns[:, unknowns].indices)
        score = np.asarray(self.weight[shared] @ self.sums[shared]) * ~self.still
        score[unknowns] += len(score)
        order = np.argsort(-np.bincount(self.block, score, len(self.sizes)), kind="stable")
        before = np.concatenate([[0], np.cumsum(self.sizes[order])[:-1]])
        return np.flatnonzero(np.isin(self.block, order[before < size]))


def _moves(columns: sparse.csc_array, here: np.ndarray, down: Numbers, up: Numbers) -> Published:
    """How the unknowns of a portion may move: every published sum stays as it is."""
    sums = sparse.csr_array(columns[:, here])
    sums = sparse.csr_array(sums[np.flatnonzero(np.diff(sums.indptr))])
    sums = sparse.csr_array(sums[alike(sums)[0]])
    return Published(sums, np.zeros(sums.shape[0]), down[here], up[here])


def _portions(
    cells: sparse.csc_array, block: np.ndarray, size: int, rng: np.random.Generator, *, every: bool
) -> Iterator[np.ndarray]:
    """Whole blocks drawn by lot, those with the most narrow cells of their own in company. Unless
    `every` portion is wanted, those without such a cell are left out."""
    numbers, home = np.unique(block, return_inverse=True)
    spread = np.asarray((cells != 0).sum(axis=1)).ravel()
    weight = np.asarray((1.0 / np.maximum(spread, 1)) @ (cells != 0))
    busy = np.bincount(home, weight, len(numbers)) >= 0.5
    order = np.argsort(rng.random(len(numbers)) + ~busy)
    rank = np.empty(len(numbers), dtype=np.int64)
    rank[order] = np.arange(len(numbers))
    ends = np.cumsum(np.bincount(home, minlength=len(numbers))[order])
    portion = (np.maximum(ends - 1, 0) // size)[rank[home]]
    last = int(portion[busy[home]].max(initial=0))
    for number in np.unique(portion if every else portion[portion <= last]):
        yield np.flatnonzero(portion == number)
