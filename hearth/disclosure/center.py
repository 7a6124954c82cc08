"""A table in the middle of all that agree with what is published, and lines through it.

An attacker who knows no true count begins with the most even table: every sum is divided again and
again over its unknowns in proportion (iterative proportional fitting), and what is left of the
error is taken away in one step of weighted least squares. The matrix of that step, once it is
factored, gives for any cell a line along which the cell changes and every published sum stays. How
far the line goes shows most cells wide, for a few milliseconds each and without a program. A cell
for which the line ends too soon is followed: the table moves along it, and looks about anew.
"""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from hearth.disclosure.polytope import Numbers, Published, Ranges

MOST_SWEEPS = 300
CLOSE = 1e-3
EXACT = 1e-8
SLIGHT = 1e-7  # keeps sums that follow from others from dividing by nothing
REFINING = 4
TOGETHER = 64  # cells
STEPS = 4  # along one way of one cell
MOST_STEPS = 24
IDLE = 4  # steps in a row that show nothing new wide: then the rest may well be narrow
SHORT_OF = 0.9  # of the way to a bound


@dataclass(frozen=True)
class Center:
    """`table` agrees with all published sums and keeps off the bounds; `solver` is of its sums."""

    given: Published
    sums: sparse.csr_array  # of the length one each
    table: Numbers
    weight: Numbers  # how readily each unknown moves
    solver: SuperLU

    @classmethod
    def of(cls, given: Published) -> "Center | None":
        """None where no table was found that keeps off the bounds."""
        even = given.low + _divide(given)
        scale = 1 / np.sqrt(np.diff(given.sums.indptr))
        sums = sparse.csr_array(sparse.diags_array(scale) @ given.sums.astype(np.float64))
        room = np.minimum(even - given.low, given.high - even)
        if not (room > 0).all():
            return None
        solver = _factor(sums, room)
        for _ in range(REFINING):
            off = scale * (given.counts - given.sums @ even)
            even = even + room * (sums.T @ solver.solve(off))
        agrees = np.abs(given.sums @ even - given.counts).max(initial=0) < EXACT
        if not agrees or (even <= given.low).any() or (even >= given.high).any():
            return None
        return cls(given, sums, even, room, solver)

    def look_along_lines(self, cells: sparse.csr_array, need: float, found: Ranges) -> None:
        """Widen `found` by where the line of each narrow cell enters and leaves."""
        columns = sparse.csc_array(cells.T)
        waiting = np.flatnonzero(found.width < need)
        while len(waiting):
            lines, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            ways = self._lines(columns[:, lines].toarray().astype(np.float64))
            back, forth = self._reach(-ways), self._reach(ways)
            # Where a cell is certain its line is noise, and a long way along it leaves the sums.
            off = np.abs(self.given.sums @ ways).max(axis=0, initial=0)
            true = off * np.maximum(back, forth) < EXACT
            back, forth = back * true, forth * true
            narrow = np.flatnonzero(found.width < need)
            here = sparse.csr_array(cells[narrow])
            base, change = np.asarray(here @ self.table), np.asarray(here @ ways)
            ends = np.concatenate([change * forth, -change * back], axis=1)
            found.low[narrow] = np.minimum(found.low[narrow], base + ends.min(axis=1))
            found.high[narrow] = np.maximum(found.high[narrow], base + ends.max(axis=1))
            waiting = waiting[found.width[waiting] < need]

    def follow(self, cells: sparse.csr_array, need: float, found: Ranges) -> None:
        """Go after the cells that are still narrow, as many steps as are allowed in all.

        Every step costs a factor, and what is seen from there is seen for all of them.
        """
        near = self._at(self.table)
        near.look_along_lines(cells, need, found)
        left, idle = MOST_STEPS, 0
        for number, sign in product(np.flatnonzero(found.width < need), (1.0, -1.0)):
            goal = sign * cells[[number]].toarray().T.astype(np.float64)
            here: Center | None = near
            for _ in range(STEPS):
                if here is None or not left or idle == IDLE or found.width[number] >= need:
                    break
                before = np.count_nonzero(found.width < need)
                here, left = here._towards(goal), left - 1
                if here is not None:
                    here.look_along_lines(cells, need, found)
                idle = idle + 1 if np.count_nonzero(found.width < need) == before else 0

    def _towards(self, goal: Numbers) -> "Center | None":
        way = self._lines(goal)
        table = self.table + SHORT_OF * (way * self._reach(way))[:, 0]
        off = np.abs(self.given.sums @ table - self.given.counts).max(initial=0)
        return self._at(table) if off < EXACT else None

    def _at(self, table: Numbers) -> "Center":
        """What is near a bound moves far less readily here than in the first center."""
        weight = np.minimum(table - self.given.low, self.given.high - table) ** 2
        return replace(self, table=table, weight=weight, solver=_factor(self.sums, weight))

    def _lines(self, goals: Numbers) -> Numbers:
        """For each goal the line nearest to it on which no published sum changes."""
        for _ in range(2):
            over = self.sums @ (self.weight[:, None] * goals)
            goals = goals - self.sums.T @ self.solver.solve(over)
        ways = self.weight[:, None] * goals
        ways[np.abs(ways) < EXACT * np.abs(ways).max(axis=0, initial=1e-300)] = 0
        return np.asarray(ways)

    def _reach(self, ways: Numbers) -> Numbers:
        """How many times each way can be gone until an unknown meets a bound."""
        down = (self.table - self.given.low)[:, None]
        up = (self.given.high - self.table)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            times = np.where(ways < 0, down / -ways, np.where(ways > 0, up / ways, np.inf))
        reach = times.min(axis=0)
        return np.where(np.isfinite(reach), reach, 0.0)


def _factor(sums: sparse.csr_array, weight: Numbers) -> SuperLU:
    """By minimum degree the sums of one school stay together, and the factor stays thin."""
    normal = sums @ sparse.diags_array(weight) @ sums.T
    return splu(
        sparse.csc_matrix(normal + SLIGHT * sparse.eye_array(normal.shape[0])),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )


def _divide(given: Published) -> Numbers:
    """What each unknown has above its lower bound when all is divided as evenly as can be."""
    rest = given.counts - given.sums @ given.low
    above = np.ones(len(given.low))
    families = [
        (part, sparse.csr_array(part.T), rest[rows])
        for rows in _families(given.sums)
        for part in [sparse.csr_array(given.sums[rows].astype(np.float64))]
    ]
    for _ in range(MOST_SWEEPS):
        worst = 0.0
        for part, turned, ends in families:
            now = np.maximum(part @ above, 1e-300)
            worst = max(worst, float(np.abs(ends - now).max()))
            by = turned @ (ends / now)
            above = np.where(by > 0, above * by, above)
        if worst < CLOSE:
            break
    return above


def _families(sums: sparse.csr_array) -> list[np.ndarray]:
    """Rows that share no unknown, put together: they are divided at once."""
    members: list[list[int]] = []
    taken: list[np.ndarray] = []
    for row in np.argsort(-np.diff(sums.indptr)):
        here = sums.indices[sums.indptr[row] : sums.indptr[row + 1]]
        number = next((n for n, used in enumerate(taken) if not used[here].any()), len(taken))
        if number == len(taken):
            members.append([])
            taken.append(np.zeros(sums.shape[1], dtype=bool))
        members[number].append(int(row))
        taken[number][here] = True
    return [np.array(rows) for rows in members]
