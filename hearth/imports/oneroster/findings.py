"""Faults and notes: what was found, on which line, and how to mend it."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from hearth.imports.oneroster.words import FAULTS, NOTES, REFUSALS

KEPT_PER_KIND = 1_000
"""So many of one kind in one file are kept with their lines; the rest is only counted."""


@dataclass(frozen=True)
class Fault:
    """One finding. A blocking one stops the load; any other is a note."""

    file: str
    line: int | None
    column: str | None
    kind: str
    params: dict[str, Any]
    blocking: bool

    @property
    def what(self) -> str:
        return (FAULTS if self.blocking else NOTES)[self.kind].what % self.params

    @property
    def mend(self) -> str:
        return (FAULTS if self.blocking else NOTES)[self.kind].mend % self.params


class BundleRefused(Exception):
    """The thing that was sent is not a bundle we can open. Says why, and how to mend it."""

    def __init__(self, kind: str, **params: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.params = params

    @property
    def what(self) -> str:
        return REFUSALS[self.kind].what % self.params

    @property
    def mend(self) -> str:
        return REFUSALS[self.kind].mend % self.params


@dataclass
class Findings:
    """Collects faults and notes, counts all and keeps the first of each kind and file.

    `blocking` are the kinds that stop a load; every other is a note.
    """

    blocking: Container[str] = frozenset(FAULTS)
    found: list[Fault] = field(default_factory=list)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        kind: str,
        file: str,
        line: int | None = None,
        column: str | None = None,
        **params: Any,
    ) -> None:
        self.totals[file, kind] += 1
        if self.totals[file, kind] <= KEPT_PER_KIND:
            params = {"column": column, **params}
            self.found.append(Fault(file, line, column, kind, params, kind in self.blocking))

    def add_rows(
        self, kind: str, file: str, column: str | None, rows: pl.DataFrame, **params: Any
    ) -> None:
        """One finding per row of `rows`: its `line`, and its other columns as parameters."""
        room = max(0, KEPT_PER_KIND - self.totals[file, kind])
        for row in rows.head(room).iter_rows(named=True):
            line = row.pop("line")
            self.add(kind, file, line, column, **params, **row)
        self.totals[file, kind] += max(0, rows.height - room)

    def split(self) -> tuple[list[Fault], list[Fault]]:
        """The faults and the notes, each in the order of file and line."""
        ordered = sorted(self.found, key=lambda f: (f.file, f.line or 0, f.column or "", f.kind))
        return [f for f in ordered if f.blocking], [f for f in ordered if not f.blocking]
