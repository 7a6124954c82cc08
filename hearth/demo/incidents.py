"""Incidents of an invented year: few, by number and code only, with what followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hearth.demo.pupils import STARTS_HIGH, STARTS_MIDDLE, Told

YOUNG, OLDER = 0.01, 0.05
# A modest unfairness, invented, so that the measures have one to show.
TIMES = {"black": 1.9, "american_indian": 1.5, "hispanic": 1.05, "white": 0.9, "asian": 0.45,
         "filipino": 0.45}  # fmt: skip
OFFENSES = ("511", "511", "512", "501", "506", "400")
OUT, INSIDE, OTHER = 100, 110, 300


@dataclass
class Happened:
    """The three files together, and on which school days who was suspended, and how."""

    incidents: list[tuple[object, ...]] = field(default_factory=list)
    results: list[tuple[object, ...]] = field(default_factory=list)
    offenses: list[tuple[object, ...]] = field(default_factory=list)
    away: dict[tuple[str, int], str] = field(default_factory=dict)


def incidents(told: Told) -> Happened:
    """Each student's chance is small, and smaller for the young."""
    dice = told.dice("incidents")
    days, found = told.school_days, Happened()
    for number, school, grade, race in told.pupils.select(
        "number", "school", "grade", "race"
    ).iter_rows():
        older = grade >= STARTS_MIDDLE
        chance = (OLDER if older else YOUNG) * TIMES.get(race, 1.0)
        if grade >= STARTS_HIGH:
            chance *= 0.8
        if dice.random() > chance:
            continue
        for _ in range(1 + int(dice.random() < 0.25)):
            place = int(dice.integers(8, len(days) - 6))
            name = f"{told.year % 100}-{len(found.incidents) + 1:05d}"
            result = int(dice.choice([OUT, OUT, INSIDE, INSIDE, OTHER]))
            length = int(dice.integers(1, 4)) if result == OUT else 1
            head = (school, name)
            found.incidents.append((*head, days[place], "Y"))
            starts = days[place + 1]
            found.results.append(
                (*head, number, result, 0 if result == OTHER else length,
                 "" if result == OTHER else starts.isoformat())
            )  # fmt: skip
            found.offenses.append((*head, number, str(dice.choice(OFFENSES))))
            kind = {OUT: "S", INSIDE: "I"}.get(result)
            for offset in range(length if kind else 0):
                found.away[number, place + 1 + offset] = str(kind)
    return found


def as_files(told: Told, found: Happened, through: date) -> dict[str, pl.DataFrame]:
    """What had happened by a day."""
    happened = [row for row in found.incidents if row[2] <= through]  # type: ignore[operator]
    names = {(row[0], row[1]) for row in happened}
    return {
        "incidents.csv": _frame(happened, "School", "Incident ID", "Date", "Statutory Offense"),
        "results.csv": _frame(
            [row for row in found.results if row[:2] in names],
            "School", "Incident ID", "Student ID", "Result", "Days", "Start Date",
        ),
        "offenses.csv": _frame(
            [row for row in found.offenses if row[:2] in names],
            "School", "Incident ID", "Student ID", "Offense Code",
        ),
    }  # fmt: skip


def _frame(rows: list[tuple[object, ...]], *columns: str) -> pl.DataFrame:
    texts = [tuple(str(cell) for cell in row) for row in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String), orient="row")
