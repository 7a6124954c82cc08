"""The verbs of sorting: say what a thing is about; let words leave as a quote."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import Interview
from hearth.listening.models.coding import Coding, Quotation
from hearth.listening.models.grounds import may_here
from hearth.listening.models.heard import Heard
from hearth.listening.reading.names import names_at
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.quotes import reasons_to_look, refusal


@transaction.atomic
def sort(*, thing: Heard, keys: Sequence[str], side: str, by: User) -> Coding:
    """One's own word; said again, how it was stays in its history."""
    if not may_here(by, May.RUN_LISTENING, thing.school_id):
        raise PermissionDenied
    about: dict[str, Any] = {str(thing._meta.model_name): thing}
    row: Coding = Coding.objects.update_or_create(
        **about, made_by=by, district_id=thing.district_id, school_id=thing.school_id,
        project_id=thing.project_id, defaults={"keys": list(keys), "side": side},
    )[0]  # fmt: skip
    record("sorted", row, district_id=row.district_id, by=by, facts={"side": side})
    return row


@transaction.atomic
def let_quote(*, interview: Interview, words: str, looked: bool, by: User) -> Quotation:
    """Words leave only as consented, and only after a person looked where a list found reason."""
    if not may_here(by, May.RUN_LISTENING, interview.school_id):
        raise PermissionDenied
    said = (interview.stories, interview.needs, interview.strengths)
    why = refusal(interview.quote, words, said)
    held = reasons_to_look(words, names_at(interview.school_id), harm_phrases())
    if why or (held and not looked):
        raise ValidationError(why or held[0])
    row: Quotation = Quotation.objects.update_or_create(
        interview=interview,
        defaults={"words": words, "made_by": by, "made_at": timezone.now(),
                  "project_id": interview.project_id, "school_id": interview.school_id,
                  "district_id": interview.district_id},
    )[0]  # fmt: skip
    record("quote let out", row, district_id=row.district_id, by=by, facts={"held": held})
    return row
