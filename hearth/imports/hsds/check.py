"""A package held against its schema: what is needed, types, lists of words, ids and references."""

import polars as pl

from hearth.imports.hsds.raw import Raw, blank, nothing
from hearth.imports.oneroster.cells import sane
from hearth.imports.oneroster.findings import Findings
from hearth.partners.rules.hsds import TABLES, Field, Table, Type

TIME = r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
DATETIME = r"^\d{4}-\d{2}-\d{2}"


def check(raw: Raw, findings: Findings) -> Raw:
    """Every table, each with all its columns. What is wrong stands in the findings."""
    whole = {name: _table(raw.get(name), table, findings) for name, table in TABLES.items()}
    ids = {name: frame.select("id").unique() for name, frame in whole.items()}
    for name, table in TABLES.items():
        for key in table.keys:
            _references(whole[name], key, ids[key.points_to], findings)
    _places(whole, findings)
    return whole


def _table(frame: pl.DataFrame | None, table: Table, findings: Findings) -> pl.DataFrame:
    if frame is None:
        return nothing(table.names)
    for field in table.fields:
        if field.needed and field.name not in frame.columns:
            for file in frame["file"].unique().sort().to_list() or [table.file]:
                findings.add("column_missing", file, 1, field.name)
    frame = blank(frame, table.names).with_columns(
        pl.col("id", *(key.name for key in table.keys)).str.strip_chars()
    )
    for field in table.fields:
        _cells(frame, field, findings)
    _ids(frame, findings)
    return frame


def _cells(frame: pl.DataFrame, field: Field, findings: Findings) -> None:
    cell = pl.col(field.name)
    # Where the whole column is missing, one fault has said so.
    if field.needed and frame[field.name].null_count() < frame.height:
        tell(findings, "directory_blank", field.name, frame.filter(cell.is_null()))
    there = frame.filter(cell.is_not_null()) if frame[field.name].null_count() else frame
    if field.choices:
        wrong = there.filter(~cell.is_in(field.choices))
        tell(findings, "bad_enum", field.name, wrong, choices=", ".join(field.choices))
    match field.type:
        case Type.NUMBER:
            wrong = there.filter(cell.str.strip_chars().cast(pl.Float64, strict=False).is_null())
            tell(findings, "number_not_read", field.name, wrong)
        case Type.WHOLE:
            wrong = there.filter(cell.str.strip_chars().cast(pl.Int32, strict=False).is_null())
            tell(findings, "number_not_read", field.name, wrong)
        case Type.DATE:
            day = sane(cell.str.strip_chars().str.to_date("%Y-%m-%d", strict=False))
            tell(findings, "day_unreadable", field.name, there.filter(day.is_null()), shown="")
        case Type.DATETIME:
            wrong = there.filter(~cell.str.contains(DATETIME))
            tell(findings, "day_unreadable", field.name, wrong, shown="")
        case Type.TIME:
            wrong = there.filter(~cell.str.strip_chars().str.contains(TIME))
            tell(findings, "time_unreadable", field.name, wrong)


def _ids(frame: pl.DataFrame, findings: Findings) -> None:
    if frame["id"].n_unique() == frame.height:
        return
    named = frame.filter(pl.col("id").is_not_null())
    later = named.filter(~pl.col("id").is_first_distinct())
    first = named.group_by("id").agg(first=pl.col("line").min())
    told = later.join(first, on="id").with_columns(value=_shown("id"))
    for (file,), rows in told.group_by("file", maintain_order=True):
        findings.add_rows("id_twice", str(file), "id", rows.select("line", "value", "first"))


def _references(frame: pl.DataFrame, key: Field, ids: pl.DataFrame, findings: Findings) -> None:
    """What a row cannot be without must be there; anything else is kept as it is, with a note."""
    asked = frame.filter(pl.col(key.name).is_not_null())
    lost = asked.join(ids, left_on=key.name, right_on="id", how="anti")
    if lost.is_empty():
        return
    target = TABLES[key.points_to].file
    kind = "reference_lost" if key.needed else "reference_kept"
    told = lost.with_columns(value=_shown(key.name))
    for (file,), rows in told.group_by("file", maintain_order=True):
        findings.add_rows(kind, str(file), key.name, rows.select("line", "value"), target=target)


def _places(whole: Raw, findings: Findings) -> None:
    at = whole["service_at_location"].select("service_id").unique()
    nowhere = whole["service"].join(at, left_on="id", right_on="service_id", how="anti")
    tell(findings, "service_nowhere", None, nowhere)
    place = whole["location"].select(
        "file", "line", *(pl.col(name).str.strip_chars().cast(pl.Float64, strict=False)
                          for name in ("latitude", "longitude"))
    )  # fmt: skip
    off = (pl.col("latitude").abs() > 90) | (pl.col("longitude").abs() > 180)
    tell(findings, "point_off_map", "latitude", place.filter(off))


def tell(
    findings: Findings, kind: str, column: str | None, wrong: pl.DataFrame, **params: str
) -> None:
    """One finding for each of these rows, under the file it stands in."""
    if wrong.is_empty():
        return
    for (file,), rows in wrong.group_by("file", maintain_order=True):
        findings.add_rows(kind, str(file), column, rows.select("line"), **params)


def _shown(name: str) -> pl.Expr:
    """An id as it may be shown; one with a blank in it may be a name."""
    plain = (pl.col(name).str.len_chars() <= 80) & ~pl.col(name).str.contains(r"\s")
    return pl.when(plain).then(pl.col(name)).otherwise(pl.lit("…"))
