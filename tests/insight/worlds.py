"""A made district of some size, for what only shows among many: gaps, and who must be withheld."""

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hearth.insight.mart import store
from tests.insight import marts

RACES = {
    "hispanic": 50, "asian": 14, "black": 8, "filipino": 5, "white": 17, "pacific_islander": 1,
    "two_or_more": 4, "american_indian": 2, "not_reported": 1,
}  # fmt: skip
GENDERS = {"F": 49, "M": 50, "X": 1}
LANGUAGES = {"en": 55, "es": 38, "vi": 6, "hmn": 1}
SHARE = {
    "english_learner": 0.28, "disability": 0.13, "disadvantaged": 0.7, "foster": 0.01,
    "homeless": 0.04, "migrant": 0.01,
}  # fmt: skip


def students(
    sizes: Mapping[int, int], *, year: int = 2026, seed: int = 4
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many students at each school, and each one's year of attendance."""
    chance = random.Random(seed)  # noqa: S311 - a made district, not a secret
    here, years, number = [], [], 0
    for school, size in sizes.items():
        for _ in range(size):
            number += 1
            race = chance.choices(list(RACES), list(RACES.values()))[0]
            here.append(
                {
                    "student": number, "school": school, "year": year, "race": race,
                    "gender": chance.choices(list(GENDERS), list(GENDERS.values()))[0],
                    "grade": chance.choice(["KG", "01", "02", "03", "04", "05"]),
                    "language": chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
                    **{name: chance.random() < share for name, share in SHARE.items()},
                }
            )  # fmt: skip
            missed = 30 if chance.random() < (0.35 if race == "black" else 0.2) else 4
            years.append(
                {
                    "student": number, "school": school, "year": year, "expected": 180,
                    "present": 180 - missed, "excused": missed, "unexcused": 0, "suspended": 0,
                    "in_school": 0, "independent": 0, "independent_missed": 0,
                }
            )  # fmt: skip
    return here, years


def district(home: Path, sizes: Mapping[int, int], **more: Any) -> store.Snapshot:
    here, years = students(sizes, **more)
    return marts.make(home, built_on=date(2026, 6, 30), student_years=here, years=years)
