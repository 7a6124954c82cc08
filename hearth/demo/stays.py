"""Who was at which school on which days: most all year, some came later, a few changed schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hearth.demo.cast import GRADES
from hearth.demo.pupils import Told

CAME_LATER, LEFT_FOR_A_WHILE = 0.03, 0.012
TRANSFER = "T160"


@dataclass(frozen=True)
class Stays:
    """One row a stay; `first` and `last` are places in the list of school days."""

    rows: pl.DataFrame


def stays(told: Told) -> Stays:
    """The stays of one school year. Whoever left in winter is back a month later."""
    dice = told.dice("stays")
    count = len(told.school_days)
    rows: list[tuple[str, str, int, int, int]] = []
    for number, school, grade in told.pupils.select("number", "school", "grade").iter_rows():
        chance = dice.random()
        if chance < CAME_LATER:
            rows.append((number, school, grade, int(dice.integers(5, 60)), count - 1))
        elif chance < CAME_LATER + LEFT_FOR_A_WHILE:
            left = int(dice.integers(60, 90))
            rows.append((number, school, grade, 0, left))
            rows.append((number, school, grade, min(left + 22, count - 1), count - 1))
        else:
            rows.append((number, school, grade, 0, count - 1))
    return Stays(
        pl.DataFrame(rows, schema=["number", "school", "grade", "first", "last"], orient="row")
    )


def as_file(told: Told, found: Stays, through: date) -> pl.DataFrame:
    """The stays that had begun by a day, as a student information system writes them."""
    days = told.school_days
    end = len(days) - 1
    rows = [
        (number, school, days[first], days[last] if last < end or days[end] < through else None,
         GRADES[grade], "10", TRANSFER if last < end else "")
        for number, school, grade, first, last in found.rows.iter_rows()
        if days[first] <= through
    ]  # fmt: skip
    frame = pl.DataFrame(
        rows,
        schema={"Student ID": pl.String, "School": pl.String, "Entry Date": pl.Date,
                "Exit Date": pl.Date, "Grade": pl.String, "Enrollment Status": pl.String,
                "Exit Code": pl.String},
        orient="row",
    )  # fmt: skip
    left = pl.col("Exit Date") > through
    return frame.with_columns(
        pl.when(left).then(None).otherwise("Exit Date").alias("Exit Date"),
        pl.when(left).then(pl.lit("")).otherwise("Exit Code").alias("Exit Code"),
    )
