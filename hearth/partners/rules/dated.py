"""Numbers that stand in a file with their day and their source, beside this room."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("hearth.partners") / name).read_text(encoding="utf-8"))


def holding(rows: Iterable[dict[str, Any]], on: date, by: str = "key") -> dict[Any, dict[str, Any]]:
    """Of each key the newest row that already holds on that day."""
    held = sorted((row for row in rows if row["from"] <= on), key=lambda row: row["from"])
    return {row[by]: row for row in held}


def setting(key: str, on: date) -> int:
    """One number of `links.toml`; before its first day, the oldest that stands there."""
    rows = [row for row in read("links.toml")["setting"] if row["key"] == key]
    return int(holding(rows, on).get(key, rows[0])["value"])
