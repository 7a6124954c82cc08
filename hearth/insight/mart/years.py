"""Who was at which school in which year: one row each, out of stays, roster, identity and programs.

Every table named here stands in the working DuckDB (see told.py), and so do `today()` and
`school_year(day)`. Race and ethnicity are rolled up as the state does it.
"""

from datetime import date
from typing import Any

from hearth.insight.mart.schema import PROGRAMS
from hearth.insight.rules import dated
from hearth.insight.rules.race import UnknownRace, california
from hearth.insight.rules.stability import disqualifying_exits

# Where somebody was in a year: by a stay; without one, by days or totals; and the roster says now.
PLACES = """
CREATE OR REPLACE TABLE places AS
WITH told AS (
    SELECT student, school, starts, least(coalesce(ends, today()), today()) AS until, ends, grade,
        exit_code, exempt
    FROM stays WHERE starts <= today()
), spread AS (
    SELECT *, unnest(range(school_year(starts), school_year(until) + 1)) AS year FROM told
), every AS (
    SELECT student, school, year, starts, ends, grade, exit_code, exempt FROM spread
    UNION ALL
    SELECT student, school, year, NULL, NULL, NULL, NULL, exempt FROM totals
    UNION ALL
    SELECT student, school, year, NULL, NULL, NULL, NULL, NULL FROM years
    UNION ALL
    SELECT student, school, school_year(today()), NULL, NULL, NULL, NULL, NULL FROM roster
)
SELECT student, school, year::SMALLINT AS year,
    max(starts) AS latest,
    arg_max(grade, starts) AS grade,
    coalesce(bool_or(exempt), false) AS exempt,
    list({starts: starts, ends: ends, exit_code: exit_code})
        FILTER (WHERE starts IS NOT NULL) AS stays
FROM every GROUP BY ALL
"""

# As `rules.stability.is_stable`: long enough and not left with a code is stable; with a code that
# nobody can judge, not known.
ANSWERS = """
list_transform(stays, lambda s:
    CASE WHEN least(coalesce(s.ends, year_ends), year_ends) - greatest(s.starts, year_starts) + 1
            < {days} THEN false
        WHEN s.ends IS NULL OR s.ends >= year_ends OR coalesce(s.exit_code, '') = '' THEN true
        ELSE {judged} END)
"""
STABLE = """
CASE WHEN stays IS NULL THEN NULL WHEN list_contains({answers}, true) THEN true
WHEN len(list_filter({answers}, lambda a: a IS NULL)) > 0 THEN NULL ELSE false END
"""

STUDENT_YEARS = """
CREATE OR REPLACE TABLE student_years AS
WITH named AS (
    SELECT student, coalesce(race, 'not_reported') AS race,
        CASE WHEN gender IN ('F', 'M', 'X') THEN gender ELSE 'not_reported' END AS gender,
        -- What a family first told holds for the years before as well.
        CASE WHEN row_number() OVER (PARTITION BY student ORDER BY valid_from) = 1
            THEN DATE '1900-01-01' ELSE valid_from END AS valid_from
    FROM identities
    LEFT JOIN race_of USING (hispanic_told, races)
), dated AS (
    SELECT *, make_date(year - 1, 7, 1) AS year_starts, make_date(year, 6, 30) AS year_ends,
        row_number() OVER (PARTITION BY student, year
            ORDER BY latest DESC NULLS LAST, here DESC, school DESC) = 1 AS last
    FROM (
        SELECT p.*, r.school IS NOT NULL AS here,
            CASE WHEN p.year = school_year(today()) THEN coalesce(nullif(r.grade, ''), p.grade)
                ELSE p.grade END AS grade_then
        FROM places p LEFT JOIN roster r ON r.student = p.student AND r.school = p.school
    )
), held AS (
    SELECT d.student, d.year, {held}
    FROM (SELECT DISTINCT student, year, year_starts, year_ends FROM dated) d
    JOIN programs g ON g.student = d.student
        AND g.starts <= d.year_ends AND coalesce(g.ends, d.year_ends) >= d.year_starts
    GROUP BY ALL
)
SELECT d.student, d.school, d.year,
    coalesce(nullif(d.grade_then, ''), 'not_reported') AS grade,
    coalesce(n.race, 'not_reported') AS race,
    coalesce(n.gender, 'not_reported') AS gender,
    {programs},
    coalesce(nullif(split_part(lower(l.language), '-', 1), ''), 'not_reported') AS language,
    d.exempt, {stable} AS stable, d.last
FROM dated d
ASOF LEFT JOIN named n ON n.student = d.student AND n.valid_from <= d.year_ends
LEFT JOIN held h ON h.student = d.student AND h.year = d.year
LEFT JOIN languages l ON l.student = d.student
"""


def make_student_years(working: Any, today: date) -> None:
    """Table `student_years` of the working DuckDB."""
    working.raw_sql(PLACES)
    roll_up_races(working)
    working.raw_sql(
        STUDENT_YEARS.format(
            held=", ".join(f"bool_or(g.program = '{name}') AS {name}" for name in PROGRAMS),
            programs=", ".join(f"coalesce(h.{name}, false) AS {name}" for name in PROGRAMS),
            stable=_stable(today),
        )
    )


def _stable(today: date) -> str:
    codes = disqualifying_exits(today)
    judged = "NULL"
    if codes is not None:
        judged = f"s.exit_code NOT IN ({', '.join(repr(code) for code in sorted(codes)) or 'NULL'})"
    days = dated.value("stability", "consecutive_days", today)
    answers = ANSWERS.format(days=days, judged=judged)
    return STABLE.format(answers=answers)


def roll_up_races(working: Any) -> None:
    """Each way in which race and ethnicity were told, once, by the state's rule (rules/race.py)."""
    working.raw_sql(
        "ALTER TABLE identities ADD COLUMN IF NOT EXISTS hispanic_told VARCHAR;"
        "UPDATE identities SET hispanic_told = coalesce(hispanic::VARCHAR, ''), "
        "races = coalesce(races, '')"
    )
    found = working.raw_sql("SELECT DISTINCT hispanic_told, races FROM identities").fetchall()
    working.raw_sql(
        "CREATE OR REPLACE TABLE race_of (hispanic_told VARCHAR, races VARCHAR, race VARCHAR)"
    )
    for hispanic, races in found:
        race = _race(hispanic == "true", races.split())
        working.con.execute("INSERT INTO race_of VALUES (?, ?, ?)", [hispanic, races, race])


def _race(hispanic: bool, races: list[str]) -> str:
    try:
        return str(california(hispanic=hispanic, races=races))
    except UnknownRace:
        return "not_reported"
