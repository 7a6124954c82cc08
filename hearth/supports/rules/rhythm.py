"""When a team meets next: its weekday, every so many weeks, never on a day without school."""

from collections.abc import Collection
from datetime import date, timedelta

WEEK = timedelta(days=7)
A_YEAR_OF_WEEKS = 53
Year = tuple[date, date]


def next_meeting(
    after: date,
    *,
    weekday: int,
    every_weeks: int = 1,
    last: date | None = None,
    closed: Collection[date] = frozenset(),
    years: Collection[Year] = (),
) -> date:
    """The first day of the rhythm after `after` on which there is school.

    The rhythm is counted from the week of the `last` meeting. A meeting that would fall on a
    closed day moves to the same weekday of the next week with school, not to the next turn: a
    team that meets every two weeks does not lose a month to one holiday.
    """
    day = _turn_after(after, weekday, every_weeks, last)
    for _week in range(A_YEAR_OF_WEEKS):
        if day not in closed and not _in_summer(day, years):
            break
        day += WEEK
    return day


def _turn_after(after: date, weekday: int, every_weeks: int, last: date | None) -> date:
    if last is None:
        return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
    day = last - timedelta(days=last.weekday()) + timedelta(days=weekday) + every_weeks * WEEK
    while day <= after:
        day += every_weeks * WEEK
    return day


def _in_summer(day: date, years: Collection[Year]) -> bool:
    """Between two school years that are both known. Beyond the last known one nobody can tell."""
    within = any(begins <= day <= ends for begins, ends in years)
    between = any(ends < day for _, ends in years) and any(begins > day for begins, _ in years)
    return between and not within
