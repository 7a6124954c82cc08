"""What a file says in its columns, and how one source spells it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class What(Enum):
    """How a cell is read."""

    TEXT = "text"
    DAY = "day"
    CODE = "code"
    COUNT = "count"
    AMOUNT = "amount"
    FLAG = "flag"


@dataclass(frozen=True)
class Field:
    """One thing a row says. `spelled` are column names by which it is known at sight."""

    name: str
    title: str
    what: What = What.TEXT
    needed: bool = False
    spelled: tuple[str, ...] = ()
    few: bool = False
    """The same few texts stand on many rows, so each is kept once."""


@dataclass(frozen=True)
class Reading:
    """How files of one source are read: which column is which, what codes mean, how days are
    written. Made once on a page, or guessed where every name is known at sight."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    days: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Reading":
        return cls(kept.get("columns", {}), kept.get("values", {}), kept.get("days", ""))

    def kept(self) -> dict[str, Any]:
        return {"columns": dict(self.columns), "values": dict(self.values), "days": self.days}


def plain(text: str) -> str:
    """A column name without case, blanks and signs: "Student ID#" is `studentid`."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def guess(header: Sequence[str], fields: Iterable[Field]) -> dict[str, str]:
    """Which column is which, as far as the names are known at sight; no column serves twice."""
    by_name: dict[str, str] = {}
    for cell in reversed(header):
        by_name[plain(cell)] = cell.strip()
    found: dict[str, str] = {}
    for wanted in fields:
        for spelling in (plain(wanted.name), plain(wanted.title), *wanted.spelled):
            column = by_name.get(spelling)
            if column and column not in found.values():
                found[wanted.name] = column
                break
    return found
