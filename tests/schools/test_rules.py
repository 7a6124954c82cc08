"""School days, counted as a school counts them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hearth.schools import rules

THANKSGIVING = {date(2026, 11, 23) + timedelta(days=n) for n in range(5)}
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
closures = st.sets(days, max_size=40)


def test_five_school_days_after_a_friday_before_thanksgiving_skip_the_week() -> None:
    assert rules.add_school_days(date(2026, 11, 20), 5, THANKSGIVING) == date(2026, 12, 4)


def test_no_school_days_is_the_same_day() -> None:
    assert rules.add_school_days(date(2026, 11, 21), 0, ()) == date(2026, 11, 21)


def test_a_date_that_is_past_counts_backwards() -> None:
    assert rules.school_days_between(date(2026, 11, 20), date(2026, 11, 16), ()) == -4


@given(days, st.integers(1, 60), closures)
def test_the_due_day_is_a_school_day_and_exactly_that_many_away(
    start: date, count: int, closed: set[date]
) -> None:
    due = rules.add_school_days(start, count, closed)
    assert rules.is_school_day(due, closed)
    assert rules.school_days_between(start, due, closed) == count


@given(days, days, closures)
def test_counting_agrees_with_walking_day_by_day(a: date, b: date, closed: set[date]) -> None:
    start, end = sorted([a, b])
    walked, day = 0, start
    while day < end:
        day += timedelta(days=1)
        walked += day.weekday() < 5 and day not in closed
    assert rules.school_days_between(start, end, closed) == walked
