"""Which students take part in which program, invented: modest shares, a day to begin with."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from hearth.demo.pupils import Told

# Percent of all students; invented, near what districts of the valley print of themselves.
SHARES = {"disability": 13.5, "disadvantaged": 66.0, "foster": 0.7, "homeless": 4.2, "migrant": 2.4}
# Being poor is not spread evenly; the figures of the demonstration have to show that, too.
TIMES = {"white": 0.75, "asian": 0.85, "filipino": 0.7, "black": 1.08, "hispanic": 1.12}
LONG_TERM_FROM = 7  # grade 6: an English learner since kindergarten has become a long-term one
SHORT = ("foster", "homeless")
ENDED = 0.25


def programs(told: Told) -> pl.DataFrame:
    """student, program, start and end; the youngest English learners began with school."""
    dice = told.dice("programs")
    rows: list[tuple[str, str, date, date | None]] = []
    begins = told.calendar.first_day
    for number, grade, race, learner in told.pupils.select(
        "number", "grade", "race", "learner"
    ).iter_rows():
        here_since = _years_before(begins, max(grade - 1, 0))
        if learner:
            rows.append((number, "english_learner", here_since, None))
            if grade >= LONG_TERM_FROM:
                rows.append(
                    (number, "long_term_english_learner", _years_before(begins, grade - 7), None)
                )
        for program, share in SHARES.items():
            times = TIMES.get(race, 1.0) if program == "disadvantaged" else 1.0
            if dice.random() * 100 < share * times:
                rows.append((number, program, *_times(dice, told, program)))
    return pl.DataFrame(
        rows,
        schema=["Student ID", "Program", "Start Date", "End Date"],
        orient="row",
        infer_schema_length=None,  # the first program that ended may stand far down
    )


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


def _times(dice: np.random.Generator, told: Told, program: str) -> tuple[date, date | None]:
    begins = told.calendar.first_day - timedelta(days=int(dice.integers(0, 900)))
    if program in SHORT and dice.random() < ENDED:
        return begins, begins + timedelta(days=int(dice.integers(60, 500)))
    return begins, None
