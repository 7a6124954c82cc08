"""Who is meant: the numbers and codes of a file, and the rows of this district they stand for."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl
from django.db import connection

from hearth.imports.oneroster.findings import Findings
from hearth.imports.staging import PIECE
from hearth.schools.models import Session

JULY = 7

# A person by the number of the school or by the key of the roster. A merge leads to whom it kept,
# and of two with one number the one who is still here is meant.
PEOPLE = """
WITH RECURSIVE survivors AS (
    SELECT id, merged_into_id AS kept FROM people_person WHERE merged_into_id IS NOT NULL
    UNION ALL
    SELECT survivors.id, p.merged_into_id FROM survivors JOIN people_person p ON p.id = kept
    WHERE p.merged_into_id IS NOT NULL
), last AS (
    SELECT survivors.id, kept FROM survivors JOIN people_person p ON p.id = kept
    WHERE p.merged_into_id IS NULL
), called AS (
    SELECT r.person_id, r.gone_on, {number} AS number FROM {role} r
    UNION ALL
    SELECT r.person_id, r.gone_on, p.source_id FROM {role} r
    JOIN people_person p ON p.id = r.person_id
), meant AS (
    SELECT number, coalesce(kept, person_id) AS id, gone_on IS NULL AS here
    FROM called LEFT JOIN last ON last.id = person_id WHERE number <> ''
), one AS (
    SELECT number, min(id) FILTER (WHERE here) AS here, min(id) AS any,
        count(DISTINCT id) FILTER (WHERE here) AS many, count(DISTINCT id) AS all_many
    FROM meant GROUP BY number
)
SELECT one.number, r.person_id, r.school_id FROM one
JOIN {role} r ON r.person_id = coalesce(one.here, one.any)
WHERE many = 1 OR (many = 0 AND all_many = 1)
"""
SCHOOLS = """
SELECT code, min(id) FROM (
    SELECT source_id AS code, id FROM schools_school
    UNION ALL SELECT cds_code, id FROM schools_school
    UNION ALL SELECT right(cds_code, 7), id FROM schools_school WHERE length(cds_code) = 14
    UNION ALL SELECT slug, id FROM schools_school
    UNION ALL SELECT lower(name), id FROM schools_school
) s WHERE code <> '' GROUP BY code HAVING count(DISTINCT id) = 1
"""
STUDENTS = PEOPLE.format(role="people_student", number="r.local_id")
STAFF = PEOPLE.format(role="people_staff", number="''")


class Known:
    """The people and schools of the district, by everything a file may call them."""

    def __init__(self, people: str = STUDENTS) -> None:
        with connection.cursor() as cursor:
            cursor.execute(people)
            self.people = pl.DataFrame(
                cursor.fetchall(),
                schema={"number": pl.String, "person_id": pl.Int64, "own_school": pl.Int64},
                orient="row",
            )
            cursor.execute(SCHOOLS)
            self.schools = pl.DataFrame(
                cursor.fetchall(), schema={"code": pl.String, "school_id": pl.Int64}, orient="row"
            )

    def meant(self, numbers: pl.Series) -> pl.DataFrame:
        """Each number with its person; where a spreadsheet ate leading zeros, without them."""
        asked = pl.DataFrame({"number": numbers.cast(pl.String)}).filter(
            pl.col("number").is_not_null()
        )
        bare = (
            self.people.with_columns(bare=pl.col("number").str.strip_chars_start("0"))
            .filter(pl.col("bare") != "")
            .filter(pl.col("person_id").n_unique().over("bare") == 1)
            .unique("bare")
            .select("bare", bare_id="person_id", bare_school="own_school")
        )
        found = asked.join(self.people, on="number", how="left").join(
            bare, left_on=pl.col("number").str.strip_chars_start("0"), right_on="bare", how="left"
        )
        return found.select(
            "number",
            person_id=pl.coalesce("person_id", "bare_id"),
            own_school=pl.coalesce("own_school", "bare_school"),
        )

    def places(self, codes: pl.Series) -> pl.DataFrame:
        """Each code of a school with the school."""
        asked = pl.DataFrame({"code": codes.cast(pl.String)}).filter(pl.col("code").is_not_null())
        exact = asked.join(self.schools, on="code", how="left")
        lower = asked.with_columns(lower=pl.col("code").str.to_lowercase()).join(
            self.schools.rename({"school_id": "lower_id"}), left_on="lower", right_on="code",
            how="left",
        )  # fmt: skip
        return exact.with_columns(
            school_id=pl.coalesce(pl.col("school_id"), lower["lower_id"])
        ).select("code", "school_id")


class Meant:
    """One frame's numbers and codes, looked up once and put beside the rows piece by piece."""

    def __init__(self, frame: pl.DataFrame, known: Known) -> None:
        self.people: pl.DataFrame | None = None
        self.schools: pl.DataFrame | None = None
        if "student" in frame.columns:
            self.people = known.meant(frame["student"].unique()).with_columns(
                pl.col("number").cast(frame.schema["student"]).alias("student")
            )
        if "school" in frame.columns:
            self.schools = known.places(frame["school"].unique()).with_columns(
                school=pl.col("code").cast(frame.schema["school"])
            )

    @property
    def finds(self) -> list[str]:
        return ["person_id"] if self.people is not None else []

    def beside(self, piece: pl.DataFrame) -> pl.DataFrame:
        """The rows with `person_id` and `school_id`; a row that names no school has its own."""
        own = pl.lit(None, dtype=pl.Int64)
        if self.people is not None:
            people = self.people.select("student", "person_id", "own_school")
            piece = piece.join(people, on="student", how="left", maintain_order="left")
            piece = piece.with_columns(student_id="person_id")
            own = pl.col("own_school")
        if self.schools is None:
            return piece.with_columns(school_id=own)
        schools = self.schools.select("school", "school_id")
        piece = piece.join(schools, on="school", how="left", maintain_order="left")
        unsaid = pl.when(pl.col("school").is_null()).then(own)
        return piece.with_columns(school_id=pl.coalesce("school_id", unsaid))

    def may_double(self, frame: pl.DataFrame) -> bool:
        """Whether two different rows of the file may turn out to be about the same."""
        people = self.people is not None and _shared(self.people["person_id"])
        if self.schools is None:
            return people
        unsaid = frame["school"].null_count()
        return people or _shared(self.schools["school_id"]) or 0 < unsaid < frame.height

    def tell(self, frame: pl.DataFrame, findings: Findings, *, placed: bool) -> None:
        """A note for each row that is left out; a fault when hardly anybody is known."""
        if self.people is not None:
            lost = self.people.filter(pl.col("person_id").is_null())
            if lost.height:
                rows = frame.filter(pl.col("student").is_in(lost["student"].implode()))
                by_file(rows, "student_unknown", "student", findings)
            if lost.height * 2 > self.people.height:
                findings.add(
                    "hardly_anybody_known", str(frame["file"][0]), None, "student",
                    all=self.people.height, unknown=lost.height,
                )  # fmt: skip
        if placed and self.schools is not None:
            strange = self.schools.filter(pl.col("school_id").is_null())
            if strange.height:
                rows = frame.filter(pl.col("school").is_in(strange["school"].implode()))
                by_file(rows, "school_unknown", "school", findings)


