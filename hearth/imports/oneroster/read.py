"""One file of a bundle, read into a typed frame; every cell that is wrong is said by line."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from hearth.imports.oneroster.bundle import Bundle
from hearth.imports.oneroster.cells import Cells
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.records import RecordReader
from hearth.imports.oneroster.shape import Column, Table

Progress = Callable[[str, int, int], None]

_PLAIN_HEADER = re.compile(r"[A-Za-z][\w.\-]{0,59}")
_PASSWORD = re.compile(r"passw", re.IGNORECASE)
_SHOWN = 8


@dataclass(frozen=True)
class Loaded:
    """A file that was read: its typed rows, and how it spells its columns.

    `complete` is False when some rows could not be read, so that a reference to one of them
    must not be called unknown.
    """

    frame: pl.DataFrame
    headers: dict[str, str]
    complete: bool


def read_table(
    table: Table,
    bundle: Bundle,
    mode: str,
    findings: Findings,
    progress: Progress,
) -> Loaded:
    """Read one file in pieces, each checked cell by cell and kept only as typed columns."""
    total = bundle.sizes[table.file]
    with bundle.open(table.file) as stream:
        reader = RecordReader(table.file, stream, findings)
        readable = reader.open()
        places = find_columns(table, reader.header, findings) if readable else {}
        if mode == "delta" and "source_id" in places and "status" not in places:
            findings.add("column_missing", table.file, 1, "status")
        headers = {name: reader.header[place].strip() for name, place in places.items()}
        cells = Cells(table, headers, mode, findings)
        pieces = []
        if "source_id" in places:
            for piece in reader.pieces(places):
                pieces.append(cells.typed(piece))
                progress(table.file, min(reader.read, total), total)
    frame = pl.concat(pieces or [cells.typed(empty(places))])
    if readable and not reader.lost and frame.is_empty():
        findings.add("file_without_rows", table.file)
    return Loaded(frame, headers, readable and not reader.lost and "source_id" in places)


def empty(places: dict[str, int]) -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys(places, pl.String), "line": pl.Int64})


def find_columns(table: Table, header: list[str], findings: Findings) -> dict[str, int]:
    """Which column of ours stands at which place; missing, doubled and unknown ones are said."""
    spelled = [cell.strip().lower() for cell in header]
    places: dict[str, int] = {}
    for column in table.all_columns:
        place = _place(column, spelled, table, findings)
        if place is not None:
            places[column.name] = place
        elif column.required:
            findings.add("column_missing", table.file, 1, column.header)
    if "source_id" in places:
        _note_the_rest(table, header, findings)
    return places


def _place(column: Column, spelled: list[str], table: Table, findings: Findings) -> int | None:
    for header in column.headers:
        times = spelled.count(header.lower())
        if times > 1:
            findings.add("column_twice", table.file, 1, header)
        if times:
            return spelled.index(header.lower())
    return None


def _note_the_rest(table: Table, header: list[str], findings: Findings) -> None:
    """Say which columns are left out, but never a text that may be a row of a child."""
    ours = {h.lower() for column in table.all_columns for h in column.headers}
    ours |= {h.lower() for h in (*table.known, "dateLastModified")}
    rest = [cell.strip() for cell in header if cell.strip().lower() not in ours and cell.strip()]
    if any(_PASSWORD.search(cell) for cell in header):
        findings.add("password_ignored", table.file, 1)
    rest = [cell for cell in rest if not _PASSWORD.search(cell)]
    if rest:
        shown = [cell for cell in rest if _PLAIN_HEADER.fullmatch(cell)][:_SHOWN]
        text = f" ({', '.join(shown)}{', …' if len(shown) < len(rest) else ''})" if shown else ""
        findings.add("columns_ignored", table.file, 1, count=len(rest), shown=text)
