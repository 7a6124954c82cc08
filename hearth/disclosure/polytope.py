"""All tables that agree with what is published, and how far a withheld cell can move among them.

Linear programs that differ in their objective alone: HiGHS keeps its basis between them, and each
table found on the way is a witness for every withheld cell, so most cells need none of their own.
"""

from dataclasses import dataclass
from typing import TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Numbers: TypeAlias = NDArray[np.float64]
NEAR = 1e-6
WITNESSES = 12
SEED = 20_260_802


@dataclass(frozen=True)
class Ranges:
    """Least and greatest value of each cell, as far as it was asked for."""

    low: Numbers
    high: Numbers

    @property
    def width(self) -> Numbers:
        """In whole people: 0 where only one whole number fits."""
        return np.floor(self.high + NEAR) - np.ceil(self.low - NEAR)


def _far(counts: Numbers, low: Numbers) -> float:
    """Further than any published sum reaches: stands for “nothing bounds it”."""
    return float(10 * max(counts.max(initial=0), low.max(initial=0)) + 1000)


class Polytope:
    """Unknowns between bounds whose published sums are known."""

    def __init__(
        self, sums: sparse.csr_array, counts: Numbers, low: Numbers, high: Numbers
    ) -> None:
        self.sums, self.size = sums, sums.shape[1]
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        columns = sparse.csc_array(sums)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, sums.shape[0]
        model.col_cost_ = np.zeros(self.size)
        model.col_lower_, model.col_upper_ = low, np.minimum(high, _far(counts, low))
        model.row_lower_ = model.row_upper_ = counts
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = columns.indptr
        model.a_matrix_.index_ = columns.indices
        model.a_matrix_.value_ = columns.data.astype(np.float64)
        self._solver.passModel(model)

    def push(self, direction: Numbers) -> Numbers | None:
        """The table that goes furthest in a direction; None where no table agrees at all."""
        everywhere = np.arange(self.size, dtype=np.int32)
        self._solver.changeColsCost(self.size, everywhere, -direction)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kModelEmpty:
            return np.zeros(self.size)
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the linear program ended as {status.name}")
        return np.asarray(self._solver.getSolution().col_value)

    def some(self) -> Numbers:
        """Any table that agrees."""
        table = self.push(np.zeros(self.size))
        if table is None:
            raise ArithmeticError("no table agrees with all published figures")
        return table

    def glance(self, cells: sparse.csr_array, need: float, found: Ranges, times: int) -> None:
        """Look for tables far apart, in directions that many cells share."""
        rng = np.random.default_rng(SEED)
        for _ in range(times):
            narrow = found.width < need
            if not narrow.any():
                return
            mix = rng.choice([-1.0, 1.0], cells.shape[0]) * narrow
            self._widen(found, cells, np.asarray(cells.T @ mix, dtype=np.float64))

    def ranges(self, cells: sparse.csr_array, need: float, found: Ranges) -> Ranges:
        """How far each cell can move, followed until it is at least `need` people wide."""
        self.glance(cells, need, found, WITNESSES)
        for number in range(cells.shape[0]):
            row = np.asarray(cells[[number]].toarray(), dtype=np.float64).ravel()
            for sign in (1.0, -1.0):
                if found.width[number] < need:
                    self._widen(found, cells, sign * row)
        return found

    def _widen(self, found: Ranges, cells: sparse.csr_array, direction: Numbers) -> None:
        table = self.push(direction)
        if table is None:
            raise ArithmeticError("no table agrees with all published figures")
        values = np.asarray(cells @ table)
        np.minimum(found.low, values, out=found.low)
        np.maximum(found.high, values, out=found.high)
