"""References: each id that points to another file must stand there.

A file in bulk is the whole truth, so an id that it lacks is a fault. A file of changes, or one
that was not sent, may leave out what the database already knows; such ids are handed back as open
references, for the database to answer. A reference to a row that is marked as gone takes its own
row along, or is blanked where the row can live without it.
"""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from hearth.imports.oneroster.findings import Findings

OPEN_SCHEMA = {
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "target": pl.String,
    "value": pl.String,
}


@dataclass(frozen=True)
class Where:
    """Where a reference stands: its file and the spelling of its column."""

    file: str
    header: str


@dataclass(frozen=True)
class Target:
    """What a file can be referred by: its ids, those gone, and how far it can be trusted."""

    known: pl.Series
    gone: pl.Series
    whole: bool
    complete: bool


NOTHING = pl.Series("source_id", [], dtype=pl.String)
FILES = {
    "orgs": "orgs.csv",
    "sessions": "academicSessions.csv",
    "courses": "courses.csv",
    "sections": "classes.csv",
    "people": "users.csv",
}


@dataclass
class References:
    findings: Findings
    targets: dict[str, Target] = field(default_factory=dict)
    open: list[pl.DataFrame] = field(default_factory=list)

    def know(
        self, name: str, frame: pl.DataFrame | None, *, whole: bool, complete: bool = True
    ) -> None:
        """Let others refer to the rows of this frame."""
        if frame is None:
            self.targets[name] = Target(NOTHING, NOTHING, whole=False, complete=True)
            return
        gone = frame.filter("gone")["source_id"]
        self.targets[name] = Target(frame["source_id"], gone, whole, complete)

    def hold(
        self,
        frame: pl.DataFrame,
        column: str,
        target: str,
        where: Where,
        *,
        gone: Literal["row", "cell"] = "row",
        unknown: Literal["fault", "note"] = "fault",
    ) -> pl.DataFrame:
        """Check one column of references; give the frame back with references that hold."""
        there = self.targets[target]
        ids, live = frame[column], ~frame["gone"]
        lacking = live & ids.is_not_null() & ~is_in(ids, there.known)
        if lacking.any():
            frame = self._lacking(frame, lacking, column, target, where, unknown)
        fallen = live & is_in(ids, there.gone)
        if fallen.any():
            self._say("reference_gone", frame.filter(fallen), column, target, where)
            frame = (
                frame.with_columns(gone=pl.col("gone") | fallen)
                if gone == "row"
                else blanked(frame, column, fallen)
            )
        return frame

    def _lacking(
        self,
        frame: pl.DataFrame,
        lacking: pl.Series,
        column: str,
        target: str,
        where: Where,
        unknown: str,
    ) -> pl.DataFrame:
        there = self.targets[target]
        rows = frame.filter(lacking)
        if unknown == "note":
            if not there.whole:
                return frame
            self._say("parent_unknown", rows, column, target, where)
            return blanked(frame, column, lacking)
        if not there.whole:
            self.open.append(open_rows(rows, column, target, where))
        elif there.complete:
            self._say("reference_unknown", rows, column, target, where)
        return frame

    def _say(self, kind: str, rows: pl.DataFrame, column: str, target: str, where: Where) -> None:
        rows = rows.select("line", value=shown_id(column))
        self.findings.add_rows(kind, where.file, where.header, rows, target=FILES[target])

    def open_references(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=OPEN_SCHEMA), *self.open])


def open_rows(rows: pl.DataFrame, column: str, target: str, where: Where) -> pl.DataFrame:
    return rows.select(
        pl.lit(where.file).alias("file"),
        pl.col("line"),
        pl.lit(where.header).alias("column"),
        pl.lit(target).alias("target"),
        pl.col(column).cast(pl.String).alias("value"),
    )


def is_in(ids: pl.Series, known: pl.Series) -> pl.Series:
    """Membership where a blank is never a member."""
    if known.is_empty():
        return pl.repeat(value=False, n=len(ids), dtype=pl.Boolean, eager=True)
    return ids.is_in(known.cast(ids.dtype).implode()).fill_null(value=False)


def blanked(frame: pl.DataFrame, column: str, where: pl.Series) -> pl.DataFrame:
    return frame.with_columns(pl.when(~where).then(pl.col(column)).alias(column))


def shown_id(column: str) -> pl.Expr:
    """An id as it may be shown: never long, and never with a blank in it, as names have."""
    text = pl.col(column).cast(pl.String)
    plain = text.str.contains(r"^\S{1,80}$")
    return pl.when(plain).then(text).otherwise(pl.lit("…"))


def without_loops(frame: pl.DataFrame, where: Where, findings: Findings) -> pl.DataFrame:
    """Cut a chain of parents that leads back to itself."""
    parents = dict(frame.select("source_id", "parent").iter_rows())
    looping = [start for start in parents if _leads_back(start, parents)]
    if not looping:
        return frame
    rows = frame["source_id"].is_in(looping)
    said = frame.filter(rows).select("line", value=shown_id("source_id"))
    findings.add_rows("parent_loop", where.file, where.header, said)
    return blanked(frame, "parent", rows)


def _leads_back(start: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at = parents.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def split_ids(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each id of a column that holds several, in the order they are written."""
    return (
        frame.filter(pl.col(column).is_not_null())
        .with_columns(pl.col(column).str.split(","))
        .explode(column)
        .with_columns(pl.col(column).str.strip_chars())
        .filter(pl.col(column) != "")
    )


def beside(frame: pl.DataFrame, found: pl.DataFrame, on: str) -> pl.DataFrame:
    """Put the columns of `found`, which has one row for each id, beside the rows of that id.

    Only the id is joined; the other columns of a wide frame are not copied.
    """
    columns = frame.select(on).join(found, on=on, how="left", maintain_order="left")
    return frame.hstack(columns.drop(on))
