"""Notes beside a referral, plain and restricted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.written import written_once
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.schools.models import Owned
from hearth.supports.models.referral import Referral


@dataclass(frozen=True)
class ReadNote:
    """A note as a page gets it: `body` is None where it is restricted and was not asked for."""

    pk: int
    author: str
    at: datetime
    restricted: bool
    body: str | None


@keep_history
class Note(Owned):
    """Something written down beside a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    restricted = models.BooleanField(_("only for those who may read restricted notes"))
    body = models.TextField(_("note"))

    PRIVACY: ClassVar = {
        "referral": Privacy.INTERNAL,
        "author": Privacy.PERSONAL,
        "at": Privacy.INTERNAL,
        "restricted": Privacy.INTERNAL,
        "body": Privacy.RESTRICTED,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="note_has_words")]


def read_notes(referral: Referral, *, include_restricted: bool = False) -> list[ReadNote]:
    """The notes, newest first. Restricted words do not even leave the database unless asked
    for by name, by a caller who has checked that this reader may."""
    return [ReadNote(*row) for row in _notes(referral.pk, include_restricted)]


@written_once
def _notes(referral: int, include_restricted: bool) -> models.QuerySet[Note, tuple[Any, ...]]:
    shown = (
        F("body")
        if include_restricted
        else Case(
            When(restricted=True, then=Value(None)),
            default=F("body"),
            output_field=models.TextField(null=True),
        )
    )
    rows = Note.objects.filter(referral=referral).annotate(shown=shown).order_by("-at", "-pk")
    return rows.values_list("pk", "author__name", "at", "restricted", "shown")
