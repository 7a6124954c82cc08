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


def by_month(table: pa.Table, **where: Any) -> dict[date, tuple[float, float]]:
    rows = [row for row in table.to_pylist() if all(row[k] == v for k, v in where.items())]
    return {row["month"]: (row["numerator"], row["denominator"]) for row in rows}


AUGUST, SEPTEMBER, OCTOBER = date(2025, 8, 1), date(2025, 9, 1), date(2025, 10, 1)


def test_the_districts_months_add_up_both_of_diegos_schools(mart: Mart) -> None:
    """Twenty-one days of August for each enrollment; in September Minh Anh attends 15 of 19, Diego
    7 of 9 at Cottonwood and 8 of 10 at Larkspur, Sam 29 of 30; Sam alone is told of October."""
    measure = measures.MEASURES["attendance_by_month"]
    assert by_month(measure.table(mart, level="district")) == {
        AUGUST: (84, 84), SEPTEMBER: (59, 68), OCTOBER: (1, 1),
    }  # fmt: skip
    assert by_month(measure.table(mart, level="school"), school=COTTONWOOD) == {
        AUGUST: (42, 42), SEPTEMBER: (22, 28),
    }  # fmt: skip


def test_the_districts_early_signs_count_diego_once(mart: Mart) -> None:
    """In September Minh Anh has missed a tenth, and Diego four days in two months at both schools
    together; neither school alone saw him miss more than two."""
    table = measures.MEASURES["early_warning"].table(mart, level="district")
    assert by_month(table, part="tier_2") == {
        AUGUST: (0, 3), SEPTEMBER: (2, 3), OCTOBER: (0, 1),
    }  # fmt: skip
    at_larkspur = measures.MEASURES["early_warning"].table(mart, level="school")
    assert by_month(at_larkspur, school=LARKSPUR, part="tier_2")[SEPTEMBER] == (0, 2)
