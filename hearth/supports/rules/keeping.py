"""How long things stay in sight, as plain values: the clean slate, and files that are forgotten."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

KEEPING = Path(__file__).parents[1] / "keeping.toml"


@dataclass(frozen=True)
class Keep:
    key: str
    valid_from: date
    days: int
    source: str


@lru_cache
def keeps() -> tuple[Keep, ...]:
    rows = tomllib.loads(KEEPING.read_text(encoding="utf-8"))["keep"]
    return tuple(Keep(r["key"], r["from"], r["days"], r["source"]) for r in rows)


def days_kept(key: str, on: date, table: Iterable[Keep] | None = None) -> int:
    """How many days `key` runs on that day. A day before every entry has the oldest one's."""
    named = sorted((k for k in (table or keeps()) if k.key == key), key=lambda k: k.valid_from)
    held = [k for k in named if k.valid_from <= on] or named[:1]
    return held[-1].days


def folds_before(today: date) -> date:
    """What was closed before this day is folded away. What is open never is."""
    return today - timedelta(days=days_kept("closed_referral_in_sight", today))


def years_in_sight(today: date) -> int:
    return round(days_kept("closed_referral_in_sight", today) / 365)


def export_kept_until(today: date) -> date:
    """The last day on which a file made today can be fetched."""
    return today + timedelta(days=days_kept("export_file", today))
