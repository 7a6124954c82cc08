"""Numbers and words that stand in a file with their day and their source, beside this room."""

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("hearth.listening") / name).read_text(encoding="utf-8"))


def number(key: str, on: date) -> int:
    """The newest that holds on that day; before its first day, the oldest that stands there."""
    rows = sorted((r for r in read("thresholds.toml")["number"] if r["key"] == key), key=_since)
    held = [row for row in rows if row["from"] <= on]
    return int((held or rows[:1])[-1]["value"])


def harm_phrases() -> tuple[str, ...]:
    return tuple(words for group in read("careful.toml")["group"] for words in group["words"])


def _since(row: dict[str, Any]) -> date:
    day: date = row["from"]
    return day
