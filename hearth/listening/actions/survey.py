"""The verbs of surveys: make one, change it until it opens, open it, count and seal it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.answering import in_order
from hearth.listening.models import Box, ListeningProject, Participation, Survey, TextPage
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.names import names_at
from hearth.listening.rules import dated
from hearth.listening.rules.careful import names_somebody
from hearth.listening.rules.layout import ALL, without_groups
from hearth.listening.rules.questions import Kind, group_question
from hearth.listening.rules.telling import groups_told

FIELDS = (
    "title", "intro", "audience", "way", "languages", "sheet", "opens", "closes", "known",
    "known_by_group",
)  # fmt: skip


class NotAllowed(Exception):
    """In words for whoever tried."""


@transaction.atomic
def make_survey(*, project: ListeningProject, said: Mapping[str, Any], by: User) -> Survey:
    _may_run(by, project.school_id)
    survey: Survey = Survey.objects.create(
        district_id=project.district_id, school_id=project.school_id, project=project, made_by=by,
        **{name: said[name] for name in FIELDS if name in said},
    )  # fmt: skip
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
def seal(*, survey: Survey, by: User | None) -> Survey:
    """Count it, forget what could point at few, and write all of it anew, in no order of time.

    `by` is nobody when its last day is simply over.
    """
    if by is not None:
        _may_run(by, survey.school_id)
    # The box first, as those who answer do: whoever is at it now is counted.
    box = Box.objects.select_for_update().get(survey=survey.pk)
    locked = _lock(survey)
    if locked.sealed_at:
        raise NotAllowed(_("It is counted and closed for good."))
    locked.sealed_at = timezone.now()
    locked.save(update_fields=["sealed_at"])
    least = dated.number("least", timezone.localdate())
    counts, where = box.counts, locked.places
    enough = counts[where[ALL] - 1] >= least
    if enough:
        counts = without_groups(counts, where, _groups(locked, counts, least))
    else:
        counts = [n if at == where[ALL] else 0 for at, n in enumerate(counts, start=1)]
    _write_anew(locked, counts, keep_texts=enough)
    record("survey sealed", locked, district_id=locked.district_id, by=by)
    return locked


def _groups(survey: Survey, counts: list[int], least: int) -> frozenset[str]:
    group = group_question(survey.questions)
    if group is None:
        return frozenset()
    where = survey.places
    sizes = {one.key: counts[where["of", one.key] - 1] for one in group.options}
    return groups_told(sizes, counts[where[ALL] - 1], least)


def _write_anew(survey: Survey, counts: list[int], *, keep_texts: bool) -> None:
    """Held texts are kept even of few: somebody has to look at them."""
    texts: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    names = names_at(survey.school_id)
    for page in survey.pages.select_for_update():
        for text in page.texts:
            held = page.held or names_somebody(text["said"], names)
            if page.held or keep_texts:
                texts.setdefault((page.question, held), []).append(text)
    survey.pages.all().delete()
    answered = bytes(Participation.objects.get(survey=survey).answered)
    Participation.objects.filter(survey=survey).delete()
    Box.objects.filter(survey=survey).delete()
    here = {"district_id": survey.district_id, "survey": survey}
    Box.objects.create(counts=counts, **here)
    Participation.objects.create(answered=answered, **here)
    most = dated.number("page", timezone.localdate())
    TextPage.objects.bulk_create(
        TextPage(question=key, held=held, open=False, texts=ordered[at : at + most], **here)
        for (key, held), found in sorted(texts.items())
        for ordered in [in_order(found)]
        for at in range(0, len(ordered), most)
    )


def _lock(survey: Survey) -> Survey:
    locked: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    return locked


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
