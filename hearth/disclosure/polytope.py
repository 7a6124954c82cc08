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
PRIMAL = 4  # the last table found stays possible when the direction changes
SEED = 20_260_802
MARKS = 20_260_803
EFFORT = 200_000_000  # steps of the simplex over a whole table, times its unknowns


@dataclass(frozen=True)
class Ranges:
    """Least and greatest value of each cell, as far as it was asked for.

    A cell is `unproven` where the effort ended before it was known to be wide or narrow: it can
    move at least this far, and nobody has shown that it cannot move farther.
    """

    low: Numbers
    high: Numbers
    unproven: NDArray[np.bool_]

    @classmethod
    def of(cls, low: Numbers, high: Numbers) -> "Ranges":
        return cls(low, high, np.zeros(len(low), dtype=bool))

    @classmethod
    def nowhere(cls, many: int) -> "Ranges":
        """Before any table was seen: nothing is known of any cell, and nothing is proven."""
        zero = np.zeros(many)
        return cls(zero, zero.copy(), np.ones(many, dtype=bool))

    def see(self, cells: sparse.csr_array, table: Numbers) -> None:
        """What the cells count in a table that agrees."""
        values = np.asarray(cells @ table, dtype=np.float64)
        new = self.unproven
        self.low[:] = np.where(new, values, np.minimum(self.low, values))
        self.high[:] = np.where(new, values, np.maximum(self.high, values))
        self.unproven[:] = False

    @property
    def width(self) -> Numbers:
        """In whole people: 0 where only one whole number fits."""
        return np.floor(self.high + NEAR) - np.ceil(self.low - NEAR)


@dataclass(frozen=True)
class Published:
    """What an attacker has: sums of unknowns, and between which bounds each unknown lies."""

    sums: sparse.csr_array
    counts: Numbers
    low: Numbers
    high: Numbers


def alike(rows: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """The first of each kind of row, and of which kind each row is, by a random sum."""
    mark = np.random.default_rng(MARKS).integers(1, 1 << 40, rows.shape[1])
    _, first, twin = np.unique(
        np.asarray(rows.astype(np.int64) @ mark), return_index=True, return_inverse=True
    )
    return first, twin.ravel()


def _far(counts: Numbers, low: Numbers) -> float:
    """Further than any published sum reaches: stands for “nothing bounds it”."""
    return float(10 * max(counts.max(initial=0), low.max(initial=0)) + 1000)


class Exhausted(Exception):
    """The effort that was allowed is spent."""


class Polytope:
    """Unknowns between bounds whose published sums are known."""

    def __init__(self, given: Published, effort: int | None = None) -> None:
        """With an `effort`, the programs together end after so many steps times unknowns."""
        sums, counts, low, high = given.sums, given.counts, given.low, given.high
        self.sums, self.size = sums, sums.shape[1]
        self._left = None if effort is None else effort // max(1, self.size)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
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
        if self._left is not None:
            if self._left <= 0:
                raise Exhausted
            self._solver.setOptionValue("simplex_iteration_limit", self._left)
        self._solver.run()
        status = self._solver.getModelStatus()
        if self._left is not None:
            self._left -= max(0, self._solver.getInfo().simplex_iteration_count)
        if status == highspy.HighsModelStatus.kIterationLimit:
            raise Exhausted
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

    def glance(
        self, cells: sparse.csr_array, need: float, found: Ranges, times: int, base: Numbers
    ) -> None:
        """Look for tables far apart, in directions that many cells share.

        `base` is what each cell counts where the unknowns here are nothing.
        """
        rng = np.random.default_rng(SEED)
        for _ in range(times):
            narrow = np.flatnonzero(found.width < need)
            if not len(narrow):
                return
            mix = rng.choice([-1.0, 1.0], len(narrow))
            inside = sparse.csr_array(cells[narrow])
            self._widen(found, narrow, inside, np.asarray(inside.T @ mix), base)
            if (found.width[narrow] < need).all():
                return

    def ranges(self, cells: sparse.csr_array, need: float, found: Ranges) -> Ranges:
        """How far each cell can move, followed until it is at least `need` people wide."""
        try:
            self._follow(cells, need, found)
        except Exhausted:
            found.unproven[:] = found.width < need
        return found

    def _follow(self, cells: sparse.csr_array, need: float, found: Ranges) -> None:
        base = np.zeros(cells.shape[0])
        self.glance(cells, need, found, WITNESSES, base)
        for number in np.flatnonzero(found.width < need):
            self.pull(cells, int(number), need, found, base)

    def pull(
        self, cells: sparse.csr_array, row: int, need: float, found: Ranges, base: Numbers
    ) -> None:
        """Look for tables far apart in one cell. `base` is as in `glance`."""
        for sign in (1.0, -1.0):
            narrow = np.flatnonzero(found.width < need)
            if row in narrow:
                direction = sign * cells[[row]].toarray().ravel()
                self._widen(found, narrow, sparse.csr_array(cells[narrow]), direction, base)

    def _widen(
        self,
        found: Ranges,
        narrow: NDArray[np.int64],
        inside: sparse.csr_array,
        direction: Numbers,
        base: Numbers,
    ) -> None:
        table = self.push(direction)
        if table is None:
            raise ArithmeticError("no table agrees with all published figures")
        values = np.asarray(inside @ table) + base[narrow]
        found.low[narrow] = np.minimum(found.low[narrow], values)
        found.high[narrow] = np.maximum(found.high[narrow], values)
