"""Bytes in, records out: each with the line of the file on which it starts.

A file is read in pieces of some megabytes, cut where a line ends. A piece in which each line is one
whole record, and that is nearly every piece, goes straight through the parser. Any other piece is
split into lines whose quotation marks are counted, so that a line break inside a cell keeps the
later line numbers true, and a row of the wrong width is named by its line.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import polars as pl

from hearth.imports.oneroster.findings import Findings

PIECE = 8 * 1024**2
LONGEST_RECORD = 1024**2
"""A record longer than this has lost its closing quotation mark."""

MARK = b"\x1f"
MARKED = "marked"

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class RecordReader:
    """Reads one file piece by piece. `lost` tells that some rows could not be read.

    A file without a first line of names is given them as `header`.
    """

    file: str
    stream: IO[bytes]
    findings: Findings
    header: list[str] = field(default_factory=list)
    separator: str = ","
    lost: bool = False
    read: int = 0
    _line: int = 1
    _rest: bytes = b""
    _old_mac: bool = False
    _encoding: str = "utf-8"
    _held_lines: int = 0
    _done: bool = False

    def open(self) -> bool:
        """Read the first line; False when the file cannot be read at all."""
        piece = self._more()
        if piece.startswith(UTF16) or piece[1:2] == b"\0" or piece[:1] == b"\0":
            return self._unreadable("encoding_utf16")
        piece = piece.removeprefix(codecs.BOM_UTF8)
        if not piece.strip():
            return self._unreadable("file_zero_bytes")
        self._old_mac = b"\n" not in piece and b"\r" in piece
        self._rest = self._one_newline(piece)
        return bool(self.header) or self._take_header()

    def _unreadable(self, kind: str, line: int | None = None) -> bool:
        self.findings.add(kind, self.file, line)
        self.lost = self._done = True
        return False

    def _take_header(self) -> bool:
        blank = len(self._rest) - len(self._rest.lstrip(b"\n"))
        self._line += blank
        at = start = blank
        while True:
            end = self._find_newline(at)
            head = self._rest[start : end if end >= 0 else None]
            if head.count(b'"') % 2 == 0:
                break
            if end < 0 or len(head) > LONGEST_RECORD:
                return self._unreadable("quote_open", self._line)
            at = end + 1
        self.header = split_record(self._text(head), self.separator) or [""]
        self._line += head.count(b"\n") + 1
        self._rest = self._rest[start + len(head) + 1 :]
        return True

    def _find_newline(self, at: int) -> int:
        """Where the next line ends, reading on as far as that takes."""
        while (end := self._rest.find(b"\n", at)) < 0 and len(self._rest) < LONGEST_RECORD:
            more = self._one_newline(self._more())
            if not more:
                break
            self._rest += more
        return end

    def pieces(self, wanted: dict[str, int]) -> Iterator[pl.DataFrame]:
        """Frames of text, one column per wanted name (name → place), and `line`."""
        while not self._done:
            more = self._one_newline(self._more())
            self._done = not more
            held = self._rest + more
            body, newline, self._rest = held.rpartition(b"\n")
            if self._done:
                body, self._rest = held.removesuffix(b"\n"), b""
            if not body and (self._done or not newline):
                continue
            yield self._frame(body, wanted)

    def _more(self) -> bytes:
        piece = self.stream.read(PIECE)
        if piece.endswith(b"\r"):
            piece += self.stream.read(1)
        self.read += len(piece)
        return piece

    def _one_newline(self, piece: bytes) -> bytes:
        if b"\r" not in piece:
            return piece
        return piece.replace(b"\r", b"\n") if self._old_mac else piece.replace(b"\r\n", b"\n")

    def _text(self, piece: bytes) -> str:
        try:
            text = piece.decode("utf-8")
        except UnicodeDecodeError:
            return self._western_text(piece)
        self._encoding = "utf-8"
        return text

    def _western_text(self, piece: bytes) -> str:
        try:
            text = piece.decode("cp1252")
        except UnicodeDecodeError:
            self.findings.add("letters_unreadable", self.file)
            self.lost = True
            self._encoding = "utf-8"
            return piece.decode("utf-8", errors="replace")
        if not self.findings.totals[self.file, "encoding_cp1252"]:
            self.findings.add("encoding_cp1252", self.file)
        self._encoding = "cp1252"
        return text

    def _frame(self, body: bytes, wanted: dict[str, int]) -> pl.DataFrame:
        """Parse at once where each line is one record of the right width; else take care.

        A mark is put at the end of each line as one more cell. Only if it comes back on every
        line, as the last cell, is each line a whole record with as many cells as the header.
        """
        lines = body.count(b"\n") + 1
        width, mark = len(self.header), self.separator.encode() + MARK
        marked = body.replace(b"\n", mark + b"\n") + mark
        even = parse(marked, width + 1, {**wanted, MARKED: width}, self.separator)
        if even is None or even.height != lines or b"\0" in body or not all_marked(even):
            return self._careful_frame(self._text(body), wanted)
        first, self._line = self._line, self._line + lines
        line = pl.int_range(first, first + lines, dtype=pl.Int64, eager=True)
        return even.drop(MARKED).with_columns(line=line)

    def _careful_frame(self, text: str, wanted: dict[str, int]) -> pl.DataFrame:
        """Find blank, broken and many-line records before the parser sees them."""
        records = self._records(text)
        lines = text.count("\n") + 1
        self._line += lines - self._held_lines
        sound = self._report(records)
        if sound.height < lines:
            text = sound["record"].str.join("\n").item() or ""
        frame = parse(text.encode(), len(self.header), wanted, self.separator)
        if frame is None or frame.height != sound.height:
            return self._slow_frame(sound, wanted)
        return frame.with_columns(sound["line"])

    def _records(self, text: str) -> pl.DataFrame:
        lines = pl.Series("record", [text]).str.split("\n").explode()
        quotes = lines.str.count_matches('"', literal=True).cast(pl.Int64)
        inside = (quotes.cum_sum() % 2 == 1).shift(1, fill_value=False)
        frame = pl.DataFrame(
            {
                "record": lines,
                "line": pl.int_range(
                    self._line, self._line + len(lines), dtype=pl.Int64, eager=True
                ),
                "number": (~inside).cum_sum(),
            }
        )
        self._held_lines = 0
        if quotes.sum() % 2 == 1:
            frame = self._hold_back(frame)
        if inside.any():
            frame = frame.group_by("number", maintain_order=True).agg(
                pl.col("record").str.join("\n"), pl.col("line").first()
            )
        return frame.select("record", "line")

    def _hold_back(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The last record is still open: keep it for the next piece, or call it broken."""
        last = frame.filter(pl.col("number") == frame["number"].max())
        tail = "\n".join(last["record"])
        if self._done or len(tail) > LONGEST_RECORD:
            self._unreadable("quote_open", last["line"][0])
            self._rest = b""
        else:
            self._rest = tail.encode(self._encoding) + b"\n" + self._rest
            self._held_lines = last.height
        return frame.filter(pl.col("number") != frame["number"].max())

    def _report(self, records: pl.DataFrame) -> pl.DataFrame:
        """Drop blank records in silence, and broken ones with a fault for each."""
        records = records.filter(pl.col("record").str.strip_chars(f'{self.separator} \t\n"') != "")
        nul = pl.col("record").str.contains("\0", literal=True)
        cells = (
            pl.col("record")
            .str.replace_all(r'"[^"]*"', "")
            .str.count_matches(self.separator, literal=True)
            + 1
        )
        records = records.with_columns(nul=nul, found=cells)
        self._fault("nul_bytes", records.filter("nul").select("line"))
        records = records.filter(~pl.col("nul"))
        ragged = pl.col("found") != len(self.header)
        self._fault("row_ragged", records.filter(ragged).select("line", "found"))
        return records.filter(~ragged).select("record", "line")

    def _fault(self, kind: str, rows: pl.DataFrame) -> None:
        if rows.height:
            self.lost = True
            self.findings.add_rows(kind, self.file, None, rows, expected=len(self.header))

    def _slow_frame(self, records: pl.DataFrame, wanted: dict[str, int]) -> pl.DataFrame:
        """Odd quoting that the fast parser takes otherwise than we do: one record at a time."""
        rows: list[list[str]] = []
        lines: list[int] = []
        for record, line in records.iter_rows():
            cells = split_record(record, self.separator)
            if cells is None or len(cells) != len(self.header):
                found = len(cells or ())
                self._fault("row_ragged", pl.DataFrame({"line": [line], "found": [found]}))
                continue
            rows.append([cells[place] for place in wanted.values()])
            lines.append(line)
        schema = dict.fromkeys(wanted, pl.String)
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return frame.with_columns(pl.Series("line", lines, dtype=pl.Int64))


def split_record(record: str, separator: str = ",") -> list[str] | None:
    """The cells of one record, or None when its quoting makes no sense."""
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=separator), None)
    except csv.Error:
        return None


def all_marked(frame: pl.DataFrame) -> bool:
    return bool((frame[MARKED] == MARK.decode()).fill_null(value=False).all())


def parse(
    text: bytes, width: int, wanted: dict[str, int], separator: str = ","
) -> pl.DataFrame | None:
    """Parse well-formed records at the speed of Polars; None when it takes exception."""
    if not text:
        return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    places = [f"c{n}" for n in range(width)]
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            schema=dict.fromkeys(places, pl.String),
            columns=sorted(wanted.values()),
            separator=separator,
        )
    except pl.exceptions.PolarsError:
        return None
    return frame.select(pl.col(f"c{place}").alias(name) for name, place in wanted.items())
