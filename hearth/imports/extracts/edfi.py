"""Attendance as Ed-Fi tells it: student school attendance events in XML, read as it streams.

No document type and no entity is ever expanded: a file that declares one is refused.
"""

from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

import polars as pl

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.attendance import KINDS, PLAIN, not_later_than_today
from hearth.imports.extracts.members import Member, members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import shown
from hearth.imports.oneroster.cells import sane

EVENT = "StudentSchoolAttendanceEvent"
LEAVES = {
    "EventDate": "day", "AttendanceEventCategory": "category", "EventDuration": "duration",
    "StudentUniqueId": "student",
}  # fmt: skip
SCHOOL_OF_EVENT = ("SchoolReference", "SchoolIdentity", "SchoolId")
PIECE = 1024**2
LONGEST = 1000
SCHEMA: dict[str, Any] = {
    "file": pl.Categorical, "line": pl.Int32, "student": pl.Categorical, "school": pl.Categorical,
    "day": pl.Date, "kind": pl.Enum(KINDS), "minutes": pl.Int16,
}  # fmt: skip


class Unsafe(Exception):
    """The file declares what a plain file has no need of."""


def read(asked: Asked) -> Extract:
    """The days in the file. An absence of part of a day is a day at school."""
    found = [
        frame
        for member in members(asked.path, asked.name, ".xml")
        if (frame := _days(member, asked)) is not None
    ]
    frame = pl.concat(found) if found else pl.DataFrame(schema=SCHEMA)
    if frame.is_empty() and not asked.findings.found:
        asked.findings.add("layout_unknown", asked.name)
    frame = not_later_than_today(frame, "day", asked)
    days = once(frame, ("student", "school", "day"), ("kind", "minutes"), asked.findings)
    return Extract.of(asked, days=days)


def _days(member: Member, asked: Asked) -> pl.DataFrame | None:
    events = Events()
    try:
        with member.open() as stream:
            events.read(stream, lambda done: asked.progress(member.name, done, member.size))
    except Unsafe:
        asked.findings.add("xml_unsafe", member.name, events.line)
        return None
    except expat.ExpatError as broken:
        asked.findings.add("xml_unreadable", member.name, broken.lineno)
        return None
    words = {**PLAIN, **{c.strip().lower(): to for c, to in asked.reading.values.items()}}
    raw = pl.DataFrame(
        events.rows,
        schema={
            "line": pl.Int32, "student": pl.String, "school": pl.String, "day": pl.String,
            "category": pl.String, "duration": pl.String,
        },
        orient="row",
    )  # fmt: skip
    part_of_day = pl.col("duration").cast(pl.Float64, strict=False) < 1
    category = pl.col("category").str.extract(r"([^#]+)$").str.strip_chars().str.to_lowercase()
    kind = category.replace_strict(words, default=None, return_dtype=pl.String)
    frame = raw.with_columns(
        file=pl.lit(member.name).cast(pl.Categorical),
        meant=kind,
        category=category,
        day=sane(pl.col("day").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)),
        minutes=pl.lit(None, dtype=pl.Int16),
    )
    _tell(frame, member.name, asked)
    absent = pl.col("meant").is_in(["excused", "unexcused"])
    return (
        frame.filter(
            pl.all_horizontal(pl.col("meant", "day", "student").is_not_null())
        )
        .with_columns(
            kind=pl.when(absent & part_of_day.fill_null(value=False))
            .then(pl.lit("present")).otherwise("meant").cast(pl.Enum(KINDS)),
            student=pl.col("student").cast(pl.Categorical),
            school=pl.col("school").cast(pl.Categorical),
        )
        .select(list(SCHEMA))
    )  # fmt: skip


def _tell(frame: pl.DataFrame, file: str, asked: Asked) -> None:
    unknown = frame.filter(pl.col("meant").is_null()).group_by("category").agg(
        line=pl.col("line").min(), rows=pl.len()
    )  # fmt: skip
    for category, line, rows in unknown.sort("line").iter_rows():
        asked.findings.add("code_unknown", file, line, value=shown(category or ""), rows=rows)
    for column, header in (("student", "StudentUniqueId"), ("day", "EventDate")):
        blank = frame.filter(pl.col(column).is_null()).select("line")
        asked.findings.add_rows("cell_blank", file, header, blank)


class Events:
    """Walks through a file and keeps of each event the few texts that are wanted."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, str, str, str, str]] = []
        self.line = 1
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._event: dict[str, str] | None = None
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse

    def read(self, stream: IO[bytes], progress: Callable[[int], None]) -> None:
        done = 0
        while piece := stream.read(PIECE):
            self._parser.Parse(piece, False)
            done += len(piece)
            progress(done)
        self._parser.Parse(b"", True)

    def _refuse(self, *_declared: object) -> None:
        self.line = self._parser.CurrentLineNumber
        raise Unsafe

    def _open(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name)
        if name == EVENT:
            self._event = {"line": str(self._parser.CurrentLineNumber)}
        self._text = []

    def _say(self, text: str) -> None:
        if self._text is not None and self._event is not None and len(text) < LONGEST:
            self._text.append(text)

    def _close(self, name: str) -> None:
        event = self._event
        if event is not None:
            text = "".join(self._text or ()).strip()[:LONGEST]
            if name in LEAVES and text:
                event.setdefault(LEAVES[name], text)
            elif tuple(self._path[-4:]) == (EVENT, *SCHOOL_OF_EVENT):
                event["school"] = text
            elif name == EVENT:
                self._keep(event)
        self._text = None
        self._path.pop()

    def _keep(self, event: dict[str, str]) -> None:
        wanted = ("student", "school", "day", "category", "duration")
        texts = [event.get(key, "") for key in wanted]
        self.rows.append((int(event["line"]), *(text or None for text in texts)))  # type: ignore[arg-type]
        self._event = None
