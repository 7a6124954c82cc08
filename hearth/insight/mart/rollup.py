"""From days to months and school years: the same expression builds the roll-ups and checks them.

A roll-up has one row for each student and school with the number of days of each kind. It is what
measures read; the days themselves are read again only for the month that changed.
"""

import ibis
from ibis.expr.types import IntegerColumn, Table

from hearth.insight.mart.schema import KINDS

STARTS_IN = 7
"""A school year runs from July to June and is named by the calendar year of its end."""


def school_year(day: ibis.expr.types.DateColumn) -> IntegerColumn:
    return (day.year() + (day.month() >= STARTS_IN).cast("int32")).cast("int16")


def _counts(days: Table, kept_as: str) -> dict[str, ibis.expr.types.NumericScalar]:
    """How many days of each kind; `expected` is their sum, for no other day has a row."""
    told = {
        kind: days.count(where=days.kind == number).cast(kept_as)
        for number, kind in enumerate(KINDS)
    }
    return {"expected": days.count().cast(kept_as), **told}


def months_of(attendance: Table) -> Table:
    month = attendance.day.truncate("month").cast("date")
    days = attendance.mutate(month=month, year=school_year(attendance.day))
    return days.group_by("student", "school", "year", "month").agg(**_counts(days, "int16"))


def years_of(attendance: Table) -> Table:
    days = attendance.mutate(year=school_year(attendance.day))
    return days.group_by("student", "school", "year").agg(**_counts(days, "decimal(7,2)"))


def taught_of(attendance: Table) -> Table:
    """On how many days of a month each school was in session."""
    held = attendance.select("school", "day").distinct()
    month = held.day.truncate("month").cast("date")
    held = held.mutate(month=month, year=school_year(held.day))
    return held.group_by("school", "year", "month").agg(days=held.count().cast("int16"))
