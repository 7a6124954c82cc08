"""What loading a directory would do, row by row, before it does it.

For each shelf `plan_…` holds every row the package speaks of, with the key it has or will have and
its fate: new, changed, gone or same. The preview counts them, `apply` carries them out.

Of a source that has no row yet on a shelf, all are new: there `plan_…` is a view of what was
staged, and no row is written a second time before it stands where it belongs.
"""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Collection
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
        self.known: set[str] = set()
        clear_away()
        with connection.cursor() as cursor:
            cursor.execute(WHOLE_TABLES)
            for shelf in SHELVES:
                step("staging", shelf.name)
                self._stage(cursor, shelf, package.frames[shelf.name])
                step("comparing", shelf.name)
                if shelf.name in self.known:
                    self._compare(cursor, shelf)
                else:
                    cursor.execute(self._all_new(shelf))

    def _stage(self, cursor: Any, shelf: Shelf, frame: pl.DataFrame) -> None:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {shelf.table} WHERE source = %s)", [self.source]
        )
        own = None
        if cursor.fetchone()[0]:
            self.known.add(shelf.name)
        else:
            own = {"id": f"bigint DEFAULT {_next(shelf)}"}
        copy_frame(f"staged_{shelf.name}", frame, shelf.staged, own)

    def _keys_of(self, shelf: str) -> str:
        """Where the key of each row of this shelf stands beside its `source_id`."""
        return f"plan_{shelf}" if shelf in self.known else f"staged_{shelf}"

    def _joined(self, shelf: Shelf, keys: Collection[str]) -> str:
        return "".join(
            f" LEFT JOIN {self._keys_of(shelf.keys[key])} {key}_of ON {key}_of.source_id = s.{key}"
            for key in keys
        )

    def _all_new(self, shelf: Shelf) -> str:
        said = {key: f"{key}_of.id" for key in shelf.keys}
        said |= {column: _value(shelf, column, known=False) for column in shelf.values}
        columns = ", ".join(f"{says} AS {column}" for column, says in said.items())
        also = "".join(f", s.{column}" for column in shelf.also)
        return (
            f"CREATE TEMP VIEW plan_{shelf.name} AS SELECT s.id, 'new'::text AS fate, s.source_id, "
            f"s.line{also}, {columns} FROM staged_{shelf.name} s{self._joined(shelf, shelf.keys)}"
        )

    def _compare(self, cursor: Any, shelf: Shelf) -> None:
        cursor.execute(self._compared(shelf), {"source": self.source})
        if "parent_id" in shelf.keys:
            cursor.execute(_under(shelf))
        cursor.execute(_gone(shelf), {"source": self.source})
        cursor.execute(f"ANALYZE plan_{shelf.name} (id, source_id, fate)")

    def _compared(self, shelf: Shelf) -> str:
        """The rows of the file beside those that stand."""
        # A category's parent is compared afterwards: it may be new itself.
        keys = [key for key, to in shelf.keys.items() if to != shelf.name]
        values = {column: _value(shelf, column, known=True) for column in shelf.values}
        compared = {**{key: f"{key}_of.id" for key in keys}, **values}
        said = {**dict.fromkeys(shelf.keys, "NULL::bigint"), **compared}
        columns = ", ".join(f"{says} AS {column}" for column, says in said.items())
        also = "".join(f", s.{column}" for column in shelf.also)
        parent = ", s.parent_id AS parent" if "parent_id" in shelf.keys else ""
        stands = ", ".join(f"t.{column}" for column in compared)
        same = " AND ".join(f"t.{column} = s.{column}" for column in ("source_id", *shelf.also))
        return f"""
            CREATE TEMP TABLE plan_{shelf.name} ON COMMIT DROP AS
            SELECT coalesce(t.id, {_next(shelf)}) AS id,
                CASE WHEN t.id IS NULL THEN 'new'
                    WHEN t.gone_on IS NOT NULL
                        OR ROW({stands}) IS DISTINCT FROM ROW({", ".join(compared.values())})
                    THEN 'changed' ELSE 'same' END AS fate,
                s.source_id, s.line{also}{parent}, {columns}
            FROM staged_{shelf.name} s{self._joined(shelf, keys)}
            LEFT JOIN {shelf.table} t ON t.source = %(source)s AND {same}
        """

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table have which fate, beside how many stand there now."""
        with connection.cursor() as cursor:
            return {shelf.name: self._count(cursor, shelf) for shelf in SHELVES}

    def _count(self, cursor: Any, shelf: Shelf) -> dict[str, int]:
        fates = {"new": 0, "changed": 0, "gone": 0, "same": 0}
        if shelf.name not in self.known:
            cursor.execute(f"SELECT count(*) FROM staged_{shelf.name}")
            return {**fates, "new": cursor.fetchone()[0], "before": 0}
        cursor.execute(f"SELECT fate, count(*) FROM plan_{shelf.name} GROUP BY fate")
        fates |= dict(cursor.fetchall())
        cursor.execute(
            f"SELECT count(*) FROM {shelf.table} t WHERE t.source = %s AND t.gone_on IS NULL",
            [self.source],
        )
        return {**fates, "before": cursor.fetchone()[0]}


def clear_away() -> None:
    """Take away what an earlier plan left in the same transaction: its views go with its tables."""
    with connection.cursor() as cursor:
        for name in ("staged", "plan"):
            for shelf in SHELVES:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}_{shelf.name} CASCADE")


def _next(shelf: Shelf) -> str:
    return f"nextval('{shelf.table}_id_seq'::regclass)"


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
