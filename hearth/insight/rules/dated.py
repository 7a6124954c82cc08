"""Parameters as dated data: what held when, by whose word, and what nobody has told us.

A rule of the state changes by a reviewed change of `parameters/*.toml`. A value that is not known
stands there as not known, with what was looked for; asking for it is refused, never guessed.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "parameters"


class NotKnown(LookupError):
    """A parameter that no source has told us: whoever knows it puts it into the file."""


@dataclass(frozen=True)
class Parameter:
    """One value from a day to a day (the last day counts; none means it still holds)."""

    key: str
    begins: date
    ends: date | None
    known: bool
    value: Any
    source: str
    url: str

    def holds(self, on: date) -> bool:
        return self.begins <= on and (self.ends is None or on <= self.ends)


@lru_cache
def read(name: str, folder: Path = FOLDER) -> tuple[Parameter, ...]:
    """All rows of one file, in the order of their days. Numbers with a point stay exact."""
    text = (folder / f"{name}.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text, parse_float=Decimal)["parameter"]
    return tuple(sorted((_row(name, row) for row in rows), key=lambda row: row.begins))


def _row(name: str, row: dict[str, Any]) -> Parameter:
    known = row.get("known", True)
    if known is not ("value" in row):
        raise ValueError(f"{name}: {row['key']} needs a value, or known = false and none.")
    return Parameter(
        key=row["key"],
        begins=row["from"],
        ends=row.get("to"),
        known=known,
        value=row.get("value"),
        source=row["source"],
        url=row.get("url", ""),
    )


def parameter(name: str, key: str, on: date, folder: Path = FOLDER) -> Parameter:
    """The newest row that holds on this day."""
    held = [row for row in read(name, folder) if row.key == key and row.holds(on)]
    if not held:
        raise NotKnown(f"{name}: no {key} is known for {on}.")
    if not held[-1].known:
        raise NotKnown(f"{name}: {key} is not known for {on}. {held[-1].source}")
    return held[-1]


def value(name: str, key: str, on: date) -> Any:
    return parameter(name, key, on).value


def school_year_end(year: int) -> date:
    """The last day of the school year that ends in this calendar year: 2026 for 2025-26."""
    return date(year, 6, 30)
