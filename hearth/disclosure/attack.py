"""The attacker: all published sums, split where nothing connects them, each part tried."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from hearth.disclosure.polytope import NEAR, Numbers, Polytope, Ranges

SEED = 20_260_803
PORTION = 1_500  # unknowns
GLANCES = 6


@dataclass(frozen=True)
class Published:
    """What an attacker has: sums of unknowns, and between which bounds each unknown lies."""

    sums: sparse.csr_array
    counts: Numbers
    low: Numbers
    high: Numbers


def ranges(
    published: Published, cells: sparse.csr_array, need: float, known: Numbers | None = None
) -> Ranges:
    """How far each of `cells` can move; wider ones are followed only up to `need`."""
    first, twin = _alike(cells)
    found = _ranges(_distinct(published), sparse.csr_array(cells[first]), need, known)
    return Ranges(found.low[twin], found.high[twin])


def _alike(rows: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """The first of each kind of row, and of which kind each row is, by a random sum."""
    mark = np.random.default_rng(SEED).integers(1, 1 << 40, rows.shape[1])
    _, first, twin = np.unique(
        np.asarray(rows.astype(np.int64) @ mark), return_index=True, return_inverse=True
    )
    return first, twin.ravel()


def _distinct(published: Published) -> Published:
    """Each sum once; a sum that is published twice must be the same."""
    first, twin = _alike(published.sums)
    if np.abs(published.counts - published.counts[first][twin]).max(initial=0) > NEAR:
        raise ArithmeticError("two published figures of the same people differ")
    return replace(
        published,
        sums=sparse.csr_array(published.sums[first]),
        counts=published.counts[first],
    )


def _ranges(
    published: Published, cells: sparse.csr_array, need: float, known: Numbers | None
) -> Ranges:
    low, high = np.zeros(cells.shape[0]), np.zeros(cells.shape[0])
    for part in _parts(published, cells):
        found = _alone(part)
        if found is None:
            solver = _polytope(part.published)
            start = solver.some() if known is None else known[part.unknowns]
            values = np.asarray(part.cells @ start, dtype=np.float64)
            found = Ranges(values, values.copy())
            if len(part.unknowns) > 2 * PORTION:
                _glance_in_portions(part, start, need, found)
            found = solver.ranges(part.cells, need, found)
        low[part.numbers], high[part.numbers] = found.low, found.high
    return Ranges(low, high)


@dataclass(frozen=True)
class Part:
    """Unknowns that share no sum with the others."""

    unknowns: np.ndarray
    numbers: np.ndarray
    published: Published
    cells: sparse.csr_array
    rows: np.ndarray


def _glance_in_portions(part: Part, start: Numbers, need: float, found: Ranges) -> None:
    """In a large table, let a portion of the unknowns move while the others stand still.

    What moves then can move in the whole too: each portion is small, and shows most cells wide.
    """
    given, size = part.published, len(part.unknowns)
    for first in range(0, size, PORTION):
        here = np.arange(first, min(size, first + PORTION))
        sums = sparse.csr_array(given.sums[:, here])
        rows = np.flatnonzero(np.diff(sums.indptr))
        cells = sparse.csr_array(part.cells[:, here])
        seen = np.flatnonzero((np.diff(cells.indptr) > 0) & (found.width < need))
        if not len(seen):
            continue
        counts = np.asarray(sums[rows] @ start[here], dtype=np.float64)
        inside = Published(sums[rows], counts, given.low[here], given.high[here])
        some = sparse.csr_array(cells[seen])
        rest = np.asarray(part.cells[seen] @ start - some @ start[here])
        portion = Ranges(found.low[seen] - rest, found.high[seen] - rest)
        _polytope(inside).glance(some, need, portion, GLANCES)
        found.low[seen], found.high[seen] = portion.low + rest, portion.high + rest


def _polytope(given: Published) -> Polytope:
    return Polytope(given.sums, given.counts, given.low, given.high)


def _parts(published: Published, cells: sparse.csr_array) -> Iterator[Part]:
    both = sparse.vstack([published.sums, cells], format="csr")
    rows = both.shape[0]
    graph = sparse.block_array([[None, both], [both.T, None]], format="csr")
    _, label = csgraph.connected_components(graph, directed=False)
    of_row, of_cell = label[: published.sums.shape[0]], label[published.sums.shape[0] : rows]
    for wanted in np.unique(of_cell):
        here = np.flatnonzero(label[rows:] == wanted)
        lines = np.flatnonzero(of_row == wanted)
        numbers = np.flatnonzero(of_cell == wanted)
        inside = Published(
            published.sums[lines][:, here],
            published.counts[lines],
            published.low[here],
            published.high[here],
        )
        yield Part(here, numbers, inside, cells[numbers][:, here], lines)


def _alone(part: Part) -> Ranges | None:
    """A single sum of unknowns needs no linear program."""
    given = part.published
    if given.sums.shape[0] != 1 or part.cells.nnz != part.cells.shape[0]:
        return None
    if not ((given.sums.data == 1).all() and (part.cells.data == 1).all()):
        return None
    if given.sums.nnz != len(part.unknowns) or not np.isfinite(given.low).all():
        return None
    if len(part.unknowns) == 1:
        value = np.repeat(given.counts, len(part.numbers))
        return Ranges(value, value)
    spare_low = given.counts[0] - given.low.sum()
    spare_high = given.high.sum() - given.counts[0]
    if spare_low < -NEAR or spare_high < -NEAR:
        raise ArithmeticError("no table agrees with all published figures")
    low = np.maximum(given.low, given.high - spare_high) if np.isfinite(spare_high) else given.low
    high = np.minimum(given.high, given.low + spare_low)
    at = part.cells.indices
    return Ranges(low[at].astype(np.float64), high[at].astype(np.float64))
