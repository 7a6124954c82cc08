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
from hearth.disclosure.portions import Neighbors
from hearth.disclosure.problem import Problem

FAR = 1e7
LARGE = 1_500  # unknowns
PORTION = 400
STEPS = 20_000  # of the simplex, for one move


def widen(
    problem: Problem,
    hidden: Flags,
    narrow: NDArray[np.int64],
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    width: int,
) -> tuple[Flags, NDArray[np.int64]]:
    """Rows to withhold besides, so that each of `narrow` can move by `width`; and rows that the
    moves found show to be so wide."""
    more = np.zeros(len(hidden), dtype=bool)
    least, most = np.zeros(len(hidden)), np.zeros(len(hidden))
    near = Neighbors(sparse.csr_array(problem.sums[np.flatnonzero(~hidden)]), problem.block)
    for row in narrow:
        if most[row] - least[row] > width - NEAR:
            continue  # a move for another row was one for this
        for move in _moves(problem, near, hidden | more, int(row), truth, low, width):
            change = problem.sums @ move
            more |= (np.abs(change) > NEAR) & problem.open_ & ~hidden
            least, most = np.minimum(least, change), np.maximum(most, change)
    return more, np.flatnonzero(most - least > width - NEAR)


def _moves(
    problem: Problem,
    near: Neighbors,
    hidden: Flags,
    row: int,
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    width: int,
) -> list[NDArray[np.float64]]:
    """The cheapest move up by the width, or down, or half and half."""
    best: tuple[float, list[NDArray[np.float64]]] | None = None
    for ups in ((width,), (-width,), (width - width // 2, -(width // 2))):
        found = [_cheapest(problem, near, hidden, row, truth, low, up) for up in ups if up]
        if all(one is not None for one in found):
            price = sum(one[0] for one in found if one)
            if best is None or price < best[0]:
                best = (price, [one[1] for one in found if one])
    return best[1] if best else []


def _cheapest(
    problem: Problem,
    near: Neighbors,
    hidden: Flags,
    row: int,
    truth: NDArray[np.int64],
    low: NDArray[np.float64],
    up: int,
) -> tuple[float, NDArray[np.float64]] | None:
    """Move `row` by `up`, everything already withheld for nothing, anything else for its cost."""
    every = np.arange(len(problem.block))
    own = near.of(problem.sums[[row]].indices, PORTION)
    for here in (every, own) if len(own) < len(every) <= LARGE else (own,):
        found = _move(problem, hidden, row, here, (low - truth)[here], up)
        if found is not None:
            move = np.zeros(len(truth))
            move[here] = found[1]
            return found[0], move
    return None


def _move(
    problem: Problem,
    hidden: Flags,
    row: int,
    here: NDArray[np.int64],
    down: NDArray[np.float64],
    up: int,
) -> tuple[float, NDArray[np.float64]] | None:
    """The price of the cheapest move of the unknowns `here`, and the move."""
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
    solver.setOptionValue("simplex_iteration_limit", STEPS)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size + 2 * priced, matrix.shape[0]
    model.col_cost_ = np.concatenate([np.zeros(size), cost, cost])
    model.col_lower_ = np.concatenate([down, np.zeros(2 * priced)])
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
    values = np.asarray(solver.getSolution().col_value)[:size]
    return float(solver.getInfo().objective_function_value), values
