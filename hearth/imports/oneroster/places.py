"""Districts, schools, sessions and courses."""

from dataclasses import dataclass

import polars as pl

from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.references import (
    References,
    Where,
    is_in,
    shown_id,
    without_loops,
)

KINDS = {"district": "district", "school": "school"}


@dataclass(frozen=True)
class Places:
    """The orgs, and for each id the school and the district it belongs to."""

    frame: pl.DataFrame
    belongs: pl.DataFrame


def build_orgs(
    raw: pl.DataFrame,
    holding_classes: pl.Series,
    where: Where,
    references: References,
    findings: Findings,
) -> Places:
    """Orgs as district, school or other; a department that holds classes counts as a school."""
    types = set(raw.filter(~pl.col("gone"))["type"])
    kinds = KINDS if "district" in types else {**KINDS, "local": "district"}
    kind = pl.col("type").replace_strict(kinds, default="other", return_dtype=pl.String)
    frame = raw.with_columns(kind=kind)
    holds = is_in(frame["source_id"], holding_classes) & (frame["type"] == "department")
    holds = holds.fill_null(value=False) & ~frame["gone"]
    said = frame.filter(holds).select("line", value=shown_id("source_id"))
    findings.add_rows("department_as_school", where.file, None, said)
    frame = frame.with_columns(kind=pl.when(holds).then(pl.lit("school")).otherwise(pl.col("kind")))
    whole, complete = references.targets["orgs"].whole, references.targets["orgs"].complete
    references.know("orgs", frame, whole=whole, complete=complete)
    frame = references.hold(frame, "parent", "orgs", where, gone="cell", unknown="note")
    frame = without_loops(frame, where, findings)
    frame = frame.select(
        "source_id", "line", "gone", "name", "kind", code="identifier", parent="parent"
    )
    return Places(frame, _belonging(frame))


def _belonging(frame: pl.DataFrame) -> pl.DataFrame:
    """Climb from each org to its nearest school and its district."""
    rows = frame.filter(~pl.col("gone")).select("source_id", "kind", "parent")
    known: dict[str, tuple[str, str | None]] = {
        org: (kind, parent) for org, kind, parent in rows.iter_rows()
    }
    climbed = [(org, _climb(org, "school", known), _climb(org, "district", known)) for org in known]
    schema = dict.fromkeys(("org", "school", "district"), pl.String)
    return pl.DataFrame(climbed, schema=schema, orient="row")


def _climb(org: str, wanted: str, known: dict[str, tuple[str, str | None]]) -> str | None:
    at: str | None = org
    while at in known:
        kind, parent = known[at]
        if kind == wanted:
            return at
        at = parent
    return None


def check_order(raw: pl.DataFrame, file: str, header: str, findings: Findings) -> None:
    """An end before its start is a fault."""
    wrong = raw.filter(~pl.col("gone") & (pl.col("ends") < pl.col("starts")))
    said = wrong.select(
        "line", pl.col("starts").dt.to_string("iso"), pl.col("ends").dt.to_string("iso")
    )
    findings.add_rows("end_before_start", file, header, said)


def build_sessions(
    raw: pl.DataFrame, where: Where, references: References, findings: Findings
) -> pl.DataFrame:
    check_order(raw, where.file, "endDate", findings)
    frame = references.hold(raw, "parent", "sessions", where, gone="cell", unknown="note")
    frame = without_loops(frame, where, findings)
    return frame.select(
        "source_id",
        "line",
        "gone",
        "title",
        pl.col("type").alias("kind"),
        "starts",
        "ends",
        "school_year",
        "parent",
    )


def build_courses(raw: pl.DataFrame, where: Where, references: References) -> pl.DataFrame:
    frame = references.hold(raw, "school", "orgs", where)
    return frame.select("source_id", "line", "gone", "title", "code", "school")
