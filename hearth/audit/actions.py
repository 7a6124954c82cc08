"""The only writers of the audit tables."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models

from hearth.audit.models import Event, Look


class Actor(Protocol):
    """Who acts: a user, or nobody when a stranger or a job does."""

    @property
    def pk(self) -> Any: ...

    @property
    def name(self) -> str: ...


def record(
    verb: str,
    row: models.Model,
    *,
    district_id: int,
    by: Actor | None,
    student_id: int | None = None,
    facts: dict[str, object] | None = None,
) -> Event:
    """Write down that `by` did `verb` to `row`. Called inside the action's own transaction."""
    return Event.objects.create(
        district_id=district_id,
        by=by.pk if by else None,
        by_name=by.name if by else "Hearth",
        about=row._meta.label_lower,
        about_id=row.pk,
        student_id=student_id,
        verb=verb,
        facts=facts or {},
    )


def write_looks(looks: Iterable[Look]) -> None:
    """Store the looks of one page at once."""
    Look.objects.bulk_create(looks)
