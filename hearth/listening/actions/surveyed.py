"""Take what a sealed survey told, or one of its texts, as something to sort and to rest on."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.models import Survey, Surveyed
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.surveyed import as_told, asked_words, key_of


@transaction.atomic
def take(*, survey: Survey, question: str, said: str = "", by: User) -> Surveyed:
    """As it is told on the page of results, and no other words: what is held does not come here."""
    if not may_here(by, May.RUN_LISTENING, survey.school_id):
        raise PermissionDenied
    today = timezone.localdate()
    told = as_told(survey, question, said, today)
    if told is None:
        raise NotAllowed(_("This is not told, so nothing can rest on it."))
    row: Surveyed
    row, made = Surveyed.objects.get_or_create(
        key=key_of(survey, question, told.get("said", "")),
        defaults={
            "district_id": survey.district_id, "school_id": survey.school_id,
            "project_id": survey.project_id, "survey": survey, "question": question,
            "audience": survey.audience, "asked": dict(asked_words(survey, question)),
            "told": told, "on": today, "made_by": by,
        },
    )  # fmt: skip
    if made:
        record("taken from a survey", row, district_id=row.district_id, by=by,
               facts={"text": bool(said)})  # fmt: skip
    return row
