"""What loading a directory would do, row by row, before it does it.

For each shelf a temporary table holds every row the package speaks of, with the key it has or will
have and its fate: new, changed, gone or same. The preview counts them, `apply` carries them out.
"""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from typing import Any

import polars as pl
from django.db import connection

from hearth.imports.extracts import Extract
from hearth.imports.oneroster.findings import Fault
from hearth.imports.plan import WHOLE_TABLES, Step
from hearth.imports.shelves import SHELVES, Shelf
from hearth.imports.staging import copy_frame


class DirectoryPlan:
    """Fills the temporary tables of one transaction. They are gone when it ends."""

    faults: list[Fault] = []
    notes: list[Fault] = []
    totals: dict[tuple[str, str], int] = {}

    def __init__(self, package: Extract, source: str, step: Step) -> None:
        self.source = source
        clear_away()
        with connection.cursor() as cursor:
            cursor.execute(WHOLE_TABLES)
            for shelf in SHELVES:
                step("staging", shelf.name)
                self._stage(shelf, package.frames[shelf.name])
                step("comparing", shelf.name)
                self._compare(cursor, shelf)

    def _stage(self, shelf: Shelf, frame: pl.DataFrame) -> None:
        copy_frame(f"staged_{shelf.name}", frame, shelf.staged)

    def _compare(self, cursor: Any, shelf: Shelf) -> None:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {shelf.table} WHERE source = %s)", [self.source]
        )
        known = bool(cursor.fetchone()[0])
        cursor.execute(_compared(shelf, known=known), {"source": self.source})
        if "parent_id" in shelf.keys:
            cursor.execute(_under(shelf))
        if known:
            cursor.execute(_gone(shelf), {"source": self.source})
        cursor.execute(f"ANALYZE plan_{shelf.name} (id, source_id, fate)")

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table have which fate, beside how many stand there now."""
        with connection.cursor() as cursor:
            return {shelf.name: _count(cursor, shelf, self.source) for shelf in SHELVES}


def clear_away() -> None:
    """Take away the tables of an earlier plan in the same transaction."""
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            for name in (f"staged_{shelf.name}", f"plan_{shelf.name}"):
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")


def _compared(shelf: Shelf, *, known: bool) -> str:
    """The rows of the file beside those that stand; of a source that is new, all are new."""
    joins, keys = "", {}
    for key, to in shelf.keys.items():
        if to == shelf.name:
            keys[key] = "NULL::bigint"
            continue
        keys[key] = f"{key}_of.id"
        joins += f" LEFT JOIN plan_{to} {key}_of ON {key}_of.source_id = s.{key}"
    values = {column: _value(shelf, column, known=known) for column in shelf.values}
    said = {**keys, **values}
    columns = ", ".join(f"{says} AS {column}" for column, says in said.items())
    also = "".join(f", s.{column}" for column in shelf.also)
    parent = ", s.parent_id AS parent" if "parent_id" in shelf.keys else ""
    sequence = f"nextval('{shelf.table}_id_seq'::regclass)"
    if not known:
        return (
            f"CREATE TEMP TABLE plan_{shelf.name} ON COMMIT DROP AS SELECT {sequence} AS id, "
            f"'new' AS fate, s.source_id, s.line{also}{parent}, {columns} "
            f"FROM staged_{shelf.name} s{joins}"
        )
    # A category's parent is compared afterwards: it may be new itself.
    compared = {column: says for column, says in said.items() if column != "parent_id"}
    stands = ", ".join(f"t.{column}" for column in compared)
    same = " AND ".join(f"t.{column} = s.{column}" for column in ("source_id", *shelf.also))
    return f"""
        CREATE TEMP TABLE plan_{shelf.name} ON COMMIT DROP AS
        SELECT coalesce(t.id, {sequence}) AS id,
            CASE WHEN t.id IS NULL THEN 'new'
                WHEN t.gone_on IS NOT NULL
                    OR ROW({stands}) IS DISTINCT FROM ROW({", ".join(compared.values())})
                THEN 'changed' ELSE 'same' END AS fate,
            s.source_id, s.line{also}{parent}, {columns}
        FROM staged_{shelf.name} s{joins}
        LEFT JOIN {shelf.table} t ON t.source = %(source)s AND {same}
    """


def _value(shelf: Shelf, column: str, *, known: bool) -> str:
    says = f"s.{column}"
    if shelf.values[column] == "jsonb":
        says = f"jsonb_strip_nulls({says})"
    if not known:
        return says
    if column == "verified_on":
        # Whoever looked last knows best: the source, or somebody here.
        return f"greatest(t.verified_on, {says})"
    if shelf.corrects:
        return f"CASE WHEN '{column}' = ANY(t.corrected) THEN t.{column} ELSE {says} END"
    return says


def _under(shelf: Shelf) -> str:
    return f"""
        UPDATE plan_{shelf.name} p SET parent_id = q.id,
            fate = CASE WHEN p.fate = 'same' AND q.id IS DISTINCT FROM
                (SELECT t.parent_id FROM {shelf.table} t WHERE t.id = p.id)
                THEN 'changed' ELSE p.fate END
        FROM plan_{shelf.name} p2 LEFT JOIN plan_{shelf.name} q ON q.source_id = p2.parent
        WHERE p2.id = p.id
    """


def _gone(shelf: Shelf) -> str:
    """The file has the last word about the rows of its source: what it leaves out is gone."""
    return f"""
        INSERT INTO plan_{shelf.name} (id, fate, source_id{"".join(f", {c}" for c in shelf.also)})
        SELECT t.id, 'gone', t.source_id{"".join(f", t.{c}" for c in shelf.also)}
        FROM {shelf.table} t
        WHERE t.source = %(source)s AND t.gone_on IS NULL AND t.source_id <> ''
            AND NOT EXISTS (SELECT FROM plan_{shelf.name} p WHERE p.id = t.id)
    """


def _count(cursor: Any, shelf: Shelf, source: str) -> dict[str, int]:
    cursor.execute(f"SELECT fate, count(*) FROM plan_{shelf.name} GROUP BY fate")
    fates = {"new": 0, "changed": 0, "gone": 0, "same": 0, **dict(cursor.fetchall())}
    cursor.execute(
        f"SELECT count(*) FROM {shelf.table} t WHERE t.source = %s AND t.gone_on IS NULL", [source]
    )
    return {**fates, "before": cursor.fetchone()[0]}
