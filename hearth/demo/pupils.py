"""The students of the written bundle once more, as a frame, to invent their school days from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from hearth.demo.cast import GRADES
from hearth.demo.school_days import INSTRUCTIONAL, SchoolYear, weekdays

STARTS_MIDDLE, STARTS_HIGH = 7, 10  # the places of grades 6 and 9, counted from TK
JUNIPER = 11


@dataclass(frozen=True)
class Told:
    """What a seed tells of one school year: the same every time, however far it is told."""

    pupils: pl.DataFrame
    year: int
    seed: int

    def dice(self, about: str) -> np.random.Generator:
        """Chance of its own for each thing told, so that none disturbs another."""
        return np.random.default_rng([self.seed, self.year, *about.encode()])

    @property
    def calendar(self) -> SchoolYear:
        return SchoolYear(self.year)

    @property
    def school_days(self) -> list[date]:
        return [day for day, kind, _ in weekdays(self.calendar) if kind == INSTRUCTIONAL]


def pupils(bundle: Path) -> pl.DataFrame:
    """number, school, grade (as a place from TK on), race, learner: one row a student, in order."""
    users = pl.read_csv(bundle / "users.csv", infer_schema=False)
    told = pl.read_csv(bundle / "demographics.csv", infer_schema=False)
    order = {grade: place for place, grade in enumerate(GRADES)}
    return (
        users.filter(pl.col("sourcedId").is_in(told["sourcedId"].implode()))
        .join(told, on="sourcedId", maintain_order="left")
        .select(
            number="identifier",
            school="primaryOrgSourcedId",
            grade=pl.col("grades").replace_strict(order, return_dtype=pl.Int32),
            race=_race(),
            learner=pl.col("metadata.englishLanguageStatus") == "EL",
            language="metadata.homeLanguage",
        )
    )


def _race() -> pl.Expr:
    """How California rolls it up, as far as the demonstration has need of it."""
    return (
        pl.when(pl.col("hispanicOrLatinoEthnicity") == "true").then(pl.lit("hispanic"))
        .when(pl.col("demographicRaceTwoOrMoreRaces") == "true").then(pl.lit("two_or_more"))
        .when(pl.col("blackOrAfricanAmerican") == "true").then(pl.lit("black"))
        .when(pl.col("metadata.filipino") == "true").then(pl.lit("filipino"))
        .when(pl.col("asian") == "true").then(pl.lit("asian"))
        .when(pl.col("americanIndianOrAlaskaNative") == "true").then(pl.lit("american_indian"))
        .when(pl.col("nativeHawaiianOrOtherPacificIslander") == "true")
        .then(pl.lit("pacific_islander"))
        .when(pl.col("white") == "true").then(pl.lit("white"))
        .otherwise(pl.lit("not_reported"))
    )  # fmt: skip


def a_year_ago(now: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same students one grade younger, where they were then; the youngest were not here yet."""
    schools = now["school"].unique(maintain_order=True).to_list()
    kinds = _kinds(now, schools)
    dice = np.random.default_rng([seed, 1])
    half = dice.random(now.height) < 0.5
    younger = now.with_columns(grade=pl.col("grade") - 1).filter(pl.col("grade") >= 0)
    half = half[: younger.height]
    places = [
        _place(row["school"], row["grade"], bool(first), kinds)
        for row, first in zip(younger.iter_rows(named=True), half, strict=True)
    ]
    return younger.with_columns(school=pl.Series(places, dtype=pl.String))


def _kinds(now: pl.DataFrame, schools: list[str]) -> dict[str, Any]:
    """Which schools are elementary, which middle, which high, told by their youngest grade."""
    youngest = dict(now.group_by("school").agg(pl.col("grade").min()).iter_rows())
    return {
        "elementary": [school for school in schools if youngest[school] < STARTS_MIDDLE],
        "middle": [s for s in schools if STARTS_MIDDLE <= youngest[s] < STARTS_HIGH],
    }


def _place(school: str, grade: int, first: bool, kinds: dict[str, Any]) -> str:
    if grade == STARTS_MIDDLE - 1 and school in kinds["middle"]:
        feeders = kinds["elementary"]
        at = 2 * kinds["middle"].index(school)
        pair = feeders[at : at + 2] or feeders[:1]
        return str(pair[0 if first else -1])
    if grade == STARTS_HIGH - 1 and school not in kinds["elementary"]:
        return str(kinds["middle"][0]) if kinds["middle"] else school
    return school
