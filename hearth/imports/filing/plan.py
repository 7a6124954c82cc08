"""What filing an extract would do, row by row, before it does it.

A temporary table for each table holds the rows that the file speaks of, with their fate: new,
changed, gone or same. The preview counts these rows and `apply` carries them out.
"""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import polars as pl
from django.db import connection

from hearth.imports.extracts import Extract
from hearth.imports.extracts.once import once
from hearth.imports.extracts.words import FAULTS
from hearth.imports.filing.known import Known, known_rows, meant_by, slices, tell_outside_year
from hearth.imports.filing.tables import Table
from hearth.imports.oneroster.findings import Findings
from hearth.imports.staging import copy_pieces

Step = Callable[[str, str], None]

ROW_ON_DISK = 110
FEW = 20
"""A file of less than a twentieth of the table asks for its rows one by one, by their key."""


class FilePlan:
    """Fills the temporary tables of one transaction. They are gone when it ends."""

    def __init__(self, extract: Extract, tables: Sequence[Table], step: Step) -> None:
        self.tables = tables
        self.findings = Findings(frozenset(FAULTS))
        self._counts: dict[str, dict[str, int]] = {}
        clear_away(tables)
        known = Known()
        for table in tables:
            frame = extract.frames[table.name]
            with connection.cursor() as cursor:
                step("staging", table.name)
                is_empty = _is_empty(cursor, table)
                pieces = self._pieces(frame, table, known)
                if is_empty and not table.reached and not table.pointed_at:
                    self._all_new(cursor, table, pieces)
                else:
                    self._compare(cursor, table, pieces, step)
        self.faults, self.notes = self.findings.split()

    def _pieces(self, frame: pl.DataFrame, table: Table, known: Known) -> Iterator[pl.DataFrame]:
        """The rows as the table wants them, some at a time; who is not known is left out.

        Everything is asked of the database before the first row goes to it.
        """
        meant = meant_by(frame, known)
        if meant is None:
            return slices(frame)
        wanted = table.staged or table.keys
        placed = "school_id" in wanted
        meant.tell(frame, self.findings, placed=placed)
        if "day" in table.keys:
            tell_outside_year(frame, self.findings)
        needed = [*meant.finds, *(["school_id"] if placed else [])]
        if meant.may_double(frame):
            # Two ways to write one number or one school: what was said once may stand here twice.
            whole = known_rows(meant.beside(frame), needed)
            return slices(once(whole, list(wanted), list(table.values), self.findings))
        return (known_rows(meant.beside(piece), needed) for piece in slices(frame))

    def _all_new(self, cursor: Any, table: Table, pieces: Iterator[pl.DataFrame]) -> None:
        """Into an empty table everything is new: nothing to compare, and nothing copied twice."""
        columns = {**table.columns, "line": "integer"}
        copy_pieces(f"plan_{table.name}", pieces, columns)
        cursor.execute(
            f"ALTER TABLE plan_{table.name} ADD COLUMN id bigint, "
            "ADD COLUMN fate text NOT NULL DEFAULT 'new'"
        )
        cursor.execute(f"SELECT count(*) FROM plan_{table.name}")
        self._counts[table.name] = {
            "new": cursor.fetchone()[0], "changed": 0, "gone": 0, "same": 0, "before": 0,
        }  # fmt: skip

    def _compare(
        self, cursor: Any, table: Table, pieces: Iterator[pl.DataFrame], step: Step
    ) -> None:
        columns = {**(table.staged or table.keys), **table.values, "line": "integer"}
        copy_pieces(f"staged_{table.name}", pieces, columns)
        step("comparing", table.name)
        cursor.execute(f"SELECT count(*) FROM staged_{table.name}")
        staged = cursor.fetchone()[0]
        cursor.execute(_way_to_meet(cursor, table, staged))
        cursor.execute(_compared(table))
        cursor.execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; "
                       "SET LOCAL enable_nestloop = on")  # fmt: skip
        if table.whole:
            cursor.execute(_gone(table))
        self._counts[table.name] = _counted(cursor, table, staged)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table have which fate, beside how many stand there now."""
        return self._counts

    @property
    def totals(self) -> dict[tuple[str, str], int]:
        return dict(self.findings.totals)


def clear_away(tables: Sequence[Table]) -> None:
    """Take away the tables of an earlier plan in the same transaction."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in (f"staged_{table.name}", f"plan_{table.name}"):
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")


