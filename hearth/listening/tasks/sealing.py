"""A survey whose last day is over is counted: what could point at few is forgotten, and all of it
is written anew, in no order of time. What somebody does before the night is the same."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.listening.models import Box, Participation, Survey, TextPage
from hearth.listening.reading.names import names_at
from hearth.listening.rules import dated
from hearth.listening.rules.careful import names_somebody
from hearth.listening.rules.layout import ALL, without_groups
from hearth.listening.rules.questions import group_question
from hearth.listening.rules.telling import groups_told, in_order
from hearth.schools.acting import acting_for
from hearth.schools.models import District


class SealedAlready(Exception):
    """It is counted and closed for good, or was never opened."""


@app.periodic(cron="35 * * * *")  # type: ignore[untyped-decorator]  # the library's types
@app.task(queue="mail", name="listening.seal_what_is_over")  # type: ignore[untyped-decorator]
def seal_what_is_over(timestamp: int) -> None:
    for district in District.objects.all():
        with acting_for(district.pk):
            for survey in Survey.objects.to_seal(timezone.localdate()):
                seal(survey=survey, by=None)


@transaction.atomic
def seal(*, survey: Survey, by: User | None) -> Survey:
    """Count it, forget what could point at few, and write all of it anew, in no order of time.

    `by` is nobody when its last day is simply over.
    """
    # The box first, as those who answer do: whoever is at it now is counted.
    box = Box.objects.select_for_update().filter(survey=survey.pk).first()
    locked: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if box is None or locked.sealed_at:
        raise SealedAlready
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
