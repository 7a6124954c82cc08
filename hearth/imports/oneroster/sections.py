"""Classes, as sections of a school, and who is in them."""

import polars as pl

from hearth.imports.oneroster.cells import grade_codes
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.places import Places, check_order
from hearth.imports.oneroster.read import Loaded
from hearth.imports.oneroster.references import (
    References,
    Where,
    beside,
    is_in,
    shown_id,
    split_ids,
)

FILE = "classes.csv"


def build_sections(
    loaded: Loaded,
    places: Places | None,
    courses: pl.DataFrame | None,
    references: References,
    findings: Findings,
) -> pl.DataFrame:
    headers = loaded.headers
    frame = loaded.frame
    frame = references.hold(
        frame, "school", "orgs", Where(FILE, headers.get("school", "schoolSourcedId"))
    )
    if places is not None:
        _check_school(frame, places, headers.get("school", "schoolSourcedId"), findings)
    if courses is not None:
        where = Where(FILE, headers.get("course", "courseSourcedId"))
        frame = references.hold(frame, "course", "courses", where, gone="cell")
    frame = _with_terms(frame, Where(FILE, headers.get("terms", "termSourcedIds")), references)
    frame = _with_grades(frame, headers.get("grades", "grades"), findings)
    frame = _with_course_titles(frame, courses)
    return frame.select(
        "source_id",
        "line",
        "gone",
        "title",
        "code",
        "kind",
        "course",
        "course_title",
        "school",
        "terms",
        "grades",
        "location",
        "periods",
    )


def _check_school(frame: pl.DataFrame, places: Places, header: str, findings: Findings) -> None:
    others = places.frame.filter((pl.col("kind") != "school") & ~pl.col("gone"))["source_id"]
    wrong = frame.filter(~pl.col("gone") & is_in(frame["school"], others))
    said = wrong.select("line", value=shown_id("school"))
    findings.add_rows("section_not_at_school", FILE, header, said)


def _with_terms(frame: pl.DataFrame, where: Where, references: References) -> pl.DataFrame:
    """The terms as a list of ids, without those that are gone."""
    each = split_ids(frame.select("source_id", "line", "gone", "terms"), "terms")
    each = references.hold(each, "terms", "sessions", where, gone="cell")
    lists = (
        each.filter(pl.col("terms").is_not_null())
        .group_by("source_id", maintain_order=True)
        .agg(pl.col("terms").unique(maintain_order=True))
    )
    return (
        frame.drop("terms")
        .join(lists, on="source_id", how="left", maintain_order="left")
        .with_columns(pl.col("terms").fill_null([]))
    )


def _with_grades(frame: pl.DataFrame, header: str, findings: Findings) -> pl.DataFrame:
    codes = grade_codes(pl.col("grades").str.split(","))
    frame = frame.with_columns(codes=codes)
    unknown = frame.filter(~pl.col("gone") & pl.col("codes").list.contains(None))
    findings.add_rows("grade_unknown", FILE, header, unknown.select("line"))
    known = pl.col("codes").list.drop_nulls().fill_null([])
    return frame.with_columns(grades=known).drop("codes")


def _with_course_titles(frame: pl.DataFrame, courses: pl.DataFrame | None) -> pl.DataFrame:
    if courses is None:
        return frame.with_columns(course_title=pl.lit(None, dtype=pl.String))
    titles = courses.select(course="source_id", course_title="title")
    return beside(frame, titles, "course")


ENROLLMENTS = "enrollments.csv"
KEPT_ROLES = ("student", "teacher")


def build_memberships(
    loaded: Loaded,
    people: pl.DataFrame | None,
    terms: pl.DataFrame | None,
    references: References,
    findings: Findings,
) -> pl.DataFrame:
    """Who is in which class; `terms` tells for each section when it meets."""
    frame = loaded.frame
    check_order(frame, ENROLLMENTS, loaded.headers.get("ends", "endDate"), findings)
    for column, target, header in (
        ("school", "orgs", "schoolSourcedId"),
        ("section", "sections", "classSourcedId"),
        ("person", "people", "userSourcedId"),
    ):
        frame = references.hold(
            frame, column, target, Where(ENROLLMENTS, loaded.headers.get(column, header))
        )
    frame = frame.drop("school")
    role_header = loaded.headers.get("role", "role")
    frame = _only_kept_roles(frame, role_header, findings)
    if people is not None:
        _note_other_roles(frame, people, role_header, findings)
    if terms is not None:
        _note_outside_term(frame, terms, findings)
    return frame.select(
        "source_id",
        "line",
        "gone",
        "section",
        "person",
        "role",
        pl.col("primary").fill_null(value=False),
        "starts",
        "ends",
    )


def _only_kept_roles(frame: pl.DataFrame, header: str, findings: Findings) -> pl.DataFrame:
    kept = pl.col("role").is_in(KEPT_ROLES).fill_null(value=False) | pl.col("gone")
    dropped = frame.filter(~kept & pl.col("role").is_not_null())
    if dropped.height:
        said = dropped.select("line", value="role")
        findings.add_rows("enrollment_role_unused", ENROLLMENTS, header, said)
    return frame.filter(kept)


def _note_other_roles(
    frame: pl.DataFrame, people: pl.DataFrame, header: str, findings: Findings
) -> None:
    known = people.filter(~pl.col("gone") & pl.col("kind").is_not_null())
    for role, kind in (("student", "student"), ("teacher", "staff")):
        others = known.filter(pl.col("kind") != kind)["source_id"]
        wrong = frame.filter(
            (frame["role"] == role).fill_null(value=False)
            & ~frame["gone"]
            & is_in(frame["person"], others)
        )
        said = wrong.select("line", value=shown_id("person"))
        findings.add_rows("role_differs", ENROLLMENTS, header, said, role=role)


def section_terms(sections: pl.DataFrame, sessions: pl.DataFrame) -> pl.DataFrame:
    """For each section: the first and the last day of its terms."""
    days = sessions.select(terms="source_id", opens="starts", closes="ends")
    return (
        sections.select(section="source_id", terms="terms")
        .explode("terms")
        .join(days, on="terms")
        .group_by("section")
        .agg(pl.col("opens").min(), pl.col("closes").max())
    )


def _note_outside_term(frame: pl.DataFrame, terms: pl.DataFrame, findings: Findings) -> None:
    """OneRoster's end date is the day after the last, so it may be one day past the term."""
    dated = frame.filter(
        ~pl.col("gone") & (pl.col("starts").is_not_null() | pl.col("ends").is_not_null())
    ).select("line", "section", "starts", "ends")
    terms = terms.with_columns(pl.col("section").cast(pl.Categorical))
    outside = dated.join(terms, on="section").filter(
        (pl.col("starts") < pl.col("opens"))
        | (pl.col("ends") > pl.col("closes").dt.offset_by("1d"))
    )
    findings.add_rows("outside_term", ENROLLMENTS, "beginDate", outside.select("line").sort("line"))
