"""When something is open, by its rules alone."""

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from hearth.partners.rules.calendar import DAYS, Hours, is_open, others, week
from hearth.partners.rules.needs import ages_of_grade

NINE, NOON, FIVE = time(9), time(12), time(17)
MONDAY = date(2026, 10, 5)
AT = datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_every_second_week_counts_from_its_first_day() -> None:
    rule = Hours(NINE, NOON, "MO", "WEEKLY", interval=2, first=MONDAY)
    days = [date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 20)]
    assert [rule.on(day) for day in days] == [True, False, True, False]


def test_the_last_thursday_of_a_month() -> None:
    rule = Hours(NINE, NOON, "-1TH", "MONTHLY")
    assert [d for d in range(1, 32) if rule.on(date(2026, 10, d))] == [29]


def test_a_day_of_the_month_and_a_number_of_times() -> None:
    rule = Hours(NINE, NOON, freq="MONTHLY", count=2, first=date(2026, 1, 15),
                 more=(("bymonthday", "15"),))  # fmt: skip
    assert rule.on(date(2026, 2, 15))
    assert not rule.on(date(2026, 3, 15))


def test_a_holiday_goes_before_the_week() -> None:
    open_always = Hours(time(0), time(23, 59), ",".join(DAYS), "WEEKLY")
    away = Hours(first=date(2026, 12, 24), last=date(2026, 12, 26), closed=True)
    assert is_open([open_always, away], AT.replace(day=23))
    assert not is_open([open_always, away], AT.replace(day=25))


def test_a_rule_that_makes_no_sense_opens_nothing() -> None:
    assert not Hours(NINE, FIVE, "XX", "MONTHLY", more=(("bymonthday", "many"),)).on(MONDAY)
    assert not Hours(NINE, FIVE).on(MONDAY)


def test_days_with_the_same_hours_stand_together() -> None:
    rules = [Hours(NINE, FIVE, "MO,TU,WE", "WEEKLY"), Hours(NINE, NOON, "FR", "WEEKLY"),
             Hours(NINE, NOON, "1SA", "MONTHLY")]  # fmt: skip
    assert week(rules, MONDAY) == [([0, 1, 2], [(NINE, FIVE)]), ([4], [(NINE, NOON)])]
    assert others(rules, MONDAY) == [rules[2]]


@given(st.sets(st.sampled_from(DAYS), min_size=1), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_plain_week_is_open_on_its_days_and_no_other(days: set[str], day: date) -> None:
    rule = Hours(NINE, FIVE, ",".join(days), "WEEKLY")
    assert rule.on(day) == (DAYS[day.weekday()] in days) == rule._by_rule(day)


def test_a_grade_is_asked_as_its_ages() -> None:
    assert ages_of_grade("KG") == (5, 6)
    assert ages_of_grade("04") == (9, 10)
    assert ages_of_grade("UG") is None