def _is_empty(cursor: Any, table: Table) -> bool:
    cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {table.table})")
    return bool(cursor.fetchone()[0])


def _way_to_meet(cursor: Any, table: Table, staged: int) -> str:
    """PostgreSQL guesses badly how many rows of a district it will find, so it is told."""
    cursor.execute("SELECT pg_relation_size(%s::regclass)", [table.table])
    standing = cursor.fetchone()[0] / ROW_ON_DISK
    if staged * FEW < standing:
        return "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
    return "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"


def _compared(table: Table) -> str:
    key = "t.id"
    if table.pointed_at:
        key = f"coalesce(t.id, nextval('{table.table}_id_seq'::regclass))"
    keys = {key: f"s.{key}" for key in table.keys}
    if table.reached:
        keys["incident_id"] = "i.id"
    said = ", ".join(f"{says} AS {column}" for column, says in keys.items())
    values = ", ".join(f"s.{column}" for column in table.values)
    # An index answers only an equals sign; a key that may be blank is asked about in two ways.
    meets = " AND ".join(_meets(column, says, table) for column, says in keys.items())
    return f"""
        CREATE TEMP TABLE plan_{table.name} ON COMMIT DROP AS
        SELECT * FROM (
            SELECT {said}, {values}, s.line, {key} AS id, {_fate(table)} AS fate
            FROM staged_{table.name} s {table.reached}
            LEFT JOIN {table.table} t ON {meets}
        ) x {"" if table.pointed_at else "WHERE fate <> 'same'"}
    """


def _meets(column: str, says: str, table: Table) -> str:
    if column in ("result", "starts") and table.reached:
        return f"(t.{column} = {says} OR (t.{column} IS NULL AND {says} IS NULL))"
    return f"t.{column} = {says}"


def _fate(table: Table) -> str:
    stands = ", ".join(f"t.{column}" for column in table.values)
    said = ", ".join(f"s.{column}" for column in table.values)
    return (
        "CASE WHEN t.id IS NULL THEN 'new' "
        f"WHEN ROW({stands}) IS DISTINCT FROM ROW({said}) THEN 'changed' ELSE 'same' END"
    )


def _gone(table: Table) -> str:
    """A file with the last word: what it leaves out is gone."""
    keys = ", ".join(table.keys)
    keys_of = ", ".join(f"t.{key}" for key in table.keys)
    return f"""
        INSERT INTO plan_{table.name} (id, fate, {keys})
        SELECT t.id, 'gone', {keys_of} FROM {table.table} t
        WHERE {table.whole} AND NOT EXISTS ({_stays(table)})
    """


def _stays(table: Table) -> str:
    """The row of the file that speaks of `t`; empty, and it is gone."""
    own = [key for key in table.keys if not (table.reached and key == "incident_id")]
    same = " AND ".join(f"s.{key} IS NOT DISTINCT FROM t.{key}" for key in own)
    if table.reached:
        same += " AND i.id = t.incident_id"
    return f"SELECT FROM staged_{table.name} s {table.reached} WHERE {same}"


def _counted(cursor: Any, table: Table, staged: int) -> dict[str, int]:
    cursor.execute(f"SELECT fate, count(*) FROM plan_{table.name} GROUP BY fate")
    fates = {"new": 0, "changed": 0, "gone": 0, **dict(cursor.fetchall())}
    if "same" not in fates:
        fates["same"] = staged - fates["new"] - fates["changed"]
    before = fates["same"] + fates["changed"] + fates["gone"]
    return {**fates, "before": before}
