"""The same expressions on a local Spark give the same numbers."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from hearth.insight import measures
from hearth.insight.mart.engine import Engine, EngineRefused, opened
from hearth.insight.measures.groups import cut_of
from tests.insight import marts

CUTS = [(), cut_of("race"), cut_of("race", "disability"), cut_of("grade_span")]


def facts() -> dict[str, list[dict[str, object]]]:
    """Twelve students at two schools, one of whom moved, each day of two months another kind."""
    who = [
        {"student": n, "school": 1 + n % 2, "race": ["asian", "black", "white"][n % 3],
         "grade": ["04", "08"][n % 2], "disability": n % 4 == 0, "exempt": n == 5}
        for n in range(12)
    ]  # fmt: skip
    moved = {**who[3], "school": 1, "last": False, "stable": None}
    days = [
        {"student": row["student"], "school": row["school"], "day": date(2025, 9, 1) + timedelta(n),
         "kind": (int(str(row["student"])) * n) % 11 % 7}
        for row in [*who, moved]
        for n in range(60)
    ]  # fmt: skip
    incidents = [
        {"student": n, "school": 1 + n % 2, "day": date(2025, 10, 1), "incident": n,
         "result": [100, 110, 300][n % 3], "days": 0.5 * n, "minutes": 30}
        for n in range(6)
    ]  # fmt: skip
    referrals = [
        {"student": n, "school": 1 + n % 2, "need": "attendance", "opened": date(2026, 1, 5),
         "answer_due": date(2026, 1, 9), "answered": date(2026, 1, 6 + n),
         "linked": date(2026, 2, 1) if n % 2 else None}
        for n in range(5)
    ]  # fmt: skip
    tiers = [
        {"student": 2, "school": 1, "domain": "attendance", "tier": 2, "since": date(2026, 1, 5)}
    ]
    return {
        "student_years": [*who, moved],
        "attendance": days,
        "incidents": incidents,
        "referrals": referrals,
        "tiers": tiers,
        "reviews": [{"student": 4, "school": 1}],
        "staff": [{"person": 90, "school": 1, "race": "black"}],
    }


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java")
def test_every_measure_is_the_same_on_spark(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="uv sync --group spark")
    snapshot = marts.make(tmp_path, **facts())
    chosen = list(measures.all().values())
    with opened(snapshot, Engine(threads=1, memory="500MB")) as mart:
        here = measures.table_of(chosen, mart, CUTS)
    with opened(snapshot, Engine("spark", memory="1GB")) as mart:
        there = measures.table_of(chosen, mart, CUTS)
    assert there.to_pylist() == here.to_pylist()


def test_an_engine_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(EngineRefused, match="HEARTH_ENGINE"),
        opened(marts.make(tmp_path), Engine("abacus")),
    ):
        pass
