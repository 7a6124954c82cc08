"""A whole new mart of one district, out of the database.

Facts arrive in a working DuckDB on disk (told.py), are brought into the mart's shape there, and
leave as Parquet. Memory stays bounded: days go month by month, and DuckDB spills what does not fit.
"""

from datetime import date
from pathlib import Path
from typing import Any

from hearth.insight.mart import keep, store, told
from hearth.insight.mart.engine import Engine
from hearth.insight.mart.rollup import STARTS_IN
from hearth.insight.mart.schema import FACTS, duckdb_types
from hearth.insight.mart.years import make_student_years
from hearth.schools.acting import acting_for

SHAPED = {
    "year_totals": """
        SELECT student, school, year, expected + independent + independent_missed AS expected,
            greatest(attended - in_school, 0) AS present, excused, unexcused, suspended, in_school,
            independent, independent_missed
        FROM totals""",
    # A number that holds within this build alone: which parts belong to one incident.
    "incidents": """
        SELECT p.student, p.school, school_year(p.day) AS year, p.day, i.number AS incident,
            list_filter(string_split(coalesce(p.offenses, ''), ' '), lambda o: o <> '') AS offenses,
            coalesce(p.result, 0) AS result, coalesce(p.days, 0) AS days,
            coalesce(p.minutes, 0) AS minutes
        FROM parts p JOIN (
            SELECT incident, row_number() OVER (ORDER BY random()) AS number
            FROM (SELECT DISTINCT incident FROM parts)
        ) i USING (incident)""",
    "referrals": """
        SELECT student, school, school_year(opened) AS year, need, opened, answer_due, answered,
            linked, closed
        FROM referrals""",
    "tiers": """
        SELECT student, school,
            unnest(range(school_year(starts), school_year(coalesce(ends, today())) + 1)) AS year,
            domain, tier, starts AS since
        FROM tiers""",
    "reviews": "SELECT student, school, began + 1 AS year, true AS reviewed FROM reviews",
    # As `partners.rules.missing` says it, of the last that was sent about each need. A family's no
    # before anything was sent has a number below nought: it counts where nothing was sent.
    "needs": """
        WITH each AS (
            SELECT *, school_year(sent) AS year,
                row_number() OVER (PARTITION BY student, school, school_year(sent), need
                    ORDER BY number DESC) = 1 AS newest,
                row_number() OVER (PARTITION BY student, school_year(sent), need
                    ORDER BY number DESC) = 1 AS last,
                coalesce(min(sent) FILTER (number > 0) OVER same, min(sent) OVER same) AS first
            FROM asked_of_partners
            WINDOW same AS (PARTITION BY student, school_year(sent), need)
        )
        SELECT student, school, year, need, strftime(first, '%Y-%m') AS asked_month,
            CASE WHEN met = 'yes' THEN 'met' WHEN met = 'partly' THEN 'partly'
                WHEN met = 'no' THEN 'not_met'
                WHEN declined_because = 'family_said_no' THEN 'family_declined'
                WHEN declined_because IN ('no_place', 'no_language') THEN 'no_capacity'
                WHEN declined_because = 'not_for_them' THEN 'not_eligible'
                WHEN state = 'declined' THEN 'not_taken'
                WHEN state = 'sent' AND due < today() THEN 'no_answer'
                WHEN state = 'waiting' THEN 'waiting'
                WHEN state IN ('served', 'ended') THEN 'linked'
                WHEN state = 'withdrawn' THEN 'taken_back' ELSE 'under_way' END AS standing,
            last
        FROM each WHERE newest""",
    "staff": """
        SELECT p.student AS person, p.school, school_year(today()) AS year,
            coalesce(p.title, '') AS role, coalesce(r.race, 'not_reported') AS race,
            coalesce(nullif(split_part(lower(l.language), '-', 1), ''), 'not_reported') AS language
        FROM posts p
        LEFT JOIN languages l ON l.student = p.student
        LEFT JOIN (SELECT student, arg_max(race, valid_from) AS race FROM identities
            JOIN race_of USING (hispanic_told, races) GROUP BY student) r
            ON r.student = p.student""",
}


