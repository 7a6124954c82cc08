"""Put back exactly what was before a run, or say why that cannot be done any more."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext

from hearth.imports.models import DIRECTORY, Before, ImportRun
from hearth.imports.shelves import SHELVES
from hearth.imports.tables import TARGETS, Target
from hearth.insight.models import FactKey, alone_with_keys
from hearth.partners.models import Listing
from hearth.people.models import Merge


def why_not(run: ImportRun, alike: Collection[str] = ("roster",)) -> str:
    """Why this run cannot be undone, in words; empty when it can. `alike` are the kinds of files
    that write into the same lists."""
    if run.state != ImportRun.State.APPLIED:
        return gettext("Only a file that was loaded can be undone.")
    later = ImportRun.objects.filter(state=ImportRun.State.APPLIED, pk__gt=run.pk, kind__in=alike)
    if later.exists():
        return gettext("A newer file was loaded after this one. Undo that one first.")
    if run.kind == DIRECTORY:
        # Rows of the directory itself go back to where they led before.
        return hanging(built_since(run, SHELVED, beside=SHELVED))
    if run.kind != "roster":
        return ""
    if Merge.objects.filter(undone_at=None, at__gt=run.finished_at).exists():
        return gettext("People were merged since this file was loaded. Take the merges back first.")
    return hanging(built_since(run, TABLES))


def hanging(built: dict[str, int]) -> str:
    """What would be left without the row it hangs on, in words; empty when nothing would."""
    if built:
        list_of = ", ".join(f"{count} {name}" for name, count in built.items())
        return gettext(
            "Work has been done since that hangs on what this file brought: %(list)s."
        ) % {"list": list_of}
    return ""


def built_since(
    run: ImportRun, tables: Mapping[str, str], beside: Collection[str] = ()
) -> dict[str, int]:
    """How many rows of which kind hang on rows that this run brought."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for model, pointing in _pointing(tables).items():
            if model._meta.db_table in beside:
                continue
            brought = " OR ".join(
                f'r."{column}" IN (SELECT {tables[to]} FROM {to} WHERE arrived_with = %(run)s)'
                for column, to in pointing
            )
            own = model._meta.db_table in tables
            others = "AND r.arrived_with IS DISTINCT FROM %(run)s" if own else ""
            cursor.execute(
                f'SELECT count(*) FROM "{model._meta.db_table}" r WHERE ({brought}) {others}',
                {"run": run.pk},
            )
            count = cursor.fetchone()[0]
            if count:
                named = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
                found[str(named)] = count
    return found


# A listing, or a person's number in the mart, is made anew at any time: it holds nothing back.
MADE_ANEW = (Listing, FactKey)
TABLES = {target.table: target.key for target in TARGETS}
SHELVED = {shelf.table: "id" for shelf in SHELVES}


def _pointing(tables: Mapping[str, str]) -> dict[type[models.Model], list[tuple[str, str]]]:
    """Each table that points at one we load; what a row was once holds nothing back."""
    found: dict[type[models.Model], list[tuple[str, str]]] = {}
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.ForeignKey):
                continue
            to = field.related_model._meta.db_table
            if to in tables and model not in MADE_ANEW:
                found.setdefault(model, []).append((field.column, to))
    return found


def put_back(run: ImportRun) -> None:
    """Write the rows back as they were and take away those the run brought."""
    # Figures may have been built since, or are being built, and each person in them has a number.
    alone_with_keys(run.district_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM insight_factkey WHERE person_id IN "
            "(SELECT id FROM people_person WHERE arrived_with = %s)",
            [run.pk],
        )
        # New rows first give up their place: a dated value has only one current row.
        for target in reversed(TARGETS):
            cursor.execute(f"DELETE FROM {target.table} WHERE arrived_with = %s", [run.pk])
            _restore(cursor, target, run)
    Before.objects.filter(run=run).delete()


def _restore(cursor: Any, target: Target, run: ImportRun) -> None:
    """Only the columns that the run could change: what people wrote since is theirs."""
    columns = ["valid_to"] if target.dated else [*target.values, "gone_on"]
    values = ", ".join(f"{column} = was.{column}" for column in columns)
    cursor.execute(
        f"""
        UPDATE {target.table} t SET {values}
        FROM imports_before b, jsonb_populate_record(NULL::{target.table}, b.row) was
        WHERE b.run_id = %s AND b."table" = %s AND t.{target.key} = b.row_id
        """,
        [run.pk, target.name],
    )
