"""From days to months and school years: the same expression builds the roll-ups and checks them.

A roll-up has one row for each student and school with the number of days of each kind. It is what
measures read; the days themselves are read again only for the month that changed.
"""

import ibis
from ibis.expr.types import DateColumn, IntegerColumn, Table

from hearth.insight.mart.schema import COUNTED, KINDS

STARTS_IN = 7
"""A school year runs from July to June and is named by the calendar year of its end."""


def school_year(day: DateColumn) -> IntegerColumn:
    return (day.year() + (day.month() >= STARTS_IN).cast("int32")).cast("int16")


def first_of(day: DateColumn) -> DateColumn:
    """The first day of its month; an engine's own truncation may make a date a time."""
    return ibis.date(day.year(), day.month(), 1)


def _counts(days: Table) -> dict[str, ibis.expr.types.NumericScalar]:
    """How many days of each kind; `expected` is their sum, for no other day has a row."""
    told = {
        kind: days.count(where=days.kind == number).cast("int16")
        for number, kind in enumerate(KINDS)
    }
    return {"expected": days.count().cast("int16"), **told}


def months_of(attendance: Table) -> Table:
    days = attendance.mutate(month=first_of(attendance.day), year=school_year(attendance.day))
    return days.group_by("student", "school", "year", "month").agg(**_counts(days))


def years_out_of(months: Table) -> Table:
    return months.group_by("student", "school", "year").agg(
        **{name: months[name].sum().cast("decimal(7,2)") for name in COUNTED}
    )


def taught_of(attendance: Table) -> Table:
    """On how many days of a month each school was in session."""
    held = attendance.select("school", "day").distinct()
    held = held.mutate(month=first_of(held.day), year=school_year(held.day))
    return held.group_by("school", "year", "month").agg(days=held.count().cast("int16"))
