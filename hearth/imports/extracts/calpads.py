"""The state's own files: cells parted by ^, without a first line of names, told by their place."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hearth.imports.extracts.asked import Asked
from hearth.imports.extracts.fields import Field
from hearth.imports.extracts.members import Member
from hearth.imports.extracts.separated import HEAD, Columns

LAYOUTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "layouts.toml").read_text())
SIGN = "^"


def layout(file: str, today: date) -> list[str]:
    """The columns of one kind of file, as they stand on a day."""
    known = [entry for entry in LAYOUTS["layout"] if entry["file"] == file]
    in_force = [entry for entry in known if entry["from"] <= today] or known[:1]
    columns: list[str] = max(in_force, key=lambda entry: entry["from"])["columns"]
    return columns


def record_of(member: Member) -> str:
    """Which of the state's files this is: its first cell says so. Empty for any other file."""
    first = _first_line(member).split(SIGN)[0].strip().strip('"').upper()
    return first if any(entry["file"] == first for entry in LAYOUTS["layout"]) else ""


def frames(
    asked: Asked, member: Member, record: str, fields: Sequence[Field]
) -> Iterator[pl.DataFrame]:
    """The rows of one of the state's files; those that only take something back are left out."""
    named = layout(record, asked.today)
    width = _first_line(member).count(SIGN) + 1
    header = [*named, *(f"further_{n}" for n in range(len(named), width))][:width]
    taking = Field("transaction", "transaction")
    for frame in Columns(asked, [*fields, taking]).frames(member, header):
        stays = pl.col("transaction").fill_null("").str.to_uppercase() != "D"
        yield frame.filter(stays).drop("transaction")


def _first_line(member: Member) -> str:
    with member.open() as stream:
        head = stream.read(HEAD)
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    return lines[0].decode("utf-8", "replace") if lines else ""
