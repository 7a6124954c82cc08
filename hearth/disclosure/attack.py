"""The attacker: all published sums, split where nothing connects them, each part tried."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from hearth.disclosure.center import Center
from hearth.disclosure.polytope import (
    EFFORT,
    NEAR,
    Exhausted,
    Numbers,
    Polytope,
    Published,
    Ranges,
    alike,
)
from hearth.disclosure.portions import look_around, look_near

SMALL = 1_000  # unknowns: programs over the whole are as quick
FROM_KNOWN = (600, 1_400, 2_500, 4_000, 4_000, 6_000, 8_000, 8_000)
NEAR_BY = (600, 600, 600, 900, 900, 1_400)  # unknowns in a portion
FARTHER = (2_500, 4_000)
BESIDE = (1_000, 3_000)  # unknowns of the blocks that can best make up for a cell
WHOLE = 15_000  # unknowns: up to here lines through the whole, and programs over it
PORTION = 50  # unknowns taken for neighbors where nothing better is said


def ranges(
    published: Published,
    cells: sparse.csr_array,
    need: float,
    known: Numbers | None = None,
    block: np.ndarray | None = None,
    effort: int = EFFORT,
) -> Ranges:
    """How far each of `cells` can move; wider ones are followed only up to `need`.

    `known` is a table that agrees, where there is one at hand; `block` numbers the unknowns that
    lie close together (those of a school), where they are many. `effort` is what the programs
    over the whole of a part may cost, steps times unknowns; what they leave is `unproven`.
    """
    first, twin = alike(cells)
    home = np.arange(len(published.low)) // PORTION if block is None else block
    found = _ranges(_distinct(published), sparse.csr_array(cells[first]), need, known, home, effort)
    return Ranges(found.low[twin], found.high[twin], found.unproven[twin])


def _distinct(published: Published) -> Published:
    """Each sum once; a sum that is published twice must be the same."""
    first, twin = alike(published.sums)
    if np.abs(published.counts - published.counts[first][twin]).max(initial=0) > NEAR:
        raise ArithmeticError("two published figures of the same people differ")
    return replace(
        published,
        sums=sparse.csr_array(published.sums[first]),
        counts=published.counts[first],
    )


def _ranges(
    published: Published,
    cells: sparse.csr_array,
    need: float,
    known: Numbers | None,
    home: np.ndarray,
    effort: int,
) -> Ranges:
    ends = Ranges.of(np.zeros(cells.shape[0]), np.zeros(cells.shape[0]))
    for part in _parts(published, cells):
        found = _alone(part)
        if found is None:
            guess = None if known is None else known[part.unknowns]
            found = _search(part.published, part.cells, need, guess, home[part.unknowns], effort)
        ends.low[part.numbers], ends.high[part.numbers] = found.low, found.high
        ends.unproven[part.numbers] = found.unproven
    return ends


def _search(
    given: Published,
    cells: sparse.csr_array,
    need: float,
    known: Numbers | None,
    home: np.ndarray,
    effort: int,
) -> Ranges:
    """First the tables that are quick to find; programs over the whole for what is left."""
    size, found = len(given.low), Ranges.nowhere(cells.shape[0])
    if known is not None and size > SMALL:
        found.see(cells, known)
        look_around(given, cells, known, need, found, home, FROM_KNOWN)
        if not (found.width < need).any():
            return found
    center = Center.of(given) if size > SMALL and (size <= WHOLE or known is None) else None
    start = _start(given, known, center, effort)
    if start is None:
        return found
    found.see(cells, start)
    if center is not None:
        look_around(given, cells, start, need, found, home, NEAR_BY)
        center.look_along_lines(cells, need, found)
    look_around(given, cells, start, need, found, home, FARTHER)
    if size > SMALL:
        for portion in BESIDE:
            look_near(given, cells, start, need, found, home, portion)
    if center is not None and size <= WHOLE and (found.width < need).any():
        center.follow(cells, need, found)
    if (found.width < need).any():
        found = Polytope(given, effort if size <= WHOLE else 0).ranges(cells, need, found)
    return found


def _start(
    given: Published, known: Numbers | None, center: Center | None, effort: int
) -> Numbers | None:
    """A table that agrees; None where the effort ended before one was found."""
    if center is not None:
        return center.table
    if known is not None:
        return known
    try:
        return Polytope(given, effort if len(given.low) > WHOLE else None).some()
    except Exhausted:
        return None


@dataclass(frozen=True)
class Part:
    """Unknowns that share no sum with the others."""

    unknowns: np.ndarray
    numbers: np.ndarray
    published: Published
    cells: sparse.csr_array
    rows: np.ndarray


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
        return Ranges.of(value, value)
    spare_low = given.counts[0] - given.low.sum()
    spare_high = given.high.sum() - given.counts[0]
    if spare_low < -NEAR or spare_high < -NEAR:
        raise ArithmeticError("no table agrees with all published figures")
    low = np.maximum(given.low, given.high - spare_high) if np.isfinite(spare_high) else given.low
    high = np.minimum(given.high, given.low + spare_low)
    at = part.cells.indices
    return Ranges.of(low[at].astype(np.float64), high[at].astype(np.float64))
