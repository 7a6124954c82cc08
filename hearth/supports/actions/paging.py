"""Somebody may not be safe: the call, and who is paged. Below every verb that can set it going."""

from collections.abc import Iterable
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hearth.access.models import Membership, User
from hearth.audit.actions import record
from hearth.people.models.team import family_of
from hearth.supports.models import HelpRequest, Referral, SafetyCall, Team
from hearth.supports.models.grounds import team_of
from hearth.supports.rules import phrases, safety
from hearth.supports.tasks import letters


def danger_in(*, urgency: str, texts: Iterable[str], listed: Iterable[phrases.Phrase]) -> str:
    """What in these words, or in how soon it is asked, says that somebody may not be safe."""
    danger = phrases.of_kind(phrases.DANGER, listed)
    heard = phrases.found("\n".join(texts), danger, timezone.localdate())
    if not safety.is_danger(urgency, heard):
        return ""
    said = [f"“{words}”" for words in safety.words_heard(heard)]
    if urgency == safety.NOW:
        # Whoever asks may read another language than whoever comes.
        with translation.override(settings.LANGUAGE_CODE):
            said.insert(0, _("Whoever asked says that it cannot wait."))
    return " ".join(said)


@transaction.atomic
def raise_safety_call(
    *,
    referral: Referral | None = None,
    request: HelpRequest | None = None,
    because: str,
    by: User | None,
) -> SafetyCall:
    """Page a human, now. One call at a time stands open for the same thing."""
    about = referral or request
    if about is None:
        raise ValueError("A call is about a referral or about a request at the door.")
    standing = SafetyCall.objects.open().filter(referral=referral, request=request)
    for call in standing[:1]:
        return cast("SafetyCall", call)
    student = referral.student if referral else None
    call = SafetyCall.objects.create(
        district_id=about.district_id,
        school_id=about.school_id,
        referral=referral,
        request=request,
        student=student,
        because=because,
    )
    keep_call("safety_call_raised", call, by)
    _page(call)
    return call


def is_waited_for(referral: Referral) -> bool:
    """Is a call still open for what was asked, here or at the door before?"""
    about = Q(referral=referral) | Q(request__referral=referral)
    return SafetyCall.objects.open().filter(about).exists()


def _page(call: SafetyCall) -> None:
    """Everybody who may be needed, each in turn. A job that finds the call taken is silent."""
    apart = safety.minutes_to_the_next(timezone.localdate())
    rungs = whom_to_page(call)
    if rungs:
        call.paged_id = rungs[0][0]
        call.save(update_fields=["paged"])
    for number, rung in enumerate(rungs):
        for user_id in rung:
            letters.page_somebody.configure(schedule_in={"minutes": number * apart}).defer(
                call_id=call.pk, user_id=user_id, district_id=call.district_id
            )


def whom_to_page(call: SafetyCall) -> list[list[int]]:
    """The ladder of this school today; nobody who cares for the student at home stands on it."""
    reached = team_of(call.school_id)
    if call.student_id:
        reached = reached.exclude(family_of(call.student_id))
    team = Team.objects.filter(school=call.school_id).first()
    principals = Membership.objects.current().filter(role="principal", school=call.school_id)
    return safety.ladder(
        team.on_call_id if team else None,
        team.on_call_next_id if team else None,
        principals.values_list("user", flat=True),
        reached.values_list("pk", flat=True),
    )


def keep_call(verb: str, call: SafetyCall, by: User | None, **facts: object) -> None:
    record(verb, call, district_id=call.district_id, by=by, student_id=call.student_id, facts=facts)
