"""The arithmetic behind a recovery: published cells, added and taken away, in exact fractions."""

from collections import defaultdict
from fractions import Fraction

import highspy
import numpy as np
from scipy import sparse

from hearth.disclosure.polytope import EFFORT, Published
from hearth.disclosure.table import Table


class Teller:
    """Finds, for a withheld cell, the shortest sums that bound it from above and from below."""

    def __init__(
        self,
        table: Table,
        published: Published,
        lines: np.ndarray,
        fixed: np.ndarray,
        unknown: np.ndarray,
    ) -> None:
        self.table, self.published, self.lines = table, published, lines
        self.fixed, self.unknown = fixed, unknown

    def tell(self, number: int, cell: sparse.csr_array) -> tuple[str, ...]:
        goal = cell.toarray().ravel().astype(np.float64)
        upper, lower = self._bound(goal, 1), self._bound(goal, -1)
        if upper is None or lower is None:
            return ()
        if upper[0] == lower[0]:
            return (f"{self._sum(number, upper[1])} = {self._whole(number, upper[0])}",)
        return (
            f"at most {self._sum(number, upper[1])} = {self._whole(number, upper[0])}",
            f"at least {self._sum(number, lower[1])} = {self._whole(number, lower[0])}",
        )

    def _whole(self, number: int, rest: Fraction) -> str:
        return str(rest + int(self.table.sums[[number]].dot(self.fixed)[0]))

    def _sum(self, number: int, times: dict[int, Fraction]) -> str:
        """Margins, less the inner cells in them that are printed."""
        terms: dict[int, Fraction] = defaultdict(Fraction)
        known: dict[int, Fraction] = defaultdict(Fraction)
        for line, by in times.items():
            terms[int(self.lines[line])] += by
            for at in self.table.sums[[int(self.lines[line])]].indices:
                known[int(at)] -= by
        for at in self.table.sums[[number]].indices:
            known[int(at)] += 1
        for at, by in known.items():
            if by and self.fixed[at]:
                terms[self._line_of(at)] += by
        words = [self._term(line, by) for line, by in terms.items() if by]
        return " ".join(words).removeprefix("+ ") or "0"

    def _line_of(self, unknown: int) -> int:
        codes = self.table.inner[unknown]
        words = [d.leaves[codes[at]] for at, d in enumerate(self.table.dimensions)]
        return self.table.place[tuple(words)]

    def _term(self, line: int, by: Fraction) -> str:
        often = "" if abs(by) == 1 else f"{abs(by)} × "
        count = self._count(line)
        return f"{'+' if by > 0 else '−'} {often}{count} ({', '.join(self.table.cells[line])})"

    def _count(self, line: int) -> int:
        at = np.flatnonzero(self.lines == line)
        rest = int(self.published.counts[at[0]]) if len(at) else 0
        return rest + int(self.table.sums[[line]].dot(self.fixed)[0])

    def _bound(self, goal: np.ndarray, sign: int) -> tuple[Fraction, dict[int, Fraction]] | None:
        """Multipliers of published sums that bound the cell, exact and verified."""
        for many in (64, 4096):
            times = {
                line: Fraction(float(by)).limit_denominator(many)
                for line, by in enumerate(self._duals(goal, sign))
                if abs(by) > 1e-7
            }
            value = self._check(goal, sign, times)
            if value is not None:
                return value, times
        return None

    def _check(self, goal: np.ndarray, sign: int, times: dict[int, Fraction]) -> Fraction | None:
        left = {int(at): Fraction(int(goal[at])) for at in np.flatnonzero(goal)}
        value = Fraction(0)
        sums = self.published.sums
        for line, by in times.items():
            value += by * int(self.published.counts[line])
            for at in sums.indices[sums.indptr[line] : sums.indptr[line + 1]]:
                left[int(at)] = left.get(int(at), Fraction(0)) - by
        for at, by in left.items():
            if by:
                end = self.published.high[at] if by * sign > 0 else self.published.low[at]
                if not np.isfinite(end):
                    return None
                value += by * int(end)
        return value

    def _duals(self, goal: np.ndarray, sign: int) -> np.ndarray:
        given = self.published
        columns = sparse.csc_array(given.sums)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(goal), given.sums.shape[0]
        model.col_cost_ = -sign * goal
        model.col_lower_, model.col_upper_ = given.low, given.high
        model.row_lower_ = model.row_upper_ = given.counts
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = columns.indptr
        model.a_matrix_.index_ = columns.indices
        model.a_matrix_.value_ = columns.data.astype(np.float64)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("simplex_iteration_limit", EFFORT // max(1, len(goal)))
        solver.passModel(model)
        solver.run()
        return -sign * np.asarray(solver.getSolution().row_dual)
