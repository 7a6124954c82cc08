"""Attendance day by day, invented: most are there most days, Mondays and winter are harder."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from hearth.demo.incidents import Happened
from hearth.demo.pupils import STARTS_HIGH, Told
from hearth.demo.stays import Stays

Numbers = npt.NDArray[np.float64]

USUAL = 0.043
SPREAD = 2.2
YOUNGEST, HIGH, CONTINUATION = 1.35, 1.2, 2.3
PROGRAMS = {"homeless": 1.8, "foster": 1.5, "disadvantaged": 1.22, "disability": 1.2}
RACES = {"asian": 0.6, "filipino": 0.65, "black": 1.25, "american_indian": 1.35,
         "pacific_islander": 1.3, "hispanic": 1.05}  # fmt: skip
WEEKDAYS = (1.25, 0.95, 0.9, 0.95, 1.15)
WINTER = {11: 1.15, 12: 1.4, 1: 1.45, 2: 1.2}
EXCUSED_YOUNG, EXCUSED_OLDER = 0.68, 0.52
STUDIED, MISSED = 0.05, 0.015  # of absences, those spent in independent study
PRESENT, EXCUSED, UNEXCUSED, STUDY, NOT_DONE = "P", "E", "U", "D", "N"
CODES = np.array([PRESENT, EXCUSED, UNEXCUSED, STUDY, NOT_DONE])


def days_at_school(
    told: Told, found: Stays, happened: Happened, held: pl.DataFrame, through: date
) -> pl.DataFrame:
    """A row for each student and school day up to `through`, as a system's own report has it."""
    days = told.school_days
    weight = np.array([WEEKDAYS[day.weekday()] * WINTER.get(day.month, 1.0) for day in days])
    chance = np.clip(np.outer(_each(told, held), weight), 0, 0.85)
    dice = told.dice("days")
    absent = dice.random(chance.shape) < chance
    kind = _kinds(dice, absent, told.pupils["grade"].to_numpy() >= STARTS_HIGH)
    here = [place for place, day in enumerate(days) if day <= through]
    places = {number: row for row, number in enumerate(told.pupils["number"])}
    for (number, place), code in happened.away.items():
        if place < len(days):
            kind[places[number], place] = code
    return _rows(told, found, kind, here)


def _each(told: Told, held: pl.DataFrame) -> Numbers:
    """How often each student is away on a usual day."""
    pupils = told.pupils
    dice = told.dice("each")
    often: Numbers = USUAL * dice.gamma(SPREAD, 1 / SPREAD, pupils.height)
    grade = pupils["grade"].to_numpy()
    often *= np.where(grade <= 1, YOUNGEST, np.where(grade >= STARTS_HIGH, HIGH, 1.0))
    often *= np.where(pupils["school"].str.contains("juniper").to_numpy(), CONTINUATION, 1.0)
    often *= np.array([RACES.get(race, 1.0) for race in pupils["race"]])
    for program, times in PROGRAMS.items():
        numbers = held.filter(pl.col("Program") == program)["Student ID"]
        often *= np.where(pupils["number"].is_in(numbers.implode()).to_numpy(), times, 1.0)
    return often


def _kinds(
    dice: np.random.Generator, absent: npt.NDArray[np.bool_], older: npt.NDArray[np.bool_]
) -> npt.NDArray[np.str_]:
    chance = dice.random(absent.shape)
    excused = np.where(older, EXCUSED_OLDER, EXCUSED_YOUNG)[:, None]
    code = np.where(chance < STUDIED, 3, np.where(chance < STUDIED + MISSED, 4, 0))
    code = np.where(code > 0, code, np.where(chance < STUDIED + MISSED + excused, 1, 2))
    return CODES[np.where(absent, code, 0)].astype("<U1")


def _rows(told: Told, found: Stays, kind: npt.NDArray[np.str_], here: list[int]) -> pl.DataFrame:
    """Only the days of a stay, day by day."""
    dates = pl.Series("Date", told.school_days, dtype=pl.Date)
    pupils = told.pupils.select("number").with_row_index("row")
    stays = found.rows.join(pupils, on="number", how="left")
    grid = stays.select("number", "school", "row", "first", "last").join(
        pl.DataFrame({"place": here}, schema={"place": pl.Int64}), how="cross"
    )
    grid = grid.filter(pl.col("place").is_between("first", "last")).sort("place", "row")
    codes = kind[grid["row"].to_numpy(), grid["place"].to_numpy()]
    return grid.select(
        pl.col("number").alias("Student ID"),
        pl.col("school").alias("School"),
        dates.gather(grid["place"]).alias("Date"),
        pl.Series("Code", codes, dtype=pl.String),
    )
