"""The clocks of the law, as plain dates in and out.

An assessment plan is due in 15 calendar days, an evaluation 60 days from consent; longer breaks and
the summer are not counted; a parent may agree in writing to more time. Where the law leaves a day
open, the earlier due date is taken.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from hearth.schools.rules import WEEKEND, add_school_days

CLOCKS = Path(__file__).parents[1] / "legal_clocks.toml"
DAY = timedelta(days=1)
SAME_WEEKDAY_NEXT_YEAR = timedelta(weeks=52)


@dataclass(frozen=True)
class LegalClock:
    """How long one duty runs, from which day, and where the law says so."""

    key: str
    valid_from: date
    source: str
    url: str
    kind: str = ""
    days: int = 0
    business_days: int = 0
    break_over: int = 0
    late_in_year: int = 0
    after_next_begins: int = 0
    own_default: bool = False


@lru_cache
def legal_clocks() -> tuple[LegalClock, ...]:
    rows = tomllib.loads(CLOCKS.read_text(encoding="utf-8"))["clock"]
    return tuple(LegalClock(valid_from=row.pop("from"), **row) for row in rows)


def legal_clock(key: str, on: date, *, kind: str = "") -> LegalClock:
    """The clock that held on that day; before the first known one, the first."""
    table = [c for c in legal_clocks() if (c.key, c.kind) == (key, kind)]
    table.sort(key=lambda clock: clock.valid_from)
    return next((c for c in reversed(table) if c.valid_from <= on), table[0])


@dataclass(frozen=True, order=True)
class Span:
    """Some days on end, the first and the last with them."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        return (self.first + DAY * n for n in range((self.last - self.first).days + 1))

    def next_guessed(self) -> "Span":
        """The same school year a year later, as long as nobody has told us when it begins."""
        moved = max(self.first + SAME_WEEKDAY_NEXT_YEAR, self.last + DAY)
        return Span(moved, moved + (self.last - self.first))

    def last_guessed(self) -> "Span":
        moved = min(self.last - SAME_WEEKDAY_NEXT_YEAR, self.first - DAY)
        return Span(moved - (self.last - self.first), moved)


@dataclass(frozen=True)
class SchoolCalendar:
    """When a district's schools are open: weekdays off, and its school years where known."""

    vacation: frozenset[date] = frozenset()  # holidays and breaks
    staff: frozenset[date] = frozenset()  # no students, but the school's people work
    known_years: tuple[Span, ...] = ()

    @cached_property
    def years(self) -> tuple[Span, ...]:
        """The known years in order, with a guess before, after and wherever one is missing."""
        known = _joined(self.known_years)
        if not known:
            return ()
        years = [known[0].last_guessed()]
        for year in known:
            while years[-1].next_guessed().last < year.first:
                years.append(years[-1].next_guessed())
            years.append(year)
        return (*years, years[-1].next_guessed(), years[-1].next_guessed().next_guessed())

    def year_of(self, day: date) -> Span | None:
        return next((year for year in self.years if year.first <= day <= year.last), None)

    def year_after(self, year: Span) -> Span:
        return next((y for y in self.years if y.first > year.last), year.next_guessed())

    def is_guessed(self, year: Span) -> bool:
        return year not in _joined(self.known_years)

    @cached_property
    def _without_students(self) -> frozenset[date]:
        """Weekdays of holidays, breaks and of the weeks between two school years."""
        summers = (
            day
            for year, following in zip(self.years, self.years[1:], strict=False)
            for day in Span(year.last + DAY, following.first - DAY).days()
        )
        return frozenset(d for d in (*self.vacation, *summers) if d.weekday() < WEEKEND)

    def breaks(self, over: int) -> tuple[Span, ...]:
        """The breaks of more than `over` school days, each up to the day before students return.

        A weekend before the first day off still counts. A staff day at the end of a break belongs
        to it, because students are not back; alone it makes no break longer.
        """
        away = self._without_students
        found = []
        for run in _runs(away | {d for d in self.staff if d.weekday() < WEEKEND}):
            off = [day for day in run if day in away]
            if len(off) > over:
                found.append(Span(off[0], _next_weekday(run[-1]) - DAY))
        return tuple(found)


