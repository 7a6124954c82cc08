"""The counts that a ratio may be made of: printed ones, and sums and differences of those."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hearth.insight.disclose import Because, Figure, Shown
from hearth.kit.interval import Count, Interval


class Why(StrEnum):
    """Why a figure of fairness is not told. Each follows from what is printed anyway."""

    FEW = "few"
    LINKED = "linked"
    MISSING = "missing"
    EVERYBODY = "everybody"  # the figure of all together is withheld
    REFERENCE = "reference"  # the group to compare with is withheld
    DAYS = "days"  # the two figures are of different days
    ALONE = "alone"  # nobody else is here
    NOBODY = "nobody"  # nobody of those compared with has it: there is nothing to divide by
    GROUP_TOO_FEW = "group_too_few"  # by the federal rule
    COMPARISON_TOO_FEW = "comparison_too_few"
    LAST_YEAR = "last_year"  # the year before is withheld, or was never told
    OLDER = "older"  # students are counted whom the Dashboard leaves out, and not told apart
    NO_TABLE = "no_table"  # the state's table is not known to us


@dataclass(frozen=True)
class Untold:
    why: Why
    told: bool = False


@dataclass(frozen=True)
class Compared:
    """A figure out of counts that are printed, and stand beside it.

    `even` is what it would be without any difference: 1 for a ratio, 0 for a gap.
    """

    value: Fraction
    between: Interval
    one: Count
    other: Count
    even: Fraction
    told: bool = True

    @property
    def is_gap(self) -> bool:
        return self.between.leaves_out(float(self.even))


OF = {Because.FEW: Why.FEW, Because.LINKED: Why.LINKED, Because.MISSING: Why.MISSING}


def own(figure: Figure | None) -> Count | Untold:
    """What is printed of a group."""
    if figure is None:
        return Untold(Why.MISSING)
    if not isinstance(figure, Shown):
        return Untold(OF[figure.because])
    return Count(int(figure.part), figure.whole)


def whole(figure: Figure, everybody: Figure | None) -> Count | Untold:
    """What is printed of all together, on the same day as the group."""
    if not isinstance(figure, Shown):
        return own(figure)
    if not isinstance(everybody, Shown):
        return Untold(Why.EVERYBODY)
    if everybody.as_of != figure.as_of:
        return Untold(Why.DAYS)
    return Count(int(everybody.part), everybody.whole)


def others(figure: Figure, everybody: Figure | None) -> Count | Untold:
    """Everybody who is not of this group: all that is printed less what is printed of the group.

    Never the other groups added up: one of them may be withheld.
    """
    mine, every = own(figure), whole(figure, everybody)
    if isinstance(mine, Untold):
        return mine
    if isinstance(every, Untold):
        return every
    size = every.whole - mine.whole
    part = every.part - mine.part
    if not size:
        return Untold(Why.ALONE)
    return Count(part, size) if 0 <= part <= size else Untold(Why.DAYS)


def beside(figure: Figure, reference: Figure | None) -> Count | Untold:
    """What is printed of the group to compare with, on the same day."""
    if not isinstance(figure, Shown):
        return own(figure)
    if not isinstance(reference, Shown):
        return Untold(Why.REFERENCE)
    if reference.as_of != figure.as_of:
        return Untold(Why.DAYS)
    return own(reference)
