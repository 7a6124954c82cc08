"""Measures of attendance. What each means, in words, stands on its card."""

import ibis
from ibis.expr.types import BooleanValue, NumericValue, Table, Value

from hearth.insight.mart.schema import ABSENT
from hearth.insight.measures.in_force import value_in
from hearth.insight.measures.measure import Counted, measure


@measure("attendance")
def chronic_absence(row: Table) -> Counted:
    longer_than = value_in(row.year, "chronic", "expected_more_than_days")
    percent = value_in(row.year, "chronic", "absent_at_least_percent")
    eligible = row.expected > longer_than
    return Counted(eligible, {"": eligible & _share(row.absent, row.expected, percent)})


@measure(by="month")
def early_warning(row: Table) -> Counted:
    """By the same signs, in the same order, as `rules.absence.early_sign`."""
    tenth = value_in(row.year, "early_warning", "second_tier_percent")
    fifth = value_in(row.year, "early_warning", "third_tier_percent")
    here = row.expected_so_far > 0
    speaks = here & (
        row.expected_so_far >= value_in(row.year, "early_warning", "percent_after_days")
    )
    now, before = (
        (row.absent_so_far, row.expected_so_far),
        (row.absent_last_year, row.expected_last_year),
    )
    third = here & ((speaks & _share(*now, fifth)) | _share(*before, fifth))
    second = (speaks & _share(*now, tenth)) | _share(*before, tenth) | _days_early(row)
    return Counted(here, {"tier_2": here & second & ~third, "tier_3": third})


def _days_early(row: Table) -> BooleanValue:
    """In the first months a number of days speaks sooner than a percentage."""
    enough = [(row.nth == nth) & (row.absent_so_far >= _nth_value(row, nth)) for nth in (1, 2, 3)]
    return ibis.or_(*enough)


def _nth_value(row: Table, nth: int) -> Value:
    return value_in(
        row.year, "early_warning", "second_tier_days_by_month", lambda days: days[nth - 1]
    )


def _share(part: NumericValue, whole: NumericValue, percent: Value) -> BooleanValue:
    """At least so many percent, without dividing."""
    return (whole > 0) & (part * 100 >= whole * percent)


@measure("attendance")
def attendance_rate(row: Table) -> Counted:
    return Counted(row.expected, {"": row.attended})


@measure(by="month")
def attendance_by_month(row: Table) -> Counted:
    return Counted(row.expected, {"": row.attended})


@measure("attendance", "taught")
def average_daily_attendance(row: Table) -> Counted:
    return Counted(row.taught, {"": row.attended}, largest=True)


@measure("attendance")
def days_lost(row: Table) -> Counted:
    return Counted(row.expected, {reason: row[reason] for reason in ABSENT})


MEASURES = (
    chronic_absence,
    early_warning,
    attendance_rate,
    attendance_by_month,
    average_daily_attendance,
    days_lost,
)
