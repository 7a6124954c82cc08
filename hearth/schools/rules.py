"""School days, as plain dates in and out."""

from collections.abc import Collection
from datetime import date, timedelta

WEEKEND = 5


def is_school_day(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < WEEKEND and day not in closed


def add_school_days(start: date, count: int, closed: Collection[date]) -> date:
    """The date `count` school days after `start`, not counting `start` itself.

    `closed` holds the district's holidays, breaks and staff days; weekends are never school days.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_school_day(day, closed):
            count -= 1
    return day


def school_days_between(start: date, end: date, closed: Collection[date]) -> int:
    """How many school days lie after `start` up to and with `end`; negative when `end` is past."""
    if end < start:
        return -school_days_between(end, start, closed)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_school_day(day, closed) for day in days)
