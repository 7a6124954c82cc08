"""What each table takes from an extract, and which of its rows one file decides about."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from dataclasses import dataclass, field

from django.db import models

from hearth.people.models import ProgramTime
from hearth.records.models import (
    AttendanceDay,
    AttendanceYear,
    Enrollment,
    Incident,
    IncidentPart,
    PublicFigure,
)
from hearth.records.models.attendance import COUNTED


@dataclass(frozen=True)
class Table:
    """One table and how an extract fills it.

    keys     the columns that say which row is meant, with their kinds in SQL
    values   the columns that the file fills
    whole    the rows about which a file has the last word, as SQL over `t`: those of them that it
             leaves out are gone. Empty where a file only adds and corrects.
    named    whose name stands beside a row in a preview, as SQL over the planned row `p`
    reached  rows of another table of the same file, found through its plan
    """

    name: str
    model: type[models.Model]
    keys: dict[str, str]
    values: dict[str, str]
    whole: str = ""
    named: str = "p.student_id"
    reached: str = ""
    staged: dict[str, str] = field(default_factory=dict)
    pointed_at: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> dict[str, str]:
        return {**self.keys, **self.values}


def school_year(day: str) -> str:
    """The year in which the school year of this day ends; it turns on 1 July."""
    return f"extract(year FROM {day} + interval '6 months')"


STUDENT_AT_SCHOOL = {"student_id": "bigint", "school_id": "bigint"}


def same_year(staged: str, day: str) -> str:
    """The rows of those schools and school years of which the file speaks."""
    return (
        f"(t.school_id, {school_year(f't.{day}')}) IN "
        f"(SELECT w.school_id, {school_year(f'w.{day}')} FROM staged_{staged} w)"
    )


TABLES = (
    Table(
        "days", AttendanceDay, {**STUDENT_AT_SCHOOL, "day": "date"},
        {"kind": "text", "minutes": "smallint"},
    ),
    Table(
        "years", AttendanceYear, {**STUDENT_AT_SCHOOL, "year": "smallint"},
        {**dict.fromkeys(COUNTED, "numeric(6, 2)"), "exempt": "boolean"},
        whole="(t.school_id, t.year) IN (SELECT w.school_id, w.year FROM staged_years w)",
    ),
    Table(
        "stays", Enrollment, {**STUDENT_AT_SCHOOL, "starts": "date"},
        {"ends": "date", "grade": "text", "kind": "smallint", "exit_code": "text",
         "exempt": "boolean"},
        whole=same_year("stays", "starts"),
    ),
    Table(
        "incidents", Incident, {"school_id": "bigint", "number": "text"},
        {"day": "date", "statutory": "boolean"},
        whole=same_year("incidents", "day"), named="NULL::bigint", pointed_at=True,
    ),
    Table(
        "parts", IncidentPart,
        {"incident_id": "bigint", "student_id": "bigint", "result": "smallint", "starts": "date"},
        {"offenses": "varchar[]", "days": "numeric(6, 2)", "minutes": "integer"},
        whole="t.incident_id IN (SELECT w.id FROM plan_incidents w)",
        reached="JOIN plan_incidents i ON i.school_id = s.school_id AND i.number = s.number "
        "AND i.fate <> 'gone'",
        staged={"school_id": "bigint", "number": "text", "student_id": "bigint",
                "result": "smallint", "starts": "date"},
    ),
    Table(
        "programs", ProgramTime, {"person_id": "bigint", "program": "text", "starts": "date"},
        {"ends": "date"},
        whole="(t.program, (SELECT o.school_id FROM people_student o "
        "WHERE o.person_id = t.person_id)) IN (SELECT w.program, o.school_id "
        "FROM staged_programs w JOIN people_student o ON o.person_id = w.person_id)",
        named="p.person_id",
    ),
    Table(
        "figures", PublicFigure,
        {"measure": "text", "year": "smallint", "cds_code": "text", "group_key": "text"},
        {"near": "text", "name": "text", "value": "numeric(12, 2)", "numerator": "integer",
         "denominator": "integer", "source": "text"},
        whole="(t.measure, t.year) IN (SELECT w.measure, w.year FROM staged_figures w)",
        named="NULL::bigint",
    ),
)  # fmt: skip
TABLE = {table.name: table for table in TABLES}
