"""Carry out a plan of filing, remember what stood before, and put it back."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Sequence
from typing import Any

from django.db import connection

from hearth.imports.apply import Load
from hearth.imports.filing.tables import Table
from hearth.imports.models import Before, ImportRun
from hearth.imports.plan import Step


def carry_out(tables: Sequence[Table], load: Load, step: Step) -> None:
    """What others point at is written first and taken away last."""
    with connection.cursor() as cursor:
        for table in reversed(tables):
            step("writing", table.name)
            _remember(cursor, table, load)
            cursor.execute(
                f"DELETE FROM {table.table} t USING plan_{table.name} p "
                "WHERE p.id = t.id AND p.fate = 'gone'"
            )
        for table in tables:
            step("writing", table.name)
            _change(cursor, table)
            _bring(cursor, table, load)


def _remember(cursor: Any, table: Table, load: Load) -> None:
    """Of a changed row what changes; of one that goes, all of it."""
    values = ", ".join(f"'{column}', t.{column}" for column in table.values)
    cursor.execute(
        f"""
        INSERT INTO imports_before (district_id, run_id, "table", row_id, row)
        SELECT %s, %s, %s, t.id,
            CASE WHEN p.fate = 'gone' THEN to_jsonb(t) ELSE jsonb_build_object({values}) END
        FROM {table.table} t JOIN plan_{table.name} p ON p.id = t.id
        WHERE p.fate IN ('changed', 'gone')
        """,
        [load.district, load.run, table.name],
    )


def _change(cursor: Any, table: Table) -> None:
    values = ", ".join(f"{column} = p.{column}" for column in table.values)
    cursor.execute(
        f"UPDATE {table.table} t SET {values} FROM plan_{table.name} p "
        "WHERE p.id = t.id AND p.fate = 'changed'"
    )


def _bring(cursor: Any, table: Table, load: Load) -> None:
    columns = ", ".join([*table.columns, *(["id"] if table.pointed_at else [])])
    cursor.execute(
        f"INSERT INTO {table.table} (district_id, arrived_with, {columns}) "
        f"SELECT %s, %s, {columns} FROM plan_{table.name} WHERE fate = 'new'",
        [load.district, load.run],
    )


def put_back(tables: Sequence[Table], run: ImportRun) -> None:
    """Take away what the run brought, and write back what it changed or took away."""
    with connection.cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {table.table} WHERE arrived_with = %s", [run.pk])
        for table in tables:
            values = ", ".join(f"{column} = was.{column}" for column in table.values)
            was = f"jsonb_populate_record(NULL::{table.table}, b.row) was"
            cursor.execute(
                f"UPDATE {table.table} t SET {values} FROM imports_before b, {was} "
                'WHERE b.run_id = %s AND b."table" = %s AND t.id = b.row_id',
                [run.pk, table.name],
            )
            cursor.execute(
                f"INSERT INTO {table.table} SELECT was.* FROM imports_before b, {was} "
                'WHERE b.run_id = %s AND b."table" = %s AND NOT EXISTS '
                f"(SELECT FROM {table.table} t WHERE t.id = b.row_id)",
                [run.pk, table.name],
            )
    Before.objects.filter(run=run).delete()
