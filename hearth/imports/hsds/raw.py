"""The cells of a package as text: one frame for each table, with file and line of each row."""

import json
from collections.abc import Iterable, Sequence

import polars as pl

from hearth.imports.extracts.asked import Asked
from hearth.imports.extracts.members import Member
from hearth.imports.extracts.separated import reader_of

Raw = dict[str, pl.DataFrame]
"""By the name of its table; blank cells are null, and `file` and `line` say where a row stood."""

WHERE = {"file": pl.String, "line": pl.Int64}
PACKAGE = "datapackage.json"


def frame_of(asked: Asked, member: Member) -> pl.DataFrame | None:
    """All columns of one file; None when it cannot be read, which the findings say."""
    with member.open() as stream:
        reader = reader_of(member, stream, asked.findings)
        if not reader.open():
            return None
        header = [cell.strip() for cell in reader.header]
        twice = {name for name in header if name and header.count(name) > 1}
        for name in sorted(twice):
            asked.findings.add("column_twice", member.name, 1, name)
        if twice:
            return None
        places = {name: place for place, name in enumerate(header) if name}
        pieces = []
        for piece in reader.pieces(places):
            pieces.append(piece)
            asked.progress(member.name, min(reader.read, member.size), member.size)
    empty = pl.DataFrame(schema={**dict.fromkeys(places, pl.String), "line": pl.Int64})
    frame = pl.concat(pieces) if pieces else empty
    return frame.with_columns(
        *(pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)).alias(name)
          for name in places),
        pl.lit(member.name).alias("file"),
    )  # fmt: skip


def paths_of(asked: Asked, members: Iterable[Member]) -> dict[str, str]:
    """Which file holds which table, as far as a datapackage.json says it."""
    said: dict[str, str] = {}
    for member in members:
        if member.name.lower() != PACKAGE:
            continue
        try:
            with member.open() as stream:
                told = json.loads(stream.read())
            for resource in told["resources"]:
                said[str(resource["path"]).rpartition("/")[2].lower()] = str(resource["name"])
        except (ValueError, KeyError, TypeError):
            asked.findings.add("package_unreadable", member.name)
    return said


def blank(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The frame with each of these columns; one that is not there is blank."""
    missing = [name for name in names if name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)


def nothing(names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys(names, pl.String), **WHERE})
