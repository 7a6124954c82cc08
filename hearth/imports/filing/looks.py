"""The first rows of each fate, kept to be looked at before they are loaded."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Sequence

from django.db import connection

from hearth.imports.filing.tables import Table
from hearth.imports.models import ImportRun
from hearth.imports.preview import KEPT, forget_samples


def keep_samples(tables: Sequence[Table], run: ImportRun) -> None:
    forget_samples(run)
    with connection.cursor() as cursor:
        for table in tables:
            for fate in ("new", "changed", "gone"):
                cursor.execute(
                    _samples(table), [run.district_id, run.pk, table.name, fate, fate, KEPT]
                )


def _samples(table: Table) -> str:
    pairs = ", ".join(
        f"'{column}', jsonb_build_array(t.{column}, p.{column})" for column in table.values
    )
    return f"""
        INSERT INTO imports_sample (district_id, run_id, "table", fate, number, line, label, cells)
        SELECT %s, %s, %s, %s, row_number() OVER (), p.line, {_label(table)},
            jsonb_build_object({pairs})
        FROM (SELECT * FROM plan_{table.name} WHERE fate = %s ORDER BY line LIMIT %s) p
        LEFT JOIN {table.table} t ON t.id = p.id
        LEFT JOIN people_person n ON n.id = {table.named}
    """


def _label(table: Table) -> str:
    """Whom and when a row is about, as far as its table says."""
    said = ["n.given_name || ' ' || n.family_name"]
    said += [
        f"p.{column}::text"
        for column in table.keys
        if not column.endswith("_id") and column != "result"
    ]
    return f"left(concat_ws(' · ', {', '.join(said)}), 1000)"
