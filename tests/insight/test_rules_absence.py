"""Days missed: the state's chronic rule at its edges, and the signs before it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.insight.rules.absence import (
    Days,
    Sign,
    Standing,
    average_daily_attendance,
    days_lost,
    early_sign,
    standing,
)
from hearth.insight.rules.dated import NotKnown

SPRING = date(2026, 6, 30)
A_MONTH = Days(present=20)


@pytest.mark.parametrize(
    ("why", "days", "exempt", "expected"),
    [
        ("three of thirty, but thirty days are too few", Days(present=27, excused=3), False,
         Standing.TOO_FEW_DAYS),
        ("four of thirty-one", Days(present=27, excused=4), False, Standing.CHRONIC),
        ("three of thirty-one is 9.7 percent", Days(present=28, excused=3), False,
         Standing.NOT_CHRONIC),
        ("eighteen of 180 is ten percent exactly", Days(present=162, unexcused=18), False,
         Standing.CHRONIC),
        ("a day short of it", Days(present=163, unexcused=17), False, Standing.NOT_CHRONIC),
        ("ill, without leave, suspended: all reasons count",
         Days(present=162, excused=6, unexcused=6, suspended=6), False, Standing.CHRONIC),
        ("in-school suspension is a day in school", Days(present=160, in_school=20), False,
         Standing.NOT_CHRONIC),
        ("independent study done is attended", Days(present=160, independent=20), False,
         Standing.NOT_CHRONIC),
        ("independent study not done is missed", Days(present=160, independent_missed=20), False,
         Standing.CHRONIC),
        ("taught at home for his health", Days(present=90, excused=90), True, Standing.EXEMPT),
    ],
)  # fmt: skip
def test_where_diego_stands(why: str, days: Days, exempt: bool, expected: Standing) -> None:
    found = standing(expected=days.expected, absent=days.absent, exempt=exempt, on=SPRING)
    assert found is expected, why
    assert found.counts is (expected in (Standing.CHRONIC, Standing.NOT_CHRONIC))


def test_before_the_state_had_a_rule_none_is_made_up() -> None:
    with pytest.raises(NotKnown, match="no expected_more_than_days is known for 2012"):
        standing(expected=180, absent=18, exempt=False, on=date(2012, 6, 30))


@pytest.mark.parametrize(
    ("why", "months", "last_year", "sign", "tier"),
    [
        ("here every day", [A_MONTH], None, Sign.NONE, 1),
        ("two days in the first month", [Days(present=43, excused=2)], None, Sign.DAYS_EARLY, 2),
        ("one day in the first month", [Days(present=44, excused=1)], None, Sign.NONE, 1),
        ("four days by the second month",
         [Days(present=30, excused=1), Days(present=26, excused=3)], None, Sign.DAYS_EARLY, 2),
        ("three days by the second month", [Days(present=30), Days(present=26, excused=3)], None,
         Sign.NONE, 1),
        ("six days by the third month", [Days(present=30), Days(present=30),
         Days(present=15, unexcused=6)], None, Sign.DAYS_EARLY, 2),
        ("six days by the fourth month are less than a tenth", [A_MONTH, A_MONTH, A_MONTH,
         Days(present=14, unexcused=6)], None, Sign.NONE, 1),
        ("a tenth of twenty", [Days(present=18, excused=2)], None, Sign.TENTH_NOW, 2),
        ("a fifth of twenty", [Days(present=16, excused=4)], None, Sign.FIFTH_NOW, 3),
        ("one of three days is no fifth yet", [Days(present=2, excused=1)], None, Sign.NONE, 1),
        ("a tenth last year", [A_MONTH], Days(present=162, excused=18), Sign.TENTH_LAST_YEAR, 2),
        ("a fifth last year", [A_MONTH], Days(present=144, excused=36), Sign.FIFTH_LAST_YEAR, 3),
        ("the first day of the year, with last year behind", [], Days(present=144, excused=36),
         Sign.FIFTH_LAST_YEAR, 3),
    ],
)  # fmt: skip
def test_what_minh_anhs_months_say(
    why: str, months: list[Days], last_year: Days | None, sign: Sign, tier: int
) -> None:
    found = early_sign(months, last_year, SPRING)
    assert found is sign, why
    assert found.tier == tier


DAYS = st.builds(Days, *[st.integers(0, 30)] * 7)


@given(st.lists(DAYS, max_size=10), st.none() | DAYS, st.integers(0, 9))
def test_one_more_day_missed_never_makes_the_sign_weaker(
    months: list[Days], last_year: Days | None, where: int
) -> None:
    if not months or months[where % len(months)].present == 0:
        return
    month = months[where % len(months)]
    worse = [*months]
    worse[where % len(months)] = Days(
        month.present - 1, month.excused + 1, month.unexcused, month.suspended,
        month.in_school, month.independent, month.independent_missed,
    )  # fmt: skip
    assert early_sign(worse, last_year, SPRING).tier >= early_sign(months, last_year, SPRING).tier


@given(DAYS)
def test_every_day_is_either_attended_or_missed(days: Days) -> None:
    assert days.attended + days.absent == days.expected
    assert sum(days_lost([days]).values()) == days.absent


def test_average_daily_attendance_of_toms_class() -> None:
    assert average_daily_attendance(4_301, 180) == Decimal("23.89")
    assert average_daily_attendance(0, 0) is None


def test_what_the_days_of_toms_class_were_lost_to() -> None:
    rows = [Days(excused=3, suspended=1), Days(excused=2, unexcused=4, in_school=2)]
    assert days_lost(rows) == {
        "excused": 5, "unexcused": 4, "suspended": 1, "independent_missed": 0,
    }  # fmt: skip
