"""The state's own published rates and Dashboard results, reckoned again from their counts."""

import csv
import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hearth.insight.rules.dashboard import Change, read, table
from hearth.insight.rules.rounding import rate
from hearth.kit.interval import Count

DATA = Path(__file__).resolve().parents[3] / "shared/data"
OUTCOMES, DASHBOARD = DATA / "cde_outcomes", DATA / "cde_dashboard"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the state's files are not here")


@pytest.mark.parametrize(
    ("file", "published"),
    [("chronic_absenteeism_rate", 309_541), ("suspension_rate", 237_365)],
)
def test_every_published_rate_is_reckoned_again(file: str, published: int) -> None:
    found: Counter[bool] = Counter()
    with gzip.open(OUTCOMES / f"{file}.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["value"]:
                ours = rate(int(row["numerator"]), int(row["denominator"]))
                found[ours == Decimal(row["value"])] += 1
    assert found == {True: published}


def _rows(name: str) -> list[dict[str, str]]:
    with (DASHBOARD / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("file", "indicator", "kind"),
    [
        ("chron_state_2022_status.csv", "chronic", "any"),
        ("susp_state_2022_status_UD.csv", "suspension", "unified_district"),
    ],
)
def test_every_published_status_of_2022_is_reckoned_again(
    file: str, indicator: str, kind: str
) -> None:
    rows = _rows(file)
    assert len(rows) == 14
    for row in rows:
        count = Count(int(row["currnumer"]), int(row["currdenom"]))
        found = read(count, None, table(indicator, kind, 2022), 2022)
        assert found is not None
        assert found.percent == Decimal(row["currstatus"]), row["studentgroup"]
        assert found.status.value == row["statuslevel"].lower().replace(" ", "_")


@pytest.mark.parametrize(
    ("name", "indicator", "kind", "year"),
    [
        ("chronic_absenteeism_2023", "chronic", "any", 2023),
        ("suspension_unified_district_and_k12_2018", "suspension", "unified_district", 2018),
        ("suspension_elementary_school_2019", "suspension", "elementary_school", 2019),
        ("suspension_high_school_2024", "suspension", "high_school", 2024),
        ("suspension_elementary_district_2017", "suspension", "elementary_district", 2017),
    ],
)
def test_our_tables_say_what_the_states_pages_print(
    name: str, indicator: str, kind: str, year: int
) -> None:
    printed = json.loads((DASHBOARD / "five_by_five_tables.json").read_text(), parse_float=Decimal)[
        name
    ]
    ours = table(indicator, kind, year)
    for level, bound in printed["status_upper_bounds"].items():
        status = level.lower().replace(" ", "_")
        assert ours.status(bound) == status
        assert ours.status(bound + Decimal("0.1")) != status
    for level, colors in printed["grid"].items():
        if level.startswith("_"):
            continue
        status = level.lower().replace(" ", "_")
        for moved, color in zip(Change, colors, strict=True):
            expected = "gray" if color == "NA" else color.lower()
            assert ours.cuts["colors"][status][list(Change).index(moved)] == expected
