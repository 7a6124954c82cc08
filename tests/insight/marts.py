"""Small marts made of plain rows, for tests: what is not said of a row has a plain default."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hearth.insight.mart import keep, store
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.mart.schema import FACTS, PROGRAMS

ARROW = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "int16": pa.int16(),
    "int8": pa.int8(),
    "float64": pa.float64(),
    "string": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "decimal(7,2)": pa.decimal128(7, 2),
    "array<string>": pa.list_(pa.string()),
}
PLAIN: dict[str, dict[str, Any]] = {
    "student_years": {
        "year": 2026,
        "grade": "04",
        "race": "not_reported",
        "gender": "not_reported",
        **dict.fromkeys(PROGRAMS, False),
        "language": "en",
        "exempt": False,
        "stable": True,
        "last": True,
    },
    "incidents": {"year": 2026, "offenses": []},
    "referrals": {"year": 2026},
    "tiers": {"year": 2026},
    "reviews": {"year": 2026, "reviewed": True},
    "needs": {"year": 2026, "asked_month": "2025-09", "standing": "under_way", "last": True},
    "staff": {"year": 2026, "role": "teacher", "race": "not_reported", "language": "en"},
}
Rows = Iterable[Mapping[str, Any]]


def arrow(fact: str, rows: Rows) -> pa.Table:
    whole = [{**PLAIN.get(fact, {}), **row} for row in rows]
    columns = {
        column.name: pa.array([row.get(column.name) for row in whole], ARROW[column.type])
        for column in FACTS[fact]
    }
    return pa.table(columns)


def make(home: Path, *, built_on: date = date(2026, 6, 30), **facts: Rows) -> store.Snapshot:
    """A mart of these facts; the roll-ups are made from the days unless they are given."""
    with store.building(home, built_on=built_on) as folder:
        for fact in FACTS:
            for part, rows in _parts(fact, list(facts.get(fact, ()))).items():
                file = folder / fact / part / "made.parquet"
                file.parent.mkdir(parents=True, exist_ok=True)
                pq.write_table(arrow(fact, rows), file)
        if "attendance" in facts or "year_totals" in facts:
            (folder / "years" / "made.parquet").unlink()
            connection = keep.connect(folder, threads=1, memory="500MB")
            keep.keep_all(folder, connection)
            connection.disconnect()
    return store.current(home)


def _parts(fact: str, rows: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Days lie in a folder for each month."""
    if fact != "attendance" or not rows:
        return {"": rows}
    months: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        months.setdefault(keep.name_of(row["day"]), []).append(row)
    return months


@contextmanager
def opened_mart(home: Path, **facts: Rows) -> Iterator[Mart]:
    """A mart of these facts, open for a block."""
    with opened(make(home, **facts), Engine(threads=1, memory="500MB")) as mart:
        yield mart