def meant_by(frame: pl.DataFrame, known: Known) -> Meant | None:
    """Nobody, where a file speaks of no student and no school of ours."""
    if frame.is_empty() or not {"student", "school"} & set(frame.columns):
        return None
    return Meant(frame, known)


def slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return (frame.slice(start, PIECE) for start in range(0, frame.height, PIECE))


def _shared(keys: pl.Series) -> bool:
    return bool(keys.drop_nulls().is_duplicated().any())


def tell_outside_year(frame: pl.DataFrame, findings: Findings) -> None:
    """A note for each row of a summer day, in a school year of which we know when it is held."""
    held = {
        school_year(starts): (starts, ends)
        for starts, ends in Session.objects.filter(
            kind=Session.Kind.YEAR, gone_on=None
        ).values_list("starts", "ends")
    }
    outside = [
        day
        for day in frame["day"].unique().to_list()
        if (year := held.get(school_year(day))) and not year[0] <= day <= year[1]
    ]
    if outside:
        by_file(frame.filter(pl.col("day").is_in(outside)), "outside_year", "day", findings)


def school_year(day: date) -> int:
    """The year in which the school year of this day ends; it turns on 1 July."""
    return day.year + (day.month >= JULY)


def by_file(rows: pl.DataFrame, kind: str, column: str, findings: Findings) -> None:
    """One finding a row, under the name of the file in which it stands."""
    value = pl.col(column).cast(pl.String)
    shown = pl.when(value.str.contains(r"^\S{1,80}$")).then(value).otherwise(pl.lit("…"))
    for (file,), part in rows.group_by("file", maintain_order=True):
        findings.add_rows(kind, str(file), column, part.select("line", value=shown))


def known_rows(piece: pl.DataFrame, needed: Sequence[str]) -> pl.DataFrame:
    return piece.filter(pl.all_horizontal(pl.col(list(needed)).is_not_null()))
