"""What is asked of a reader, and what it gives back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from hearth.imports.extracts.fields import Reading
from hearth.imports.extracts.words import FAULTS
from hearth.imports.oneroster.findings import Fault, Findings

Progress = Callable[[str, int, int], None]


def quiet(_file: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Asked:
    """One file or folder to be read: where it lies, what people call it, and how to read it."""

    path: Path
    name: str
    today: dt.date
    reading: Reading = field(default_factory=Reading)
    progress: Progress = quiet
    findings: Findings = field(default_factory=lambda: Findings(frozenset(FAULTS)))
    source: str = ""


@dataclass(frozen=True)
class Extract:
    """What a file holds: a frame for each table that it speaks of. With any fault, not fit to be
    loaded."""

    frames: dict[str, pl.DataFrame]
    faults: list[Fault]
    notes: list[Fault]
    totals: dict[tuple[str, str], int]

    @classmethod
    def of(cls, asked: Asked, **frames: pl.DataFrame) -> "Extract":
        faults, notes = asked.findings.split()
        totals = {key: total for key, total in asked.findings.totals.items() if total}
        return cls(frames, faults, notes, totals)
