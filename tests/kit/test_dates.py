"""Dates in words: nobody works out from figures whether there is still time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hearth.kit import dates

TODAY = date(2027, 5, 1)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 4, 30), "yesterday"),
        (date(2027, 5, 1), "today"),
        (date(2027, 5, 2), "tomorrow"),
        (date(2027, 5, 4), "Tuesday 4 May"),
        (date(2028, 1, 3), "Monday 3 January 2028"),
    ],
)
def test_rosa_reads_a_day_as_she_would_say_it(day, words):
    assert dates.in_words(day, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (5, "5 days left"),
        (1, "1 day left"),
        (0, "due today"),
        (-1, "1 day late"),
        (-3, "3 days late"),
    ],
)
def test_tom_sees_how_much_time_there_is(days, words):
    assert dates.days_left(TODAY + timedelta(days=days), TODAY) == words


def test_a_clock_says_day_and_time_left_in_one_line():
    clock = dates.clock(date(2027, 5, 4), TODAY)
    assert clock.words == "Tuesday 4 May, 3 days left"
    assert clock.standing == "later"


def test_a_clock_counts_school_days_when_the_calendar_is_known():
    assert dates.clock(date(2027, 5, 10), TODAY, school_days=5).left == "5 school days left"
    assert dates.school_days(1) == "1 school day"
    assert dates.school_days_left(-2) == "2 school days late"


def test_a_finished_clock_says_whether_it_was_in_time():
    late = dates.clock(date(2027, 4, 20), TODAY, done=date(2027, 4, 22))
    assert late.standing == "done"
    assert late.left == "finished Thursday 22 April, after its day"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 5, 3), date(2027, 5, 7), "3 to 7 May"),
        (date(2027, 5, 31), date(2027, 6, 4), "31 May to 4 June"),
        (date(2027, 12, 20), date(2028, 1, 7), "20 December 2027 to 7 January 2028"),
        (date(2027, 5, 3), date(2027, 5, 3), "Monday 3 May"),
    ],
)
def test_a_range_says_nothing_twice(first, last, words):
    assert dates.between(first, last, TODAY) == words


def test_a_spanish_reader_gets_the_day_in_spanish():
    with override("es"):
        assert dates.full(date(2027, 5, 4), TODAY) == "martes 4 de mayo"


def test_another_language_falls_back_to_its_own_formats():
    with override("vi"):
        assert "2027" in dates.full(date(2027, 5, 4), date(2026, 1, 1))


def test_a_moment_belongs_to_the_day_where_the_reader_is():
    late_evening = datetime(2027, 5, 2, 5, 30, tzinfo=UTC)
    assert dates.as_day(late_evening) == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (12, "12 days ago"),
        (21, "3 weeks ago"),
        (90, "3 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago_grows_coarser(days, words):
    assert dates.ago(TODAY - timedelta(days=days), TODAY) == words


@given(due=DAYS, today=DAYS)
def test_time_left_always_agrees_with_the_standing(due, today):
    clock = dates.clock(due, today)
    assert ("late" in clock.left) == (clock.standing == "late") == (due < today)
    assert (clock.left == "due today") == (due == today)


@given(first=DAYS, length=st.integers(0, 800), today=DAYS)
def test_a_range_names_its_last_year_unless_it_is_this_one(first, length, today):
    last = first + timedelta(days=length)
    words = dates.between(first, last, today)
    assert words
    if last.year != today.year:
        assert str(last.year) in words
