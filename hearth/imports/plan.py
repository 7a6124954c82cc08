"""What a load would do, row by row, before it does it.

For each target a temporary table holds every row the file speaks of, with the key it has or will
have, and its fate: new, changed, gone, same, or skip. The preview counts these rows and the load
carries them out; neither decides anything of its own.
"""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Callable
from typing import Any

import polars as pl
from django.db import connection

from hearth.imports.oneroster import Checked
from hearth.imports.staging import STAGES, copy_frame, stage_all
from hearth.imports.tables import KNOWN, TARGETS, WHO_KNOWS, Target

Step = Callable[[str, str], None]

# Whole tables meet here, and PostgreSQL guesses how many rows of a district it will find: a guess
# of one makes it walk through the table for every row of the file.
WHOLE_TABLES = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"

# People absorbed by a merge, under the ids that files still call them by.
SURVIVORS = """
CREATE TEMP TABLE survivors ON COMMIT DROP AS
WITH RECURSIVE climbing AS (
    SELECT source_id, merged_into_id AS id FROM people_person WHERE merged_into_id IS NOT NULL
    UNION ALL
    SELECT climbing.source_id, p.merged_into_id FROM climbing JOIN people_person p USING (id)
    WHERE p.merged_into_id IS NOT NULL
)
SELECT climbing.source_id, id FROM climbing JOIN people_person p USING (id)
WHERE climbing.source_id <> '' AND p.merged_into_id IS NULL
"""

SECTION_DAYS = """
CREATE TEMP TABLE section_days ON COMMIT DROP AS
SELECT s.source_id, min(term.starts) AS starts, max(term.ends) AS ends
FROM staged_section_terms s
JOIN (
    SELECT source_id, starts, ends FROM staged_sessions WHERE NOT gone
    UNION ALL
    SELECT source_id, starts, ends FROM schools_session t WHERE source_id <> ''
        AND NOT EXISTS (SELECT FROM staged_sessions n WHERE n.source_id = t.source_id)
) term ON term.source_id = s.session
GROUP BY s.source_id
"""


