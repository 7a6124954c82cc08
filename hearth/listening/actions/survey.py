"""The verbs of surveys: make one, change it until it opens, open it, count and seal it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import (
    Box,
    ListeningProject,
    Participation,
    Survey,
    TextPage,
    Way,
)
from hearth.listening.models.grounds import may_here
from hearth.listening.rules.once import key_for
from hearth.listening.rules.questions import Kind
from hearth.listening.tasks import sealing

FIELDS = (
    "title", "intro", "audience", "way", "languages", "sheet", "opens", "closes", "known",
    "known_by_group",
)  # fmt: skip


class NotAllowed(Exception):
    """In words for whoever tried."""


@transaction.atomic
def make_survey(
    *, project: ListeningProject, said: Mapping[str, Any], by: User, form: UUID | None = None
) -> Survey:
    """The same form sent twice is one survey."""
    _may_run(by, project.school_id)
    told = {name: said[name] for name in FIELDS if name in said}
    of = {"district_id": project.district_id, "school_id": project.school_id, "project": project}
    survey: Survey
    survey, made = Survey.objects.get_or_create(
        key=key_for(form, project.pk, told), defaults={**of, "made_by": by, **told}
    )
    if made:
        record("survey made", survey, district_id=survey.district_id, by=by)
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, said: Mapping[str, Any], by: User) -> Survey:
    """Until it opens, all of it; afterwards the last day and how many are asked."""
    _may_run(by, survey.school_id)
    locked = _lock(survey)
    if locked.sealed_at:
        raise NotAllowed(_("It is counted and closed for good."))
    changed = sorted(
        name for name in FIELDS if name in said and getattr(locked, name) != said[name]
    )
    if locked.opened_at and set(changed) - {"closes", "known", "known_by_group"}:
        raise NotAllowed(_("People have begun to answer. Only its last day may change now."))
    for name in changed:
        setattr(locked, name, said[name])
    if changed:
        locked.save(update_fields=changed)
    record("survey changed", locked, district_id=locked.district_id, by=by,
           facts={"fields": changed})  # fmt: skip
    return locked


@transaction.atomic
def open_survey(*, survey: Survey, by: User) -> Survey:
    """From now on its questions stand. Box, pages and participation are there before any answer."""
    _may_run(by, survey.school_id)
    locked = _lock(survey)
    if locked.opened_at:
        raise NotAllowed(_("It is open already."))
    if not locked.questions:
        raise NotAllowed(_("It asks nothing yet. Add a question first."))
    if locked.closes < timezone.localdate():
        raise NotAllowed(_("Its last day is over. Choose a later one."))
    asked = Participation.objects.filter(survey=locked)
    if locked.way == Way.PERSONAL and not asked.exists():
        raise NotAllowed(_("Settle whom to ask before it opens."))
    locked.opened_at = timezone.now()
    locked.save(update_fields=["opened_at"])
    Box.objects.create(
        district_id=locked.district_id, survey=locked, counts=[0] * len(locked.places)
    )
    Participation.objects.get_or_create(survey=locked, defaults={"district_id": locked.district_id})
    TextPage.objects.bulk_create(
        TextPage(district_id=locked.district_id, survey=locked, question=q.key, held=held)
        for q in locked.questions
        if q.kind is Kind.TEXT
        for held in (False, True)
    )
    record("survey opened", locked, district_id=locked.district_id, by=by)
    return locked


@transaction.atomic
def seal(*, survey: Survey, by: User) -> Survey:
    """Count it before the night does."""
    _may_run(by, survey.school_id)
    try:
        return sealing.seal(survey=survey, by=by)
    except sealing.SealedAlready:
        raise NotAllowed(_("It is counted and closed for good.")) from None


def _lock(survey: Survey) -> Survey:
    locked: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    return locked


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
