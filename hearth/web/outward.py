"""A referral to a partner beside the referral that it answers: the two rooms meet here."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.models import ReferralOut
from hearth.partners.models.words import OutState
from hearth.partners.views import outward as partners
from hearth.supports import actions
from hearth.supports.forms.careful import warning
from hearth.supports.models import Phrase, Referral, State
from hearth.supports.rules import NotAllowed, may_follow, phrases

# Which step of the referral an answer of the partner stands for.
STANDS_FOR = {
    OutState.SENT: State.REFERRED,
    OutState.ACCEPTED: State.REFERRED,
    OutState.WAITING: State.WAITLISTED,
    OutState.SERVED: State.LINKED,
    OutState.ENDED: State.LINKED,
}


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def prepare(request: PageRequest, student: int, service: int) -> HttpResponse:
    """See what would be shared and send it. What was sent is a step of the referral, too."""
    answer = partners.prepare(request, student, service, private_words)
    if isinstance(answer, HttpResponse):
        return answer
    tell(request, _("It is sent. You hear here what they answer, or that they do not."))
    referral = _answered(request, answer)
    if referral and may_follow(referral.state, State.REFERRED):
        _take(referral, answer, State.REFERRED, request)
    return redirect(answer)


@page(May.SEE_REFERRALS)
def with_partners(request: PageRequest, pk: int) -> HttpResponse:
    """What did partners answer to this referral, and does it say so?"""
    rows = Referral.objects.where_team_may(request.user, May.SEE_REFERRALS).with_people()
    found = get_object_or_404(rows, pk=pk)
    outs = _outs(request, found)
    may_work = found.school_id in request.user.standing.schools(May.WORK_REFERRALS)
    lines = [
        Line(out, _behind(found, out) if may_work else "") for out in outs.order_by("-sent_at")
    ]
    return render(
        request, "web/with_partners.html",
        {"referral": found, "lines": lines, "may_work": may_work},
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("POST",))
def catch_up(request: PageRequest, pk: int, out: int) -> HttpResponse:
    """Write on the referral what the partner answered."""
    rows = Referral.objects.where_team_may(request.user, May.WORK_REFERRALS)
    found = get_object_or_404(rows, pk=pk)
    outs = _outs(request, found)
    answered = get_object_or_404(outs, pk=out)
    step = _behind(found, answered)
    try:
        if step:
            _take(found, answered, State(step), request)
            tell(request, _("It stands in the referral's history with your name."))
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    return redirect("with_partners", pk)


@dataclass(frozen=True)
class Line:
    """One referral to a partner, and the step that the referral in `supports` still lacks."""

    out: ReferralOut
    behind: str

    @property
    def act(self) -> str:
        return {
            State.REFERRED: _("Write it down as referred"),
            State.WAITLISTED: _("Write it down as waiting"),
            State.LINKED: _("Confirm the first service"),
        }[State(self.behind)]


def private_words(typed: str) -> str:
    """What belongs to the counselor alone, or nowhere, never goes to a partner: no tick lets it."""
    listed = phrases.of_kind(phrases.PRIVATE, Phrase.objects.listed())
    heard = phrases.found(typed, listed, timezone.localdate())
    return warning(heard) if heard else ""


def _outs(request: PageRequest, referral: Referral) -> Any:
    """Of this student alone: the number that an address carried may have been another's."""
    rows = ReferralOut.objects.visible_to(request.user).filter(answers=referral.pk)
    return rows.filter(student=referral.student_id).with_names()


def _behind(referral: Referral, out: ReferralOut) -> str:
    stands_for = STANDS_FOR.get(OutState(out.state))
    if stands_for is None or referral.state == stands_for:
        return ""
    return stands_for if may_follow(referral.state, stands_for) else ""


def _answered(request: PageRequest, out: ReferralOut) -> Referral | None:
    """The referral that was named, if it is of this student and this user works on it."""
    rows = Referral.objects.where_team_may(request.user, May.WORK_REFERRALS)
    found: Referral | None = rows.filter(pk=out.answers, student=out.student_id).first()
    return found


def _take(referral: Referral, out: ReferralOut, step: State, request: PageRequest) -> None:
    by = request.user
    if step == State.REFERRED:
        actions.refer_to_service(
            referral=referral, service=out.service.name[:200],
            provider=out.organization.name[:200], by=by,
        )  # fmt: skip
    elif step == State.WAITLISTED and out.wait_until:
        actions.put_on_waiting_list(referral=referral, until=out.wait_until, by=by)
    elif step == State.LINKED and out.first_service_on:
        actions.confirm_first_service(referral=referral, on=out.first_service_on, by=by)
