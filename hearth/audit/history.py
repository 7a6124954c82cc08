"""Row history by database triggers, so that a bulk update cannot slip past it."""

from typing import TypeVar

import pghistory
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

Table = TypeVar("Table", bound=models.Model)


def keep_history(table: type[Table]) -> type[Table]:
    """Class decorator: keep each row as it was before every change and before it is deleted."""
    # The trackers remember the table they were given to, so each table gets its own.
    track = pghistory.track(
        pghistory.UpdateEvent("changed", row=pghistory.Old),
        pghistory.DeleteEvent("deleted", row=pghistory.Old),
    )
    tracked: type[Table] = track(table)
    return tracked


def place_triggers(app: str) -> RunPython:
    """A migration's step: what keeps the history of this app's tables, made once they all stand.

    Django reads the whole house anew for every trigger that is a step of its own; a first
    migration has sixty of them, which cost a new database a quarter of a minute.
    """

    def place(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in apps.get_app_config(app).get_models():
            for trigger in getattr(table._meta, "triggers", ()):
                editor.execute(trigger.install_sql, params=None)

    return RunPython(place, RunPython.noop)
