"""The clocks of the law across weekends, breaks and the year's end, and against a slow twin."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.demo.school_days import BREAK, HOLIDAY, STAFF_DAY, SchoolYear, days_off
from hearth.supports.rules.legal import (
    DAY,
    SchoolCalendar,
    Span,
    evaluation_due,
    instead_due,
    legal_clock,
    legal_clocks,
    plan_due,
)

SPECIAL, SECTION_504 = "special_education", "section_504"


def year_of_alder_valley(*years: int) -> SchoolCalendar:
    off = {day: kind for year in years for day, (kind, _) in days_off(SchoolYear(year)).items()}
    return SchoolCalendar(
        vacation=frozenset(d for d, kind in off.items() if kind in (BREAK, HOLIDAY)),
        staff=frozenset(d for d, kind in off.items() if kind == STAFF_DAY),
        known_years=tuple(Span(SchoolYear(y).first_day, SchoolYear(y).last_day) for y in years),
    )


# School from Wednesday 12 August 2026 to Tuesday 8 June 2027, and again from 11 August 2027.
# No school 23-27 November, 21 December to 8 January, 5-9 April.
ALDER = year_of_alder_valley(2026, 2027)


@pytest.mark.parametrize(
    ("why", "asked_on", "due"),
    [
        ("a plain fortnight and a day, weekends counted", date(2026, 9, 1), date(2026, 9, 16)),
        ("a day that falls on a Sunday stays there", date(2026, 9, 5), date(2026, 9, 20)),
        ("a week off at Thanksgiving is five school days, so it counts",
         date(2026, 11, 16), date(2026, 12, 1)),
        ("spring break is five school days, so it counts", date(2027, 4, 1), date(2027, 4, 16)),
        ("three weeks of winter stop the clock, the weekend before them does not",
         date(2026, 12, 14), date(2027, 1, 19)),
        ("asked in the middle of winter break, day one is the day students return",
         date(2026, 12, 28), date(2027, 1, 25)),
        ("a plan that was due on the last Sunday before winter break",
         date(2026, 12, 5), date(2026, 12, 20)),
        ("eleven days before the end of the year, the summer is only passed over",
         date(2027, 5, 28), date(2027, 8, 14)),
        ("ten days before the end, ten days after the next year begins",
         date(2027, 5, 29), date(2027, 8, 21)),
        ("on the last day of school", date(2027, 6, 8), date(2027, 8, 21)),
        ("on 10 June, in summer, day one is the first day of school",
         date(2027, 6, 10), date(2027, 8, 25)),
        ("on 30 June", date(2027, 6, 30), date(2027, 8, 25)),
        ("on 1 July, which is another fiscal year and the same summer",
         date(2027, 7, 1), date(2027, 8, 25)),
    ],
)  # fmt: skip
def test_diegos_family_has_a_plan_by(why: str, asked_on: date, due: date) -> None:
    assert plan_due(asked_on, ALDER, kind=SPECIAL).on == due, why
    assert plan_due(asked_on, ALDER, kind=SECTION_504).on == due, why


@pytest.mark.parametrize(
    ("why", "asked_on", "consent_on", "due"),
    [
        ("sixty plain days", date(2026, 8, 20), date(2026, 9, 1), date(2026, 10, 31)),
        ("across winter break: three weeks are not counted",
         date(2026, 11, 2), date(2026, 11, 10), date(2027, 1, 30)),
        ("across spring break, which counts", date(2027, 2, 1), date(2027, 2, 22),
         date(2027, 4, 23)),
        ("across the summer", date(2027, 4, 20), date(2027, 5, 7), date(2027, 9, 7)),
        ("asked in the last thirty days: thirty days after school begins again",
         date(2027, 5, 20), date(2027, 5, 28), date(2027, 9, 10)),
        ("asked then, but consent only when school had begun: sixty days",
         date(2027, 5, 20), date(2027, 8, 20), date(2027, 10, 19)),
    ],
)  # fmt: skip
def test_the_evaluation_runs_from_consent(
    why: str, asked_on: date, consent_on: date, due: date
) -> None:
    assert evaluation_due(asked_on, consent_on, ALDER, kind=SPECIAL).on == due, why


@pytest.mark.parametrize(
    ("why", "asked_on", "due"),
    [
        ("Monday to Monday", date(2026, 9, 14), date(2026, 9, 21)),
        ("asked on a Saturday", date(2026, 9, 12), date(2026, 9, 18)),
        ("over Veterans Day", date(2026, 11, 9), date(2026, 11, 17)),
        ("over a staff day, on which the office works", date(2026, 10, 9), date(2026, 10, 16)),
        ("over Thanksgiving", date(2026, 11, 20), date(2026, 12, 4)),
        ("over winter break", date(2026, 12, 17), date(2027, 1, 14)),
        ("into June the office's weekdays count on", date(2027, 6, 8), date(2027, 6, 15)),
    ],
)
def test_tom_hears_what_was_done_instead_of_discipline_by(
    why: str, asked_on: date, due: date
) -> None:
    assert instead_due(asked_on, ALDER).on == due, why


def test_the_reader_who_asks_why_sees_which_days_were_not_counted() -> None:
    due = plan_due(date(2026, 12, 14), ALDER, kind=SPECIAL)
    assert due.not_counted == (Span(date(2026, 12, 21), date(2027, 1, 10)),)
    assert "56321" in due.clock.source
    assert not due.guessed


def test_a_staff_day_at_the_end_of_winter_break_belongs_to_it() -> None:
    back = date(2027, 1, 11)
    longer = SchoolCalendar(ALDER.vacation, ALDER.staff | {back}, ALDER.known_years)
    assert plan_due(date(2026, 12, 14), longer, kind=SPECIAL).on == date(2027, 1, 20)


def test_five_days_off_and_a_staff_day_are_not_a_longer_break() -> None:
    friday = date(2027, 4, 2)
    longer = SchoolCalendar(ALDER.vacation, ALDER.staff | {friday}, ALDER.known_years)
    assert plan_due(date(2027, 4, 1), longer, kind=SPECIAL).on == date(2027, 4, 16)


def test_a_summer_whose_end_nobody_has_told_us_is_guessed_and_says_so() -> None:
    only_this = year_of_alder_valley(2026)
    for asked_on in (date(2027, 6, 8), date(2027, 6, 30)):
        due = plan_due(asked_on, only_this, kind=SPECIAL)
        assert due.guessed
        assert due.on == plan_due(asked_on, ALDER, kind=SPECIAL).on
    assert not plan_due(date(2026, 12, 14), only_this, kind=SPECIAL).guessed


def test_without_any_calendar_every_day_counts() -> None:
    assert plan_due(date(2026, 12, 20), SchoolCalendar(), kind=SPECIAL).on == date(2027, 1, 4)


def test_school_years_that_meet_at_midnight_leave_no_summer() -> None:
    fiscal = SchoolCalendar(known_years=(Span(date(2026, 7, 1), date(2027, 6, 30)),))
    assert plan_due(date(2027, 6, 1), fiscal, kind=SPECIAL).on == date(2027, 6, 16)
    assert plan_due(date(2027, 6, 30), fiscal, kind=SPECIAL).on == date(2027, 7, 11)
    assert plan_due(date(2027, 7, 1), fiscal, kind=SPECIAL).on == date(2027, 7, 16)


def test_a_clock_changes_by_date_and_names_its_source() -> None:
    assert {c.key for c in legal_clocks()} == {
        "assessment_plan", "evaluation", "instead_of_discipline",
    }  # fmt: skip
    for clock in legal_clocks():
        assert clock.source
        assert clock.url.startswith("https://")
    assert legal_clock("evaluation", date(2000, 1, 1), kind=SPECIAL).days == 60


# ---- the slow twin: it looks at each day by itself


def _open(day: date, calendar: SchoolCalendar) -> bool:
    """Are students at school?"""
    return (
        day.weekday() < 5
        and day not in calendar.vacation
        and day not in calendar.staff
        and (not calendar.years or calendar.year_of(day) is not None)
    )


def _vacation(day: date, calendar: SchoolCalendar) -> bool:
    between = bool(calendar.years) and calendar.year_of(day) is None
    return day.weekday() < 5 and (day in calendar.vacation or between)


def _counts(day: date, calendar: SchoolCalendar) -> bool:
    if _open(day, calendar):
        return True
    before, after, first = 0, 0, day
    while not _open(first - DAY, calendar):
        first -= DAY
        before += _vacation(first, calendar)
    later = day
    while not _open(later + DAY, calendar):
        later += DAY
        after += _vacation(later, calendar)
    here = _vacation(day, calendar)
    if before + here + after <= 5:
        return True
    return not here and before == 0  # the weekend or staff day before a long break


def _slow(start: date, days: int, calendar: SchoolCalendar) -> date:
    day = start
    while days:
        day += DAY
        days -= _counts(day, calendar)
    return day


JANUARY = date(2026, 1, 1)
some_day = st.integers(0, 365).map(lambda n: JANUARY + timedelta(days=n))
stretch = st.tuples(some_day, st.integers(0, 24)).map(
    lambda pair: {pair[0] + timedelta(days=n) for n in range(pair[1])}
)
days_away = st.lists(stretch, max_size=5).map(lambda found: frozenset().union(*found))
a_year = st.tuples(st.integers(0, 40), st.integers(250, 340)).map(
    lambda pair: Span(JANUARY + timedelta(days=pair[0]), JANUARY + timedelta(days=pair[1]))
)


@settings(deadline=None)  # the twin is slow on purpose
@given(some_day, days_away, days_away, st.lists(a_year, max_size=1))
def test_the_clock_agrees_with_counting_each_day_by_itself(
    start: date, vacation: frozenset[date], staff: frozenset[date], years: list[Span]
) -> None:
    calendar = SchoolCalendar(vacation, staff, tuple(years))
    consent = evaluation_due(start - timedelta(days=200), start, calendar, kind=SPECIAL)
    if consent.next_year is None:
        assert consent.on == _slow(start, 60, calendar)
    plan = plan_due(start, calendar, kind=SPECIAL)
    if plan.next_year is None:
        assert plan.on == _slow(start, 15, calendar)
    else:
        assert plan.on == plan.next_year.first + timedelta(days=10)


@settings(deadline=None)
@given(some_day, days_away)
def test_a_break_never_makes_a_clock_shorter_and_a_later_request_never_comes_first(
    start: date, vacation: frozenset[date]
) -> None:
    due = plan_due(start, SchoolCalendar(vacation), kind=SPECIAL).on
    assert due >= start + timedelta(days=15)
    assert due <= plan_due(start + DAY, SchoolCalendar(vacation), kind=SPECIAL).on
