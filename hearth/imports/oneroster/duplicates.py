"""Ids that stand twice, and people who share one."""

import polars as pl

from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.references import shown_id


def first_lines(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Rows whose key came before, each with the line where it came first."""
    first = pl.col("line").min().over(keys)
    return (
        frame.filter(pl.struct(keys).is_duplicated())
        .with_columns(first_line=first)
        .filter(pl.col("line") != pl.col("first_line"))
    )


def without_doubles(
    frame: pl.DataFrame, file: str, header: str, findings: Findings
) -> pl.DataFrame:
    """Every id once: a second row with the same id is a fault and is left out."""
    if frame["source_id"].n_unique() == frame.height:
        return frame
    again = first_lines(frame, "source_id")
    people = _other_people(frame, again)
    for kind, rows in (
        ("two_people_one_id", again.filter(people)),
        ("id_twice", again.filter(~people)),
    ):
        said = rows.select("line", "first_line", value=shown_id("source_id"))
        findings.add_rows(kind, file, header, said)
    return frame.unique("source_id", keep="first", maintain_order=True)


def _other_people(frame: pl.DataFrame, again: pl.DataFrame) -> pl.Series:
    """For each repeated row: does it bear another name than the first row of its id?"""
    if "given_name" not in frame.columns:
        return pl.repeat(value=False, n=again.height, dtype=pl.Boolean, eager=True)
    first = frame.unique("source_id", keep="first").select(
        "source_id", first_given="given_name", first_family="family_name"
    )
    joined = again.join(first, on="source_id", how="left", maintain_order="left")
    same = folded("given_name").eq_missing(folded("first_given")) & folded(
        "family_name"
    ).eq_missing(folded("first_family"))
    return joined.select(other=~same)["other"]


def folded(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase().str.strip_chars()


def check_student_numbers(people: pl.DataFrame, header: str, findings: Findings) -> None:
    """One student number, one student, inside a district.

    Two names on one number are two people on one id: a fault. The same name twice is one child
    listed twice, as happens when a child attends two schools: a note, for the merge page.
    People share values of userIds such as {LDAP:12} in real files, so those say nothing.
    """
    students = people.filter(
        (pl.col("kind") == "student") & ~pl.col("gone") & pl.col("identifier").is_not_null()
    )
    if not students["identifier"].is_duplicated().any():
        return
    again = first_lines(students, "district", "identifier")
    first = students.unique(["district", "identifier"], keep="first", maintain_order=True)
    names = first.select(
        "district", "identifier", first_given="given_name", first_family="family_name"
    )
    again = again.join(
        names, on=["district", "identifier"], how="left", nulls_equal=True, maintain_order="left"
    )
    same = folded("given_name").eq_missing(folded("first_given")) & folded(
        "family_name"
    ).eq_missing(folded("first_family"))
    said = again.select("line", "first_line", same=same)
    for kind, rows in (
        ("identifier_shared", said.filter(~pl.col("same"))),
        ("student_twice", said.filter("same")),
    ):
        findings.add_rows(kind, "users.csv", header, rows.drop("same"))
