"""Carry out the plan of a directory, remember what stood before, and put it back."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from typing import Any

from django.db import connection

from hearth.imports.apply import Load
from hearth.imports.models import Before, ImportRun
from hearth.imports.plan import Step
from hearth.imports.preview import KEPT, forget_samples
from hearth.imports.shelves import SHELVES, Shelf
from hearth.partners.actions.listing import catch_up, forget_listings, renew_listings


def carry_out(source: str, load: Load, step: Step) -> None:
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            step("writing", shelf.name)
            _remember(cursor, shelf, load)
            _end(cursor, shelf, load)
            _change(cursor, shelf)
            _bring(cursor, shelf, source, load)
    step("writing", "listings")
    catch_up(district_id=load.district, changed=_spoken_of(load))


# Whatever a listing is made of: the service, who offers it, its categories, costs and languages,
# and the languages of its places. A row may have been another service's until now.
SPOKEN_OF = """
WITH moved AS (
    SELECT id FROM plan_service_categories WHERE fate IN ('changed', 'gone', 'new')
), told AS (
    SELECT id FROM plan_details WHERE fate IN ('changed', 'gone', 'new')
        AND kind IN ('cost_option', 'language')
), place AS (
    SELECT d.location_id FROM partners_detail d JOIN told USING (id)
    UNION
    SELECT (row->>'location_id')::bigint FROM imports_before
    WHERE run_id = %(run)s AND "table" = 'details'
)
SELECT id FROM plan_services WHERE fate = 'changed'
UNION
SELECT s.id FROM partners_service s JOIN plan_organizations p ON p.id = s.organization_id
WHERE p.fate IN ('changed', 'gone')
UNION
SELECT l.service_id FROM partners_servicecategory l JOIN moved USING (id)
UNION
SELECT l.service_id FROM partners_servicecategory l JOIN plan_categories p ON p.id = l.category_id
WHERE p.fate IN ('changed', 'gone')
UNION
SELECT d.service_id FROM partners_detail d JOIN told USING (id)
UNION
SELECT a.service_id FROM partners_serviceatlocation a JOIN plan_services_at p USING (id)
WHERE p.fate IN ('changed', 'gone', 'new')
UNION
SELECT a.service_id FROM partners_serviceatlocation a JOIN place USING (location_id)
UNION
SELECT (row->>'service_id')::bigint FROM imports_before
WHERE run_id = %(run)s AND "table" IN ('service_categories', 'details', 'services_at')
"""


def _spoken_of(load: Load) -> list[int]:
    """The services of which this load changed something that a listing says. (Of one that is new
    nothing is said yet.)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM plan_services WHERE fate <> 'new')")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(SPOKEN_OF, {"run": load.run})
        return [key for (key,) in cursor.fetchall() if key]


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
