"""When school is in session: the year, its two terms, and the days off that California keeps."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

MONDAY, _, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
INSTRUCTIONAL, HOLIDAY, BREAK, STAFF_DAY = "instructional", "holiday", "break", "staff day"


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year, named by the year in which it begins: 2026 is 2026-27."""

    year: int

    @property
    def first_day(self) -> date:
        return nth_weekday(self.year, 8, WEDNESDAY, 2)

    @property
    def last_day(self) -> date:
        """A Tuesday 43 weeks on, which leaves about 180 days of instruction in any year."""
        return self.first_day + timedelta(weeks=43, days=-1)

    @property
    def winter_break(self) -> date:
        """The Monday on or before 24 December: three weeks off begin."""
        eve = date(self.year, 12, 24)
        return eve - timedelta(days=eve.weekday())

    @property
    def fall_ends(self) -> date:
        return self.winter_break - timedelta(days=3)

    @property
    def spring_begins(self) -> date:
        return self.winter_break + timedelta(weeks=3)

    @property
    def title(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02d}"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def observed(day: date) -> date:
    """A holiday on a Saturday is kept on Friday, on a Sunday on Monday."""
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    if day.weekday() > SATURDAY:
        return day + timedelta(days=1)
    return day


def last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())


def days_off(school_year: SchoolYear) -> dict[date, tuple[str, str]]:
    """Every weekday inside the year on which students stay home: its kind and its name."""
    year, spring = school_year.year, school_year.year + 1
    off: dict[date, tuple[str, str]] = {}
    thanksgiving_week = nth_weekday(year, 11, THURSDAY, 4) - timedelta(days=3)
    for start, weeks, name in (
        (thanksgiving_week, 1, "Thanksgiving break"),
        (school_year.winter_break, 3, "Winter break"),
        (nth_weekday(spring, 4, MONDAY, 1), 1, "Spring break"),
    ):
        for week in range(weeks):
            for weekday in range(5):
                off[start + timedelta(weeks=week, days=weekday)] = (BREAK, name)
    for day, name in (
        (nth_weekday(year, 10, MONDAY, 2), "Teachers learn together"),
        (nth_weekday(year, 11, MONDAY, 1), "Family conferences"),
        (nth_weekday(spring, 3, FRIDAY, 2), "Teachers learn together"),
    ):
        off[day] = (STAFF_DAY, name)
    for day, name in (
        (nth_weekday(year, 9, MONDAY, 1), "Labor Day"),
        (observed(date(year, 11, 11)), "Veterans Day"),
        (nth_weekday(year, 11, THURSDAY, 4), "Thanksgiving Day"),
        (observed(date(year, 12, 25)), "Christmas Day"),
        (observed(date(spring, 1, 1)), "New Year's Day"),
        (nth_weekday(spring, 1, MONDAY, 3), "Martin Luther King Jr. Day"),
        (nth_weekday(spring, 2, MONDAY, 2), "Lincoln Day"),
        (nth_weekday(spring, 2, MONDAY, 3), "Presidents' Day"),
        (observed(date(spring, 3, 31)), "Cesar Chavez Day"),
        (last_monday_of_may(spring), "Memorial Day"),
    ):
        off[day] = (HOLIDAY, name)
    return off


def weekdays(school_year: SchoolYear) -> list[tuple[date, str, str]]:
    """The year day by day, weekends left out, with two days for staff before it begins."""
    off = days_off(school_year)
    first, last = school_year.first_day, school_year.last_day
    days = [(first - timedelta(days=n), STAFF_DAY, "Staff get ready") for n in (2, 1)]
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() < SATURDAY:
            days.append((day, *off.get(day, (INSTRUCTIONAL, ""))))
    return days


def write_calendar(folder: Path, year: int = 2026) -> Path:
    """Write `calendar.csv` (date, kind, name) for the school year that begins in `year`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "calendar.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("date", "kind", "name"))
        rows.writerows(
            (day.isoformat(), kind, name) for day, kind, name in weekdays(SchoolYear(year))
        )
    return path
