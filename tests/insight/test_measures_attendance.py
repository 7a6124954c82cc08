"""Chronic absence and what leads to it, told of the cast."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hearth.insight import measures
from hearth.insight.mart.engine import Engine, Mart, opened
from tests.insight import marts

COTTONWOOD, LARKSPUR = 1, 4
MINH_ANH, DIEGO, SAM = 11, 12, 13
FIRST = date(2025, 8, 11)


def days(student: int, school: int, kinds: str) -> list[dict[str, Any]]:
    """One day for each letter from the first school day on: p is present, e excused and so on."""
    letters = "peusiIm"
    return [
        {
            "student": student,
            "school": school,
            "day": FIRST + timedelta(n),
            "kind": letters.index(k),
        }
        for n, k in enumerate(kinds)
    ]


def figures(table: pa.Table, **where: Any) -> list[tuple[Any, ...]]:
    rows = [row for row in table.to_pylist() if all(row[k] == v for k, v in where.items())]
    return [(row["numerator"], row["denominator"]) for row in rows]


@pytest.fixture
def mart(tmp_path: Path) -> Iterator[Mart]:
    snapshot = marts.make(
        tmp_path,
        student_years=[
            {"student": MINH_ANH, "school": COTTONWOOD, "race": "asian"},
            {"student": DIEGO, "school": COTTONWOOD, "race": "hispanic", "last": False},
            {"student": DIEGO, "school": LARKSPUR, "race": "hispanic"},
            {"student": SAM, "school": LARKSPUR, "race": "american_indian", "grade": "11"},
        ],
        attendance=[
            *days(MINH_ANH, COTTONWOOD, "p" * 36 + "euesm"[:4]),  # 4 of 40
            *days(DIEGO, COTTONWOOD, "p" * 28 + "ee"),  # 2 of 30: too short to count here
            *days(DIEGO, LARKSPUR, "p" * 29 + "eu"),  # 2 of 31; in the district 4 of 61
            *days(SAM, LARKSPUR, "p" * 30 + "i" * 20 + "mI"),  # 1 of 52
        ],
    )
    with opened(snapshot, Engine(threads=1)) as mart:
        yield mart


def test_a_tenth_of_forty_days_is_chronic(mart: Mart) -> None:
    table = measures.MEASURES["chronic_absence"].table(mart, level="school")
    assert figures(table, school=COTTONWOOD) == [(1, 1)]
    assert figures(table, school=LARKSPUR) == [(0, 2)]
