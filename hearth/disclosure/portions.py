"""In a large table, let a portion of the unknowns move while the others stand still.

What moves then can move in the whole too. A portion of a few schools is small, its programs end in
hundredths of a second, and it shows most cells wide; larger portions are for what is left.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from hearth.disclosure.polytope import Numbers, Polytope, Published, Ranges, alike

SEED = 20_260_804
GLANCES = 4
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
    for size in sizes:
        narrow = np.flatnonzero(found.width < need)
        if not len(narrow) or 2 * size > len(start):
            return
        some = sparse.csc_array(cells[narrow])
        base = np.asarray(some @ start)
        far = need + SPARE
        down, up = np.maximum(given.low - start, -far), np.minimum(given.high - start, far)
        for here in _portions(some, block, size, rng):
            inside = sparse.csr_array(some[:, here])
            seen = np.flatnonzero(np.diff(inside.indptr))
            seen = seen[found.width[narrow[seen]] < need]
            if len(seen):
                rows = narrow[seen]
                portion = Ranges.of(found.low[rows], found.high[rows])
                moves = Polytope(_moves(columns, here, down, up))
                moves.glance(sparse.csr_array(inside[seen]), need, portion, GLANCES, base[seen])
                found.low[rows], found.high[rows] = portion.low, portion.high


def _moves(columns: sparse.csc_array, here: np.ndarray, down: Numbers, up: Numbers) -> Published:
    """How the unknowns of a portion may move: every published sum stays as it is."""
    sums = sparse.csr_array(columns[:, here])
    sums = sparse.csr_array(sums[np.flatnonzero(np.diff(sums.indptr))])
    sums = sparse.csr_array(sums[alike(sums)[0]])
    return Published(sums, np.zeros(sums.shape[0]), down[here], up[here])


def _portions(
    cells: sparse.csc_array, block: np.ndarray, size: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Whole blocks drawn by lot, those with the most narrow cells of their own in company."""
    numbers, home = np.unique(block, return_inverse=True)
    spread = np.asarray((cells != 0).sum(axis=1)).ravel()
    weight = np.asarray((1.0 / np.maximum(spread, 1)) @ (cells != 0))
    busy = np.bincount(home, weight, len(numbers)) >= 0.5
    order = np.argsort(rng.random(len(numbers)) + ~busy)
    rank = np.empty(len(numbers), dtype=np.int64)
    rank[order] = np.arange(len(numbers))
    ends = np.cumsum(np.bincount(home, minlength=len(numbers))[order])
    portion = (np.maximum(ends - 1, 0) // size)[rank[home]]
    for number in np.unique(portion):
        yield np.flatnonzero(portion == number)
