"""Facts out of the database into a working DuckDB, by COPY, with random numbers for people.

PostgreSQL joins each row with its person's random number, so the person's own key never leaves it.
The rows travel as text in pieces of bounded size; the wall of the district acted for is around
them as around everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hearth.insight.mart.schema import KINDS
from hearth.insight.models import alone_with_keys
from hearth.partners.reading import facts as partners
from hearth.people import facts as people
from hearth.records import facts as records
from hearth.supports.reading import facts as supports

PIECE = 64 * 1024 * 1024
"""Bytes of text that stand on disk at a time."""
KIND_NUMBER = f"array_position(ARRAY[{', '.join(repr(kind) for kind in KINDS)}], kind::text) - 1"

FRESH_KEYS = """
INSERT INTO insight_factkey (district_id, person_id, key)
SELECT p.district_id, p.id,
    ('x' || right(replace(gen_random_uuid()::text, '-', ''), 16))::bit(64)::bigint
    & 4611686018427387903
FROM people_person p
WHERE NOT EXISTS (SELECT FROM insight_factkey k WHERE k.person_id = p.id)
AND (EXISTS (SELECT FROM people_student s WHERE s.person_id = p.id)
     OR EXISTS (SELECT FROM people_staff s WHERE s.person_id = p.id))
"""


@dataclass(frozen=True)
class Source:
    """A queryset of the ground or of a room, and its columns with their types in DuckDB.

    `instead` says a column by another expression on PostgreSQL's side.
    """

    rows: QuerySet[Any, tuple[Any, ...]]
    columns: dict[str, str]
    instead: dict[str, str]

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        inner, values = self.rows.order_by().query.sql_with_params()
        names = list(self.columns)
        told = ", ".join(self.instead.get(name, name) for name in names[1:])
        return (
            f"COPY (SELECT k.key, {told} FROM ({inner}) AS f({', '.join(names)}) "  # noqa: S608
            f"JOIN insight_factkey k ON k.person_id = f.{names[0]}) TO STDOUT (FORMAT csv)",
            values,
        )


def _source(rows: QuerySet[Any, tuple[Any, ...]], columns: str, **instead: str) -> Source:
    told = dict(column.split(":") for column in columns.split())
    return Source(rows, told, instead)


def days_of(day: date | None = None) -> Source:
    """Attendance of one day, or all there is."""
    columns = "student:BIGINT school:INTEGER day:DATE kind:TINYINT minutes:SMALLINT"
    return _source(records.attendance_days(day), columns, kind=KIND_NUMBER)


def sources() -> dict[str, Source]:
    """Everything that is told, by the name of the table in which it arrives."""
    who = "student:BIGINT school:INTEGER"
    eight = "expected attended excused unexcused suspended in_school independent independent_missed"
    totals = " ".join(f"{name}:DECIMAL(7,2)" for name in eight.split())
    return {
        "attendance": days_of(),
        "totals": _source(
            records.attendance_years(), f"{who} year:SMALLINT {totals} exempt:BOOLEAN"
        ),
        "stays": _source(
            records.stays(),
            f"{who} starts:DATE ends:DATE grade:VARCHAR exit_code:VARCHAR exempt:BOOLEAN",
        ),
        "parts": _source(
            records.incident_parts(),
            f"{who} day:DATE incident:BIGINT offenses:VARCHAR result:SMALLINT days:DOUBLE "
            "minutes:INTEGER",
            offenses="array_to_string(offenses, ' ')",
        ),
        "roster": _source(people.on_the_roster(), f"{who} grade:VARCHAR"),
        "identities": _source(
            people.identities(),
            "student:BIGINT valid_from:DATE gender:VARCHAR hispanic:BOOLEAN races:VARCHAR",
            races="array_to_string(races, ' ')",
        ),
        "languages": _source(people.languages(), "student:BIGINT language:VARCHAR"),
        "programs": _source(
            people.programs(), "student:BIGINT program:VARCHAR starts:DATE ends:DATE"
        ),
        "posts": _source(people.staff(), "student:BIGINT school:INTEGER title:VARCHAR"),
        "referrals": _source(
            supports.referrals(),
            f"{who} need:VARCHAR opened:DATE answer_due:DATE answered:DATE linked:DATE closed:DATE",
        ),
        "tiers": _source(
            supports.tiers(), f"{who} domain:VARCHAR tier:TINYINT starts:DATE ends:DATE"
        ),
        "asked_of_partners": _source(
            partners.needs(),
            f"{who} number:BIGINT need:VARCHAR sent:DATE state:VARCHAR declined_because:VARCHAR "
            "met:VARCHAR due:DATE linked:DATE",
        ),
        "reviews": _source(supports.reviews(), f"{who} began:SMALLINT"),
    }


def give_keys(district_id: int) -> None:
    """A random number for each student and member of staff who has none yet."""
    alone_with_keys(district_id)
    with connection.cursor() as cursor:
        cursor.execute(FRESH_KEYS)


def bring(source: Source, table: str, working: Any, folder: Path) -> None:
    """Fill a table of the working DuckDB with what a source tells."""
    described = ", ".join(f"{name} {kind}" for name, kind in source.columns.items())
    working.raw_sql(f"CREATE OR REPLACE TABLE {table} ({described})")
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in source.columns.items())
    piece = folder / f"{table}.csv"
    for _size in _pieces(source, piece):
        working.raw_sql(
            f"INSERT INTO {table} SELECT * FROM read_csv('{piece}', auto_detect=false, "  # noqa: S608
            f"header=false, delim=',', quote='\"', escape='\"', nullstr='', columns={{{types}}})"
        )
    piece.unlink(missing_ok=True)


def _pieces(source: Source, piece: Path) -> Iterator[int]:
    """The rows as text in one file after another of about the same size, each ending with a row."""
    sql, values = source.sql()
    with connection.cursor() as cursor, cursor.copy(sql, values) as copy:
        size, out = 0, piece.open("wb")
        for block in copy:  # PostgreSQL sends whole rows
            out.write(block)
            size += len(block)
            if size >= PIECE:
                out.close()
                yield size
                size, out = 0, piece.open("wb")
        out.close()
        if size:
            yield size