@dataclass(frozen=True)
class MoreTime:
    """The family said that it may take until a later day."""

    on: date  # the day they said so
    until: date
    in_writing: bool


@dataclass(frozen=True)
class Due:
    """A date with how it came about, for the reader who asks why."""

    on: date
    clock: LegalClock
    not_counted: tuple[Span, ...] = ()
    next_year: Span | None = None
    guessed: bool = False
    agreed: MoreTime | None = None


def plan_due(asked_on: date, calendar: SchoolCalendar, *, kind: str) -> Due:
    """By when the family holds an assessment plan in its hands."""
    clock = legal_clock("assessment_plan", asked_on, kind=kind)
    late = _late_in_year(asked_on, clock, calendar)
    return late or _counted(asked_on, clock, calendar)


def evaluation_due(asked_on: date, consent_on: date, calendar: SchoolCalendar, *, kind: str) -> Due:
    """By when the evaluation is done and the meeting is held, from the family's consent."""
    clock = legal_clock("evaluation", consent_on, kind=kind)
    late = _late_in_year(asked_on, clock, calendar)
    if late and late.next_year and consent_on < late.next_year.first:
        return late
    return _counted(consent_on, clock, calendar)


def with_more_time(due: Due, said: Iterable[MoreTime]) -> Due:
    """The day moves where the family agreed in writing, before it had passed. What was only said
    aloud moves nothing, and neither does a paper that came too late or names an earlier day."""
    for more in sorted(said, key=lambda one: one.on):
        if more.in_writing and more.on <= due.on < more.until:
            due = replace(due, on=more.until, agreed=more)
    return due


def instead_due(asked_on: date, calendar: SchoolCalendar) -> Due:
    """By when an administrator documents what was done and tells the employee. The school's people
    work on a staff day, so it counts."""
    clock = legal_clock("instead_of_discipline", asked_on)
    return Due(add_school_days(asked_on, clock.business_days, calendar.vacation), clock)


def _late_in_year(asked_on: date, clock: LegalClock, calendar: SchoolCalendar) -> Due | None:
    year = calendar.year_of(asked_on)
    if year is None or (year.last - asked_on).days > clock.late_in_year:
        return None
    following = calendar.year_after(year)
    on = following.first + DAY * clock.after_next_begins
    guessed = calendar.is_guessed(year) or calendar.is_guessed(following)
    return Due(on, clock, next_year=following, guessed=guessed)


def _counted(start: date, clock: LegalClock, calendar: SchoolCalendar) -> Due:
    """`clock.days` days after `start`, moved on by each long break on the way."""
    due, passed = start + DAY * clock.days, []
    for pause in calendar.breaks(clock.break_over):
        if pause.last <= start:
            continue
        if pause.first > due:
            break
        left = Span(max(pause.first, start + DAY), pause.last)
        due += left.last - left.first + DAY
        passed.append(left)
    # A summer that ends with a year nobody has told us of ends on a guessed day.
    guessed = any(calendar.is_guessed(y) and y.first - DAY in p.days()
                  for p in passed for y in calendar.years)  # fmt: skip
    return Due(due, clock, tuple(passed), guessed=guessed)


def _joined(years: Iterable[Span]) -> tuple[Span, ...]:
    """In order, and two that overlap (one for each kind of school) as one."""
    joined: list[Span] = []
    for year in sorted(years):
        if joined and year.first <= joined[-1].last:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, year.last))
        else:
            joined.append(year)
    return tuple(joined)


def _runs(days: Iterable[date]) -> list[list[date]]:
    """Weekdays on end; a weekend does not part them."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and _next_weekday(runs[-1][-1]) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _next_weekday(day: date) -> date:
    day += DAY
    while day.weekday() >= WEEKEND:
        day += DAY
    return day
