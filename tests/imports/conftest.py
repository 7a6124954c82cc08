"""An empty district, Maple Valley, into which files are loaded; and what to compare it by."""

# ruff: noqa: S608 - the tables' names are our own

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests import makers

Load = Callable[..., ImportRun]
NOT_COMPARED = ("imports_", "audit_", "django_", "procrastinate_", "pghistory_")


@pytest.fixture
def maple(db: None) -> Iterator[District]:
    district = makers.make_district("Maple Valley Unified", "maple")
    with acting_for(district.pk):
        yield district


@pytest.fixture
def load(maple: District) -> Load:
    """Receive, check and load a folder; `confirmed` names the tables that may shrink."""

    def load(folder: Path, *confirmed: str) -> ImportRun:
        run = actions.receive(file=folder, name=folder.name, district=maple, by=None)
        run, checked = actions.check_run(run_id=run.pk, district_id=maple.pk)
        if run.state != ImportRun.State.READY:
            return run
        for table in confirmed:
            actions.confirm(run=run, typed=table, by=None)
        return actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None, checked=checked)

    return load


def sums() -> dict[str, str]:
    """A checksum of each table, over every row and column that we may see."""
    found: dict[str, str] = {}
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    with connection.cursor() as cursor:
        for table in tables:
            if table.startswith(NOT_COMPARED) or table.endswith("event"):
                continue
            cursor.execute(  # the names are the models' own
                "SELECT md5(coalesce(string_agg(r::text, ',' ORDER BY r::text), '')) "
                f'FROM (SELECT to_jsonb(t) AS r FROM "{table}" t) x'
            )
            found[table] = cursor.fetchone()[0]
    return found