class Plan:
    """Fills the temporary tables of one transaction. They are gone when it ends."""

    def __init__(self, checked: Checked, step: Step) -> None:
        self.modes = checked.manifest.modes
        clear_away()
        self.carried = stage_all(checked.frames, lambda name: step("staging", name))
        with connection.cursor() as cursor:
            cursor.execute(WHOLE_TABLES)
            cursor.execute(SURVIVORS)
            cursor.execute("SELECT EXISTS (SELECT FROM survivors)")
            self.merged: bool = cursor.fetchone()[0]
            self.unknown = unknown_references(cursor, checked)
            cursor.execute(SECTION_DAYS)
            for target in TARGETS:
                step("comparing", target.name)
                self._plan(cursor, target)

    def _plan(self, cursor: Any, target: Target) -> None:
        cursor.execute(self._compared(target))
        if self.modes.get(target.stem) == "bulk":
            cursor.execute(missing(target))
        cursor.execute(f"ANALYZE plan_{target.name} (id, source_id, fate)")

    def _compared(self, target: Target) -> str:
        carried = self.carried[target.stage]
        values = {column: value.sql(column, carried) for column, value in target.values.items()}
        named = "".join(f", {said} AS {column}" for column, said in values.items())
        once = self._once(target)
        return f"""
            CREATE TEMP TABLE plan_{target.name} ON COMMIT DROP AS
            SELECT {key_of(target)} AS id, fate, source_id, line, absorbed
                {"".join(f", {column}" for column in values)}
            FROM (
                SELECT {once} x.*, {FATE} AS fate FROM (
                    SELECT t.{target.key} AS old, s.source_id, s.line, s.gone,
                        {gone_on(target)} AS gone_on,
                        {absorbed(target)} AS absorbed,
                        coalesce({target.from_file}, false) AS ours,
                        {survivor(target)} AS survivor,
                        {fits(target)} AS fits, {blank(target)} AS blank,
                        {differs(values)} AS differs {named}
                    FROM staged_{target.stage} s
                    {"".join(self._reference(*r) for r in references(target))}
                    LEFT JOIN {target.table} t ON {target.match}
                    {target.joins}
                    {
            "LEFT JOIN survivors ON survivors.source_id = s.source_id"
            if target.name == "people"
            else ""
        }
                    WHERE {target.only}
                ) x
            ) y
        """

    def _once(self, target: Target) -> str:
        """Two ids of one merged person may say the same thing twice."""
        if target.name == "guardianships" and self.merged:
            return "DISTINCT ON (x.student_id, x.guardian_id)"
        return ""

    def _reference(self, name: str, column: str, to: str) -> str:
        joined = (
            f" LEFT JOIN plan_{to} {name}_new ON {name}_new.source_id = s.{column}"
            f" AND {name}_new.fate <> 'skip'"
        )
        known, survives = f"{name}_new.id", f"coalesce({name}_new.absorbed, false)"
        if self.merged or self.modes.get(TO_STEM[to]) != "bulk":
            joined += (
                f" LEFT JOIN ({KNOWN[to]}) {name}_old ON {name}_new.id IS NULL"
                f" AND {name}_old.source_id = s.{column}"
            )
            known = f"coalesce({name}_new.id, {name}_old.id)"
        return joined + (
            f" CROSS JOIN LATERAL (SELECT {known} AS id, {survives} AS absorbed) {name}"
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table have which fate, beside how many stand there now."""
        with connection.cursor() as cursor:
            return {target.name: count(cursor, target) for target in TARGETS}


def clear_away() -> None:
    """Take away the tables of an earlier plan in the same transaction."""
    names = [f"staged_{stage.name}" for stage in STAGES]
    names += [f"plan_{target.name}" for target in TARGETS]
    names += ["staged_open", "survivors", "section_days"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")


def unknown_references(cursor: Any, checked: Checked) -> list[tuple[str, int, str, str, str]]:
    """File, line, column, target and value of each reference that not even the database knows.

    Hearth keeps no courses, so a section may name one that only its own system knows.
    """
    asked = checked.open_references.filter(pl.col("target") != "courses")
    if asked.is_empty():
        return []
    columns = {
        "file": "text",
        "line": "bigint",
        "column": "text",
        "target": "text",
        "value": "text",
    }
    copy_frame("staged_open", asked, columns)
    known = " UNION ALL ".join(
        f"SELECT '{target}' AS target, source_id FROM ({found}) {target}_known"
        for target, found in WHO_KNOWS.items()
    )
    cursor.execute(
        f"SELECT * FROM staged_open s WHERE NOT EXISTS (SELECT FROM ({known}) known "
        "WHERE known.target = s.target AND known.source_id = s.value) "
        "ORDER BY file, line LIMIT 1000"
    )
    rows: list[tuple[str, int, str, str, str]] = cursor.fetchall()
    return rows


TO_STEM = {target.name: target.stem for target in TARGETS}

# A row that people made in Hearth, or that a merge took in, is never changed by a file.
FATE = """
CASE
    WHEN x.old IS NULL AND (x.gone OR x.blank OR x.absorbed OR NOT x.fits) THEN 'skip'
    WHEN x.old IS NULL THEN 'new'
    WHEN x.absorbed OR NOT x.ours THEN 'same'
    WHEN (x.gone OR x.blank) AND x.gone_on IS NULL THEN 'gone'
    WHEN x.gone OR x.blank OR NOT x.fits THEN 'same'
    WHEN x.gone_on IS NOT NULL OR x.differs THEN 'changed'
    ELSE 'same'
END
"""


def key_of(target: Target) -> str:
    """The key a row has; a new one gets its key now, so that others can point to it."""
    if target.is_role:
        return "coalesce(old, survivor)"
    # Named outright: looked up for each row, the sequence cost more than all the rest.
    sequence = f"nextval('{target.table}_id_seq'::regclass)"
    return f"coalesce(survivor, old, CASE WHEN fate = 'new' THEN {sequence} END)"


def survivor(target: Target) -> str:
    if target.is_role:
        return "person.id"
    return "survivors.id" if target.name == "people" else "NULL::bigint"


def absorbed(target: Target) -> str:
    if target.name == "people":
        return "(survivors.id IS NOT NULL)"
    return "person.absorbed" if target.is_role or target.dated else "false"


def gone_on(target: Target) -> str:
    return "t.valid_to" if target.dated else "t.gone_on"


def fits(target: Target) -> str:
    """Whether what the row cannot be without is there; an old row already has it."""
    there = [f"{name}.id IS NOT NULL" for name in target.needs]
    if target.name == "students":
        there = ["person.id IS NOT NULL", "(school.id IS NOT NULL OR t.person_id IS NOT NULL)"]
    return " AND ".join(there) or "true"


def blank(target: Target) -> str:
    """A family that reported nothing has no identity row."""
    if not target.dated:
        return "false"
    return "(s.gender IS NULL AND s.hispanic IS NULL AND cardinality(s.races) = 0)"


def differs(values: dict[str, str]) -> str:
    if not values:
        return "false"
    now = ", ".join(f"t.{column}" for column in values)
    return f"(ROW({now}) IS DISTINCT FROM ROW({', '.join(values.values())}))"


def references(target: Target) -> list[tuple[str, str, str]]:
    """The references whose columns the stage has."""
    return [
        (name, column, to)
        for name, (column, to) in target.refers.items()
        if name in target.needs or any(f"{name}.id" in v.said for v in target.values.values())
    ]


def missing(target: Target) -> str:
    """A whole list has the last word: what it leaves out is gone."""
    still = "t.valid_to IS NULL" if target.dated else "t.gone_on IS NULL"
    return f"""
        INSERT INTO plan_{target.name} (id, fate, absorbed)
        SELECT t.{target.key}, 'gone', false FROM {target.table} t
        WHERE {still} AND {target.from_file}
            AND NOT EXISTS (SELECT FROM plan_{target.name} p WHERE p.id = t.{target.key})
    """


def count(cursor: Any, target: Target) -> dict[str, int]:
    cursor.execute(
        f"SELECT fate, count(*) FROM plan_{target.name} WHERE fate <> 'skip' GROUP BY fate"
    )
    fates = {"new": 0, "changed": 0, "gone": 0, "same": 0, **dict(cursor.fetchall())}
    still = "t.valid_to IS NULL" if target.dated else "t.gone_on IS NULL"
    cursor.execute(f"SELECT count(*) FROM {target.table} t WHERE {still} AND {target.from_file}")
    return {**fates, "before": cursor.fetchone()[0]}
