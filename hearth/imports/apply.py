"""Carry out a plan: a handful of statements for each table, whatever the number of rows."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hearth.imports.plan import Step
from hearth.imports.tables import TARGETS, Target


@dataclass(frozen=True)
class Load:
    """Which run loads, for which district, on which day."""

    run: int
    district: int
    today: date


def carry_out(load: Load, step: Step) -> None:
    with connection.cursor() as cursor:
        for target in TARGETS:
            step("writing", target.name)
            _remember(cursor, target, load)
            _end(cursor, target, load)
            _change(cursor, target, load)
            _bring(cursor, target, load)


def _remember(cursor: Any, target: Target, load: Load) -> None:
    """Keep each row as it is now, for undo."""
    cursor.execute(
        f"""
        INSERT INTO imports_before (district_id, run_id, "table", row_id, row)
        SELECT %s, %s, %s, t.{target.key}, to_jsonb(t)
        FROM {target.table} t JOIN plan_{target.name} p ON p.id = t.{target.key}
        WHERE p.fate IN ('changed', 'gone')
        """,
        [load.district, load.run, target.name],
    )


def _end(cursor: Any, target: Target, load: Load) -> None:
    """What is dated ends when it changes, too: the new value opens a row of its own."""
    column, fates = ("valid_to", "('gone', 'changed')") if target.dated else ("gone_on", "('gone')")
    cursor.execute(
        f"UPDATE {target.table} t SET {column} = %s FROM plan_{target.name} p "
        f"WHERE p.id = t.{target.key} AND p.fate IN {fates}",
        [load.today],
    )


def _change(cursor: Any, target: Target, load: Load) -> None:
    if target.dated:
        return
    values = "".join(f"{column} = p.{column}, " for column in target.values)
    cursor.execute(
        f"UPDATE {target.table} t SET {values} gone_on = NULL FROM plan_{target.name} p "
        f"WHERE p.id = t.{target.key} AND p.fate = 'changed'"
    )


def _bring(cursor: Any, target: Target, load: Load) -> None:
    set_once = {**target.at_first, **({} if target.is_role or target.dated else SOURCE)}
    key = {} if target.dated else {target.key: "id"}
    dated = {"valid_from": "%(today)s"} if target.dated else {}
    columns = {
        **key,
        **{column: column for column in target.values},
        **set_once,
        **dated,
        "district_id": "%(district)s",
        "arrived_with": "%(run)s",
    }
    fates = "('new', 'changed')" if target.dated else "('new')"
    cursor.execute(
        f"INSERT INTO {target.table} ({', '.join(columns)}) "
        f"SELECT {', '.join(columns.values())} FROM plan_{target.name} WHERE fate IN {fates}",
        {"today": load.today, "district": load.district, "run": load.run},
    )


SOURCE = {"source_id": "source_id"}
