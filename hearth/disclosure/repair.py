"""Withhold a little more where an attacker comes too close.

For each cell that is pinned too closely, the cheapest other table that agrees with all that stays
shown and differs in this cell: what changes in it besides is withheld too. In a large table only
the blocks about the cell may change, which may cost a few cells more and ends in time.
"""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.disclosure.flat import Flags
from hearth.disclosure.polytope import NEAR
from hearth.disclosure.secondary import Problem

FAR = 1e7
LARGE = 4_000  # unknowns
PORTION = 400


def widen(
    problem: Problem,
    hidden: Flags,
    narrow: NDArray[np.int64],
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    width: int,
) -> Flags:
    """Rows to withhold besides, so that each of `narrow` can move by `width`."""
    more = np.zeros(len(hidden), dtype=bool)
    least, most = np.zeros(len(hidden)), np.zeros(len(hidden))
    for row in narrow:
        if most[row] - least[row] > width - NEAR:
            continue  # a move for another row was one for this
        for move in _moves(problem, hidden | more, int(row), truth, low, width):
            change = problem.sums @ move
            more |= (np.abs(change) > NEAR) & problem.open_ & ~hidden
            least, most = np.minimum(least, change), np.maximum(most, change)
    return more


def _moves(
    problem: Problem,
    hidden: Flags,
    row: int,
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    width: int,
) -> list[NDArray[np.float64]]:
    """The cheapest move up by the width, or down, or half and half."""
    best: tuple[float, list[NDArray[np.float64]]] | None = None
    for ups in ((width,), (-width,), (width - width // 2, -(width // 2))):
        found = [_cheapest(problem, hidden, row, truth, low, up) for up in ups if up]
        if all(one is not None for one in found):
            price = sum(one[0] for one in found if one)
            if best is None or price < best[0]:
                best = (price, [one[1] for one in found if one])
    return best[1] if best else []


def _cheapest(
    problem: Problem,
    hidden: Flags,
    row: int,
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    up: int,
) -> tuple[float, NDArray[np.float64]] | None:
    """Move `row` by `up`, everything already withheld for nothing, anything else for its cost."""
    here = _about(problem, row)
    sums = problem.sums[:, here].astype(np.float64)
    touched = np.diff(sums.indptr) > 0
    shown = np.flatnonzero(touched & ~hidden & problem.open_)
    known = np.flatnonzero(touched & ~hidden & ~problem.open_)
    size, priced = len(here), len(shown)
    eye = sparse.eye_array(priced, format="csr")
    none = sparse.csr_array((len(known) + 1, priced))
    still = sparse.vstack([sums[known], sums[[row]]])
    matrix = sparse.csc_array(
        sparse.block_array([[sums[shown], -eye, eye], [still, none, none]], format="csc")
    )
    target = np.zeros(matrix.shape[0])
    target[-1] = up
    cost = problem.worth[shown]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size + 2 * priced, matrix.shape[0]
    model.col_cost_ = np.concatenate([np.zeros(size), cost, cost])
    model.col_lower_ = np.concatenate([(low - truth)[here], np.zeros(2 * priced)])
    model.col_upper_ = np.full(size + 2 * priced, FAR)
    model.row_lower_ = model.row_upper_ = target
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = np.asarray(solver.getSolution().col_value)
    move = np.zeros(len(truth))
    move[here] = values[:size]
    return float(solver.getInfo().objective_function_value), move


def _about(problem: Problem, row: int) -> NDArray[np.int64]:
    """The unknowns that may move for a row: all, or those of some blocks, its own ones first."""
    block = problem.block
    if len(block) <= LARGE:
        return np.arange(len(block))
    own = np.bincount(block[problem.sums[[row]].indices], minlength=int(block.max()) + 1)
    order = np.argsort(-own, kind="stable")
    before = np.concatenate([[0], np.cumsum(np.bincount(block)[order])[:-1]])
    return np.flatnonzero(np.isin(block, order[before < PORTION]))
