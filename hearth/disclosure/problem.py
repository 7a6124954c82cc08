"""What is to be decided: which cells may be shown, seen as sums of unknowns."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.disclosure.flat import Cells, Flags, Weights

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """Rows are cells (shown or not is the question) over the unknowns that are not known zeros."""

    sums: sparse.csr_array
    secret: Flags  # must not follow from what is shown
    fixed: Flags  # is known already, whatever we do
    open_: Flags  # may be shown
    wanted: Weights  # the order in which rows are tried
    worth: Weights  # what is lost by withholding it
    block: Numbers  # of each unknown

    def with_open(self, open_: Flags) -> "Problem":
        return replace(self, open_=open_)

    def withholding(self, rows: Flags) -> "Problem":
        """The same, with these rows withheld for good."""
        return replace(self, open_=self.open_ & ~rows, secret=self.secret | rows)

    def at(self, rows: Numbers) -> Cells:
        return Cells(self.secret[rows], self.open_[rows], self.wanted[rows], self.worth[rows])


def home_of(problem: Problem) -> Numbers:
    """The block in which a row lies, -1 where it lies in several; empty rows lie in none."""
    owner = problem.block[problem.sums.indices]
    start = problem.sums.indptr[:-1]
    filled = np.flatnonzero(np.diff(problem.sums.indptr) > 0)
    home = np.zeros(len(start), dtype=np.int64)
    if len(filled):
        least = np.minimum.reduceat(owner, start[filled])
        greatest = np.maximum.reduceat(owner, start[filled])
        home[filled] = np.where(least == greatest, least, -1)
    return home


def places_of(number: Numbers, many: int) -> list[Numbers]:
    """Where each number from 0 on stands."""
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(many + 1))
    return [order[ends[n] : ends[n + 1]] for n in range(many)]
