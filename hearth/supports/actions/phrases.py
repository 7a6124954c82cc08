"""A district's own words that make Hearth stop and help."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.supports.models import Phrase
from hearth.supports.rules import NotAllowed, phrases


@transaction.atomic
def add_phrase(*, kind: str, language: str, words: str, leads_to: str = "", by: User) -> Phrase:
    """From today on, Hearth listens for these words too. One that was ended begins again."""
    _may(by)
    today = timezone.localdate()
    wanted = phrases.Phrase(kind, language, " ".join(words.split()), today, leads_to=leads_to)
    if any(one.key == wanted.key and one.holds(today) for one in Phrase.objects.listed()):
        raise NotAllowed(_("These words are on the list already."))
    row, _new = Phrase.objects.update_or_create(
        kind=kind, language=language, words=wanted.words, valid_from=today,
        defaults={
            "district_id": by.district_id, "leads_to": leads_to, "valid_until": None, "by": by,
        },
    )  # fmt: skip
    _keep("phrase_added", row, by)
    return row


@transaction.atomic
def end_phrase(*, kind: str, language: str, words: str, by: User) -> None:
    """From today on, Hearth does not listen for these words. What was found before stays."""
    _may(by)
    today = timezone.localdate()
    wanted = phrases.Phrase(kind, language, words, today).key
    listed = Phrase.objects.listed()
    held = [one for one in listed if one.key[:2] == wanted[:2] and one.words == words]
    for one in (one for one in held if one.holds(today)):
        row, _new = Phrase.objects.update_or_create(
            kind=kind, language=language, words=words, valid_from=one.valid_from,
            defaults={
                "district_id": by.district_id, "leads_to": one.leads_to, "by": by,
                "valid_until": today - timedelta(days=1),
            },
        )  # fmt: skip
        _keep("phrase_ended", row, by)


def _may(by: User) -> None:
    if not by.standing.schools(May.RUN_TEAM):
        raise NotAllowed(_("The coordinator or the principal of a school keeps these words."))


def _keep(verb: str, row: Phrase, by: User) -> None:
    record(verb, row, district_id=row.district_id, by=by, facts={"kind": row.kind})