def build(
    district_id: int, home: Path, *, today: date, engine: Engine | None = None
) -> store.Snapshot:
    """Make a new snapshot and let it be the current one. What fails leaves the last one."""
    engine = engine or Engine()
    with store.building(home, built_on=today) as folder:
        scratch = folder / "scratch"
        scratch.mkdir()
        working = keep.connect(
            folder, threads=engine.threads, memory=engine.memory, file=scratch / "working.duckdb"
        )
        try:
            _bring_all(district_id, working, scratch)
            shape(working, folder, today)
        finally:
            working.disconnect()
        store.remove(scratch)
    return store.current(home)


def add_day(
    district_id: int, home: Path, day: date, *, engine: Engine | None = None
) -> store.Snapshot:
    """Bring one day's attendance into the mart, and touch nothing but that day's month."""
    engine = engine or Engine()
    scratch = home / f".day-{day.isoformat()}"
    scratch.mkdir(parents=True, exist_ok=True)
    working = keep.connect(scratch, threads=engine.threads, memory=engine.memory)
    try:
        with acting_for(district_id):
            told.give_keys(district_id)
            told.bring(told.days_of(day), "attendance", working, scratch)
        file = scratch / "day.parquet"
        _leave(working, "attendance", "SELECT * FROM attendance", file)
        return keep.add_day(home, day, file, threads=engine.threads, memory=engine.memory)
    finally:
        working.disconnect()
        store.remove(scratch)


def _bring_all(district_id: int, working: Any, scratch: Path) -> None:
    # One transaction: every fact is of the same moment.
    with acting_for(district_id):
        told.give_keys(district_id)
        for table, source in told.sources().items():
            told.bring(source, table, working, scratch)


def shape(working: Any, folder: Path, today: date) -> None:
    """From the tables that were told to the files of a mart."""
    working.raw_sql(
        f"CREATE OR REPLACE MACRO today() AS DATE '{today.isoformat()}';"
        "CREATE OR REPLACE MACRO school_year(day) AS "
        f"(year(day) + (month(day) >= {STARTS_IN})::INTEGER)"
    )
    _leave(working, "year_totals", SHAPED["year_totals"], folder / "year_totals" / "all.parquet")
    _leave_days(working, folder)
    keep.keep_all(folder, working)
    working.raw_sql(
        "CREATE OR REPLACE TABLE years AS SELECT student, school, year "  # noqa: S608
        f"FROM read_parquet('{folder}/years/*.parquet')"
    )
    make_student_years(working, today)
    _leave(working, "student_years", "SELECT * FROM student_years",
           folder / "student_years" / "all.parquet", order="year, school, student")  # fmt: skip
    for fact in ("incidents", "referrals", "tiers", "reviews", "needs", "staff"):
        _leave(working, fact, SHAPED[fact], folder / fact / "all.parquet")


def _leave_days(working: Any, folder: Path) -> None:
    """Each month's days in a file, sorted by student: small, and quick to add up."""
    months = working.raw_sql(
        "SELECT DISTINCT date_trunc('month', day)::DATE FROM attendance ORDER BY 1"
    ).fetchall()
    for (month,) in months:
        _leave(
            working,
            "attendance",
            f"SELECT * FROM attendance WHERE date_trunc('month', day) = DATE '{month}'",  # noqa: S608
            folder / "attendance" / keep.name_of(month) / "whole.parquet",
            order="student, day",
        )
    if not months:
        for fact in ("attendance", "months", "taught"):
            empty = ", ".join(
                f"NULL::{kind} AS {name}" for name, kind in duckdb_types(fact).items()
            )
            _leave(
                working, fact, f"SELECT {empty} LIMIT 0", folder / fact / "none" / "none.parquet"
            )


def _leave(working: Any, fact: str, sql: str, file: Path, order: str = "student") -> None:
    """Write a query as a fact, its columns in the order and of the types that the schema says."""
    file.parent.mkdir(parents=True, exist_ok=True)
    columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in duckdb_types(fact).items())
    order = order if "student" in {column.name for column in FACTS[fact]} else "1"
    working.raw_sql(
        f"COPY (SELECT {columns} FROM ({sql}) ORDER BY {order}) "  # noqa: S608
        f"TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
    )
