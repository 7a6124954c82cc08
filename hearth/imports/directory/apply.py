"""Carry out the plan of a directory, remember what stood before, and put it back."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from typing import Any

from django.db import connection

from hearth.imports.apply import Load
from hearth.imports.models import Before, ImportRun
from hearth.imports.plan import Step
from hearth.imports.preview import KEPT, forget_samples
from hearth.imports.shelves import SHELVES, Shelf
from hearth.partners.actions.listing import forget_listings, renew_listings


def carry_out(source: str, load: Load, step: Step) -> None:
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            step("writing", shelf.name)
            _remember(cursor, shelf, load)
            _end(cursor, shelf, load)
            _change(cursor, shelf)
            _bring(cursor, shelf, source, load)
    step("writing", "listings")
    renew_listings(district_id=load.district)


def _remember(cursor: Any, shelf: Shelf, load: Load) -> None:
    columns = ", ".join(f"'{column}', t.{column}" for column in (*shelf.written, "gone_on"))
    cursor.execute(
        f"""
        INSERT INTO imports_before (district_id, run_id, "table", row_id, row)
        SELECT %s, %s, %s, t.id, jsonb_build_object({columns})
        FROM {shelf.table} t JOIN plan_{shelf.name} p ON p.id = t.id
        WHERE p.fate IN ('changed', 'gone')
        """,
        [load.district, load.run, shelf.name],
    )


def _end(cursor: Any, shelf: Shelf, load: Load) -> None:
    cursor.execute(
        f"UPDATE {shelf.table} t SET gone_on = %s FROM plan_{shelf.name} p "
        "WHERE p.id = t.id AND p.fate = 'gone'",
        [load.today],
    )


def _change(cursor: Any, shelf: Shelf) -> None:
    values = "".join(f"{column} = p.{column}, " for column in shelf.written)
    cursor.execute(
        f"UPDATE {shelf.table} t SET {values} gone_on = NULL FROM plan_{shelf.name} p "
        "WHERE p.id = t.id AND p.fate = 'changed'"
    )


def _bring(cursor: Any, shelf: Shelf, source: str, load: Load) -> None:
    own = ["id", "source_id", *shelf.also, *shelf.written]
    corrected = {"corrected": "'{}'"} if shelf.corrects else {}
    columns = ", ".join([*own, *corrected])
    values = ", ".join([*own, *corrected.values()])
    cursor.execute(
        f"INSERT INTO {shelf.table} (district_id, arrived_with, source, {columns}) "
        f"SELECT %s, %s, %s, {values} FROM plan_{shelf.name} WHERE fate = 'new'",
        [load.district, load.run, source],
    )


def put_back(run: ImportRun) -> None:
    """Take away what the run brought, and write back what it changed or let go."""
    forget_listings(arrived_with=run.pk)
    with connection.cursor() as cursor:
        for shelf in reversed(SHELVES):
            columns = [*shelf.written, "gone_on"]
            values = ", ".join(f"{column} = was.{column}" for column in columns)
            cursor.execute(
                f"UPDATE {shelf.table} t SET {values} FROM imports_before b, "
                f"jsonb_populate_record(NULL::{shelf.table}, b.row) was "
                'WHERE b.run_id = %s AND b."table" = %s AND t.id = b.row_id',
                [run.pk, shelf.name],
            )
            cursor.execute(f"DELETE FROM {shelf.table} WHERE arrived_with = %s", [run.pk])
    Before.objects.filter(run=run).delete()
    renew_listings(district_id=run.district_id)


def keep_samples(run: ImportRun) -> None:
    """The first rows of each fate, to be looked at before they are loaded."""
    forget_samples(run)
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            for fate in ("new", "changed", "gone"):
                cursor.execute(
                    _samples(shelf), [run.district_id, run.pk, shelf.name, fate, fate, KEPT]
                )


def _samples(shelf: Shelf) -> str:
    pairs = ", ".join(
        f"'{column}', jsonb_build_array(t.{column}, p.{column})" for column in shelf.written
    )
    label = f"left(coalesce({shelf.label}, {shelf.label.replace('p.', 't.')}, p.source_id), 1000)"
    return f"""
        INSERT INTO imports_sample (district_id, run_id, "table", fate, number, line, label, cells)
        SELECT %s, %s, %s, %s, row_number() OVER (), p.line, {label}, jsonb_build_object({pairs})
        FROM (SELECT * FROM plan_{shelf.name} WHERE fate = %s ORDER BY line, id LIMIT %s) p
        LEFT JOIN {shelf.table} t ON t.id = p.id
    """
