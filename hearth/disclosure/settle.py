"""Withhold, attack, withhold a little more, until nothing is pinned. It ends, and it ends safe.

In a table of some size all is decided anew with the cells that an attacker came too close to: that
costs the fewest cells. After a few times, and from the beginning in a large one, what is withheld
only grows. What was wide stays wide then, so only the rest is attacked again. Where the work that
is allowed ends first, whole lines go: the detail of the schools in question, then the cells above
them, then everything. What is published has always been proven.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from hearth.disclosure import attack
from hearth.disclosure.flat import Flags
from hearth.disclosure.polytope import EFFORT, Published
from hearth.disclosure.problem import Numbers, Problem, home_of
from hearth.disclosure.repair import widen
from hearth.disclosure.secondary import withhold

LARGE = 4_000  # unknowns: a cell that is not shown wide is repaired without waiting for a proof
ANEW = 4  # times that all of a smaller table is decided anew
GROWING = 6  # times that what is withheld may grow before whole lines go


@dataclass(frozen=True)
class Settled:
    """`hidden` rows are withheld. Of them `given_up` went with a whole line when the work ended,
    and `unproven` are pinned by figures that are known whatever we do."""

    hidden: Flags
    given_up: Flags
    unproven: Flags


@dataclass(frozen=True)
class Attacked:
    """A problem of withholding, and what an attacker of its answer would have."""

    problem: Problem
    counts: np.ndarray
    truth: np.ndarray
    low: np.ndarray
    width: int

    def settle(self) -> Settled:
        problem, hidden = self.problem, self._withhold(self.problem)
        for _ in range(ANEW if len(self.low) <= LARGE else 0):
            narrow = self._narrow(hidden, np.flatnonzero(hidden))
            if not len(narrow):
                return self._settled(hidden)
            more, _ = widen(problem, hidden, narrow, self.truth, self.low, self.width)
            if not more.any():
                break
            problem = problem.withholding(more)
            hidden = self._withhold(problem)
        return self._grow(hidden)

    def _withhold(self, problem: Problem) -> Flags:
        """What is a secret is never printed, also where it follows from what is known already."""
        return withhold(problem) | problem.secret

    def _grow(self, hidden: Flags) -> Settled:
        hidden, watched = hidden.copy(), np.flatnonzero(hidden)
        for _ in range(GROWING):
            narrow = self._narrow(hidden, watched)
            if not len(narrow):
                return self._settled(hidden)
            more, wide = widen(self.problem, hidden, narrow, self.truth, self.low, self.width)
            hidden |= more
            watched = np.setdiff1d(np.union1d(narrow, np.flatnonzero(more)), wide)
            if not more.any():
                break
        return self._give_up(hidden, watched)

    def _give_up(self, hidden: Flags, watched: Numbers) -> Settled:
        """Whole lines, one kind after the other, until nothing is pinned that can be helped."""
        narrow, before = self._narrow(hidden, watched), hidden.copy()
        told = self._narrow(hidden | self.problem.open_, narrow)
        narrow = np.setdiff1d(narrow, told)
        for line in self._lines(narrow):
            if not len(narrow):
                break
            watched = np.union1d(narrow, np.flatnonzero(line & ~hidden))
            hidden = hidden | line
            narrow = np.setdiff1d(self._narrow(hidden, watched), told)
        return self._settled(hidden, hidden & ~before, np.union1d(told, narrow))

    def _lines(self, narrow: Numbers) -> list[Flags]:
        home, open_ = home_of(self.problem), self.problem.open_
        blocks = np.isin(home, np.setdiff1d(home[narrow], [-1]))
        return [blocks & open_, (blocks | (home == -1)) & open_, open_]

    def _settled(
        self, hidden: Flags, given_up: Flags | None = None, unproven: Numbers | None = None
    ) -> Settled:
        left = np.zeros(len(hidden), dtype=bool)
        if unproven is not None:
            left[unproven] = True
        return Settled(hidden, np.zeros_like(hidden) if given_up is None else given_up, left)

    def _narrow(self, hidden: Flags, watched: Numbers) -> Numbers:
        """Of the watched rows those that an attacker pins more closely than the rule allows, or
        may do so."""
        problem = self.problem
        rows = watched[(problem.secret | problem.open_)[watched]]
        if not len(rows):
            return rows
        shown = np.flatnonzero(~hidden)
        published = Published(
            sparse.csr_array(problem.sums[shown]),
            self.counts[shown].astype(np.float64),
            self.low,
            np.full(len(self.low), np.inf),
        )
        found = attack.ranges(
            published,
            sparse.csr_array(problem.sums[rows]),
            self.width,
            self.truth.astype(np.float64),
            problem.block,
            effort=EFFORT if len(self.low) <= LARGE else 0,
        )
        return rows[found.width < self.width]
