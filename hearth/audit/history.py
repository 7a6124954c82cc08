"""Row history by database triggers, so that a bulk update cannot slip past it."""

from typing import TypeVar

import pghistory
from django.db import models

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
