"""Secondary suppression over the whole of a table: block by block, then what links the blocks.

A block is, say, one school: most cells lie within one block, and only the cells above (those of
the district) link them. The blocks are small and solved in turn; the links see each block only
through what is still free in it.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.disclosure import flat, modular

Flags: TypeAlias = NDArray[np.bool_]
SEED = 20_260_801


@dataclass(frozen=True)
class Problem:
    """Rows are cells (shown or not is the question) over the unknowns that are not known zeros."""

    sums: sparse.csr_array
    secret: Flags  # must not follow from what is shown
    fixed: Flags  # is known already, whatever we do
    open_: Flags  # may be shown
    wanted: NDArray[np.float64]  # what is lost by withholding it
    block: NDArray[np.int64]  # of each unknown

    def with_open(self, open_: Flags) -> "Problem":
        return replace(self, open_=open_)


def withhold(problem: Problem) -> Flags:
    """The rows that do not follow from what is shown."""
    rng = np.random.default_rng(SEED)
    home = _home(problem)
    hidden = np.ones(problem.sums.shape[0], dtype=bool)
    linking = np.flatnonzero(home == -1)
    parts: list[tuple[NDArray[np.int64], modular.Field, modular.Field]] = []
    for block in range(int(problem.block.max(initial=-1)) + 1):
        unknowns = np.flatnonzero(problem.block == block)
        rows = np.flatnonzero(home == block)
        found = _grow_block(problem, rows, unknowns, rng)
        hidden[rows[found.known[: len(rows)]]] = False
        free = found.left[len(rows) :]
        above = problem.sums[linking][:, unknowns]
        hiding = np.flatnonzero(~found.known[: len(rows)])
        parts.append((rows[hiding], found.left[hiding], modular.product(_dense(above), free)))
    if len(linking):
        _link(problem, linking, parts, hidden, rng)
    return hidden


def _dense(part: sparse.csr_array) -> modular.Field:
    return np.asarray(np.mod(part.toarray().astype(np.float64), modular.PRIME))


def _home(problem: Problem) -> NDArray[np.int64]:
    """The block in which a row lies, -1 where it lies in several."""
    if not problem.sums.nnz:
        return np.zeros(problem.sums.shape[0], dtype=np.int64)
    owner = problem.block[problem.sums.indices]
    start = problem.sums.indptr[:-1]
    filled = np.diff(problem.sums.indptr) > 0
    least = np.full(len(start), -1, dtype=np.int64)
    greatest = np.full(len(start), -2, dtype=np.int64)
    least[filled] = np.minimum.reduceat(owner, start[filled])
    greatest[filled] = np.maximum.reduceat(owner, start[filled])
    return np.where(least == greatest, least, -1)


def _grow_block(
    problem: Problem,
    rows: NDArray[np.int64],
    unknowns: NDArray[np.int64],
    rng: np.random.Generator,
) -> flat.Found:
    """The block's rows, then one row for each unknown: how it moves with what is free."""
    values = np.vstack([_dense(problem.sums[rows][:, unknowns]), np.eye(len(unknowns))])
    nothing = np.zeros(len(unknowns), dtype=bool)
    secret = np.concatenate([problem.secret[rows], nothing])
    for row in np.flatnonzero(problem.fixed[rows]):
        if values[row].any():
            values = modular.without(values, int(row))
    open_ = np.concatenate([problem.open_[rows], nothing])
    wanted = np.concatenate([problem.wanted[rows], np.zeros(len(unknowns))])
    return flat.grow(values, secret, open_, wanted, rng)


def _link(
    problem: Problem,
    linking: NDArray[np.int64],
    parts: list[tuple[NDArray[np.int64], modular.Field, modular.Field]],
    hidden: Flags,
    rng: np.random.Generator,
) -> None:
    """Show the cells that link the blocks, as far as no block's secret follows.

    A random part of what is free, a little larger than the links can ever fix, is enough.
    """
    size = min(len(linking), sum(part[1].shape[1] for part in parts)) + 3
    above = np.zeros((len(linking), size))
    below: list[tuple[NDArray[np.int64], modular.Field]] = []
    for rows, left, links in parts:
        some = modular.noise(rng, left.shape[1], size)
        above = np.mod(above + modular.product(links, some), modular.PRIME)
        below.append((rows, modular.product(left, some)))
    rows_below = np.concatenate([rows for rows, _ in below])
    values_below = np.vstack([values for _, values in below])
    shaky: Flags = _shaky(problem, linking, above, values_below, rng)
    watched = np.flatnonzero(shaky)
    rows = np.concatenate([linking, rows_below[watched]])
    values = np.vstack([above, values_below[watched]])
    for number, row in enumerate(linking):
        if problem.fixed[row] and values[number].any():
            values = modular.without(values, number)
    found = flat.grow(values, problem.secret[rows], problem.open_[rows], problem.wanted[rows], rng)
    hidden[rows[found.known]] = False


def _shaky(
    problem: Problem,
    linking: NDArray[np.int64],
    above: modular.Field,
    below: modular.Field,
    rng: np.random.Generator,
) -> Flags:
    """Rows within the blocks that would follow if every link that may be shown were shown."""
    values = np.vstack([above, np.eye(above.shape[1])])
    for number, row in enumerate(linking):
        if (problem.open_[row] or problem.fixed[row]) and values[number].any():
            values = modular.without(values, number)
    free = values[len(linking) :]
    one = modular.product(free, modular.noise(rng, free.shape[1], 1))
    return np.asarray(modular.product(below, one)[:, 0] == 0)
