"""Files of columns, whatever separates them: each piece typed, each wrong cell said by line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

import polars as pl

from hearth.imports.extracts.asked import Asked
from hearth.imports.extracts.fields import Field, Reading, What, guess
from hearth.imports.extracts.members import Member
from hearth.imports.oneroster.cells import BOOLS, ONLY_FIGURES, blank_to_null, sane
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.records import RecordReader

SEPARATORS = (",", ";", "\t", "|", "^")
DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m/%d/%y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d")
"""How days are written; of two that fit as well, the first is meant."""

HEAD = 64 * 1024
NULL = {What.DAY: pl.Date, What.COUNT: pl.Int32, What.AMOUNT: pl.Float64, What.FLAG: pl.Boolean}


def separator_of(head: bytes) -> str:
    """Which sign stands between the cells of the first line."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()[:1]
    line = first[0].decode("utf-8", "replace") if first else ""
    return max(SEPARATORS, key=line.count)


def reader_of(member: Member, stream: IO[bytes], findings: Findings) -> RecordReader:
    """A reader that knows its separator; `stream` is a fresh one of the same file."""
    with member.open() as peek:
        separator = separator_of(peek.read(HEAD))
    return RecordReader(member.name, stream, findings, separator=separator)


@dataclass
class Columns:
    """One file on its way in: finds the columns and types the cells, piece by piece."""

    asked: Asked
    fields: Sequence[Field]
    unknown: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Codes of which nobody said what they mean: on which line first, and how often."""
    left: tuple[str, ...] = ()
    """The columns of which nobody said what they are."""
    ways: dict[str, str] = field(default_factory=dict)
    """How the days of each column are written; the first piece decides for the whole file."""

    def frames(self, member: Member, header: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """Typed frames with a column for each field and `line`; none when it cannot be read."""
        with member.open() as stream:
            reader = reader_of(member, stream, self.asked.findings)
            reader.header = list(header)
            if not reader.open():
                return
            places, reading = self._places(reader.header, member.name)
            if not places:
                return
            rows = 0
            for piece in reader.pieces(places):
                rows += piece.height
                yield self._typed(piece, reading, member.name)
                self.asked.progress(member.name, min(reader.read, member.size), member.size)
            if not rows and not reader.lost:
                self.asked.findings.add("no_rows", member.name)
        self._tell_unknown(member.name)

    def _places(self, header: list[str], file: str) -> tuple[dict[str, int], Reading]:
        """Which field stands at which place; what is needed and not there is a fault."""
        spelled = [cell.strip() for cell in header]
        reading = self.asked.reading
        columns = {**guess(spelled, self.fields), **reading.columns} if not reading.columns else (
            dict(reading.columns)
        )  # fmt: skip
        wanted = {f.name: columns[f.name] for f in self.fields if columns.get(f.name)}
        places: dict[str, int] = {}
        for name, column in wanted.items():
            if column in spelled:
                places[name] = spelled.index(column)
            else:
                self.asked.findings.add("column_not_here", file, 1, column)
        self.left = tuple(name for name in spelled if name and name not in wanted.values())
        missing = [f.title for f in self.fields if f.needed and f.name not in wanted]
        if missing:
            self.asked.findings.add("columns_not_known", file, 1, missing=", ".join(missing))
        if missing or len(places) < len(wanted):
            return {}, reading
        return places, Reading(wanted, reading.values, reading.days)

    def _typed(self, raw: pl.DataFrame, reading: Reading, file: str) -> pl.DataFrame:
        text = raw.with_columns(blank_to_null(name) for name in raw.columns if name != "line")
        here = {f.name: f for f in self.fields if f.name in raw.columns}
        typed = text.select(
            pl.lit(file).cast(pl.Categorical).alias("file"),
            pl.col("line").cast(pl.Int32),
            *(self._cell(f, text, reading) for f in self.fields),
        )
        for name, wanted in here.items():
            self._check(wanted, reading.columns[name], text, typed, file)
        needed = [f.name for f in here.values() if f.needed and f.what is not What.CODE]
        return typed.filter(pl.all_horizontal(pl.col(needed).is_not_null())) if needed else typed

    def _cell(self, wanted: Field, text: pl.DataFrame, reading: Reading) -> pl.Expr:
        name, cell = wanted.name, pl.col(wanted.name)
        if name not in text.columns:
            few = pl.Categorical if wanted.few else pl.String
            return pl.lit(None, dtype=NULL.get(wanted.what, few)).alias(name)
        match wanted.what:
            case What.DAY:
                way = self.ways.setdefault(name, reading.days or best_way(text[name]))
                return day_of(name, way)
            case What.COUNT:
                amount = cell.cast(pl.Float64, strict=False)
                return pl.when(amount >= 0).then(amount.round().cast(pl.Int32, strict=False))
            case What.AMOUNT:
                amount = cell.cast(pl.Float64, strict=False)
                return pl.when(amount >= 0).then(amount).alias(name)
            case What.FLAG:
                return cell.str.to_lowercase().replace_strict(
                    BOOLS, default=None, return_dtype=pl.Boolean
                )
            case What.CODE:
                return code_of(cell, reading)
            case _ if wanted.few:
                return cell.cast(pl.Categorical)
        return cell

    def _check(
        self, wanted: Field, column: str, text: pl.DataFrame, typed: pl.DataFrame, file: str
    ) -> None:
        raw, read = text[wanted.name], typed[wanted.name]
        if wanted.what is What.CODE:
            self._count_unknown(text.filter(read.is_null()), wanted.name)
            return
        findings = self.asked.findings
        if wanted.needed and raw.null_count():
            rows = text.filter(raw.is_null()).select("line")
            findings.add_rows("cell_blank", file, column, rows)
        if wanted.what is What.TEXT or raw.null_count() == read.null_count():
            return
        wrong = text.filter(raw.is_not_null() & read.is_null())
        kind = "day_unreadable" if wanted.what is What.DAY else "number_unreadable"
        kind = "bad_bool" if wanted.what is What.FLAG else kind
        cell = pl.col(wanted.name)
        figures = pl.when(cell.str.contains(ONLY_FIGURES)).then(": " + cell).otherwise(pl.lit(""))
        rows = wrong.select("line", shown=figures)
        findings.add_rows(
            kind, file, column, rows if kind == "day_unreadable" else rows.drop("shown")
        )

    def _count_unknown(self, rows: pl.DataFrame, name: str) -> None:
        if rows.is_empty():
            return
        seen = rows.group_by(name).agg(line=pl.col("line").min(), rows=pl.len())
        for code, line, count in seen.select(name, "line", "rows").iter_rows():
            first, before = self.unknown.get(code or "", (line, 0))
            self.unknown[code or ""] = (min(first, line), before + count)

    def _tell_unknown(self, file: str) -> None:
        for code, (line, rows) in sorted(self.unknown.items()):
            self.asked.findings.add("code_unknown", file, line, value=shown(code), rows=rows)
        self.unknown.clear()


def shown(code: str) -> str:
    """A code as it may be shown; a long text may be a story."""
    return f"“{code}”" if len(code) <= 40 else "…"


def day_of(name: str, way: str) -> pl.Expr:
    """The day, with or without a time after it."""
    bare = pl.col(name).str.extract(r"^([^ T]+)")
    return sane(bare.str.to_date(way, strict=False)).alias(name)


def best_way(text: pl.Series) -> str:
    """The way of writing that fits most of these days."""
    some = text.drop_nulls().head(1000).str.extract(r"^([^ T]+)")
    fits = [some.str.to_date(way, strict=False).dt.year().is_between(1900, 2100).sum()
            for way in DAYS]  # fmt: skip
    return DAYS[fits.index(max(fits))]


def code_of(cell: pl.Expr, reading: Reading) -> pl.Expr:
    """What each code means, whatever its case; a blank one may mean something, too."""
    known = {code.strip().lower(): meaning for code, meaning in reading.values.items()}
    return (
        cell.fill_null("")
        .str.to_lowercase()
        .replace_strict(known, default=None, return_dtype=pl.String)
    )


def joined(pieces: Iterable[pl.DataFrame], fields: Sequence[Field]) -> pl.DataFrame:
    """All pieces as one frame; without any, an empty one with the same columns."""
    found = list(pieces)
    if found:
        return pl.concat(found)
    kinds = {f.name: NULL.get(f.what, pl.Categorical if f.few else pl.String) for f in fields}
    return pl.DataFrame(schema={"file": pl.Categorical, "line": pl.Int32, **kinds})
