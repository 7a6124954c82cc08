"""Where a block is alone: who else gives something up, so that the links need not.

A school whose secrets could be worked out from the district's cells needs company: another school
that withholds in the same columns, or the district's cells themselves. Which is cheapest is a
linear program: move the lonely school as it can move, let everything else compensate, and pay for
each shown cell that changes.
"""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

NEAR = 1e-6
FAR = 1e4
STEPS = 60_000  # of the simplex; company that is not found by then is done without


def company(
    sums: sparse.csr_array,
    prices: NDArray[np.float64],
    frozen: NDArray[np.int64],
    lonely: sparse.csr_array,
    moves: NDArray[np.int64],
) -> NDArray[np.bool_] | None:
    """Priced rows that change in the cheapest move in which the `lonely` rows change by `moves`.

    A price of 0 is a row that is withheld anyway; `frozen` rows may not change at any price.
    """
    priced = np.flatnonzero(prices)
    rows, size = sums.astype(np.float64), sums.shape[1]
    eye = sparse.eye_array(len(priced), format="csr")
    fixed = sparse.vstack([rows[frozen], lonely.astype(np.float64)], format="csr")
    none = sparse.csr_array((fixed.shape[0], len(priced)))
    matrix = sparse.csc_array(
        sparse.block_array([[rows[priced], -eye, eye], [fixed, none, none]], format="csc")
    )
    ends = np.concatenate([np.zeros(len(priced) + len(frozen)), moves.astype(np.float64)])
    cost = prices[priced]
    values = solve(
        matrix,
        ends,
        np.concatenate([np.zeros(size), cost, cost]),
        np.concatenate([np.full(size, -FAR), np.zeros(2 * len(priced))]),
    )
    if values is None:
        return None
    changed = np.zeros(len(prices), dtype=bool)
    changed[priced] = np.abs(rows[priced] @ values[:size]) > NEAR
    return changed


def solve(
    matrix: sparse.csc_array,
    ends: NDArray[np.float64],
    cost: NDArray[np.float64],
    low: NDArray[np.float64],
) -> NDArray[np.float64] | None:
    """The cheapest values between `low` and far away whose sums are `ends`; None where none are."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("simplex_iteration_limit", STEPS)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = low, np.full(len(cost), FAR * 1000)
    model.row_lower_ = model.row_upper_ = ends
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(solver.getSolution().col_value)
