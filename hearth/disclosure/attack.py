"""The attacker: all published sums, split where nothing connects them, each part tried."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from hearth.disclosure.polytope import NEAR, Numbers, Polytope, Ranges


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
    low, high = np.zeros(cells.shape[0]), np.zeros(cells.shape[0])
    for part in _parts(published, cells):
        found = _alone(part)
        if found is None:
            start = None if known is None else known[part.unknowns]
            found = _polytope(part).ranges(part.cells, need, start)
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


def _polytope(part: Part) -> Polytope:
    given = part.published
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
