"""Days of school missed: California's chronic rule, the signs before it, and what was lost to what.

Everybody's days count for the same, whatever the reason: a child who was ill has missed as much
school as one who was suspended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hearth.insight.rules.dated import value
from hearth.insight.rules.rounding import PERCENT, half_up

LOST = ("excused", "unexcused", "suspended", "independent_missed")


@dataclass(frozen=True)
class Days:
    """One student's school days by what became of them, as the state counts them.

    In-school suspension is a day in school. Independent study is attended when the work was done.
    """

    present: int = 0
    excused: int = 0
    unexcused: int = 0
    suspended: int = 0
    in_school: int = 0
    independent: int = 0
    independent_missed: int = 0

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused + self.suspended + self.independent_missed

    @property
    def attended(self) -> int:
        return self.present + self.in_school + self.independent

    @property
    def expected(self) -> int:
        return self.attended + self.absent


class Standing(StrEnum):
    CHRONIC = "chronic"
    NOT_CHRONIC = "not_chronic"
    TOO_FEW_DAYS = "too_few_days"  # outside the measure: not long enough at this school
    EXEMPT = "exempt"  # outside the measure: home or hospital, nonpublic school, college

    @property
    def counts(self) -> bool:
        return self in (Standing.CHRONIC, Standing.NOT_CHRONIC)


def standing(*, expected: int, absent: int, exempt: bool, on: date) -> Standing:
    """Where a student stands by the state's rule of this day."""
    if exempt:
        return Standing.EXEMPT
    if expected <= value("chronic", "expected_more_than_days", on):
        return Standing.TOO_FEW_DAYS
    return (
        Standing.CHRONIC
        if _at_least(absent, expected, value("chronic", "absent_at_least_percent", on))
        else Standing.NOT_CHRONIC
    )


def _at_least(absent: int, expected: int, percent: int) -> bool:
    return expected > 0 and absent * PERCENT >= percent * expected


class Sign(StrEnum):
    """Why a student's days ask for somebody to ask. A prompt to look, never a decision."""

    NONE = "none"
    DAYS_EARLY = "days_early"
    TENTH_NOW = "tenth_now"
    TENTH_LAST_YEAR = "tenth_last_year"
    FIFTH_NOW = "fifth_now"
    FIFTH_LAST_YEAR = "fifth_last_year"

    @property
    def tier(self) -> int:
        if self is Sign.NONE:
            return 1
        return 3 if self in (Sign.FIFTH_NOW, Sign.FIFTH_LAST_YEAR) else 2


def early_sign(months: Sequence[Days], last_year: Days | None, on: date) -> Sign:
    """What the months of this year so far, the first one first, say together with last year."""
    expected = sum(month.expected for month in months)
    absent = sum(month.absent for month in months)
    tenth = value("early_warning", "second_tier_percent", on)
    fifth = value("early_warning", "third_tier_percent", on)
    speaks = expected >= value("early_warning", "percent_after_days", on)
    if speaks and _at_least(absent, expected, fifth):
        return Sign.FIFTH_NOW
    if last_year and _at_least(last_year.absent, last_year.expected, fifth):
        return Sign.FIFTH_LAST_YEAR
    if speaks and _at_least(absent, expected, tenth):
        return Sign.TENTH_NOW
    by_month = value("early_warning", "second_tier_days_by_month", on)
    if 0 < len(months) <= len(by_month) and absent >= by_month[len(months) - 1]:
        return Sign.DAYS_EARLY
    if last_year and _at_least(last_year.absent, last_year.expected, tenth):
        return Sign.TENTH_LAST_YEAR
    return Sign.NONE


def average_daily_attendance(attended: int, days_taught: int) -> Decimal | None:
    """Days attended by everybody over the days on which school was taught: children a day."""
    return half_up(Fraction(attended, days_taught), 2) if days_taught else None


def days_lost(days: Iterable[Days]) -> dict[str, int]:
    """Days missed by everybody together, by what they were lost to."""
    rows = list(days)
    return {reason: sum(getattr(row, reason) for row in rows) for reason in LOST}
