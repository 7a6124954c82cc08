"""One referral: whole for the team, in plain words for whoever asked."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.visible import people_who_may_see
from hearth.access.written import written_once
from hearth.kit.notices import tell
from hearth.people.models import Student
from hearth.supports import actions
from hearth.supports.models import Decision, HelpRequest, Move, Plan, Referral, State
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.models.note import read_notes
from hearth.supports.reading.agenda import decisions_of
from hearth.supports.views.back import came_from
from hearth.supports.views.folded import folded
from hearth.supports.views.looking import look_noted, reasons_noted
from hearth.supports.views.steps import open_steps
from hearth.supports.waits.safety import open_calls_about


@page(May.ASK_FOR_SUPPORT)
def referral(request: PageRequest, pk: int) -> HttpResponse:
    """The same address for both; what it holds depends on the footing of the reader."""
    seen = _seen(pk, request.user)
    if not seen:
        raise Http404
    found = seen[0]
    reasons = [ground.reason for ground in Referral.objects.all().footing_of(found)]
    today = timezone.localdate()
    if found.is_folded(today):
        if "folded" not in request.GET:
            return folded(request, found.student, reasons)
        if found.school_id not in request.user.standing.schools(May.SEE_REFERRALS):
            look_noted(request, found, reasons, page="folded away", student_id=found.student_id)
    if found.school_id in request.user.standing.schools(May.SEE_REFERRALS):
        return _for_team(request, found, reasons)
    knows = Student.objects.visible_to(request.user).filter(pk=found.student_id).exists()
    return render(
        request, "supports/told.html", {"referral": found, "knows": knows, "reasons": reasons}
    )


@written_once
def _seen(pk: int, user: User) -> QuerySet[Any]:
    rows: ReferralQuerySet = Referral.objects.visible_to(user).filter(pk=pk)
    plans = Plan.objects.filter(referral=OuterRef("pk")).order_by("pk")
    told = JSONObject(pk=F("pk"), review_on=F("review_on"))
    shown: ReferralQuerySet = rows.with_footing(user).with_people()
    with_plans: QuerySet[Any] = shown.annotate(plans_told=ArraySubquery(plans.values(row=told)))
    return with_plans


def _plan(told: dict[str, Any]) -> Plan:
    """As much of a plan as its door shows; JSON knows no days, so they come as text."""
    day = told["review_on"]
    return Plan(pk=told["pk"], review_on=date.fromisoformat(day) if day else None)


@written_once
def _at_the_door(referral: int, user: User) -> QuerySet[HelpRequest]:
    asked = HelpRequest.objects.visible_to(user).filter(referral=referral)
    return asked.order_by("asked_at", "pk")


@written_once
def _moves(referral: int) -> QuerySet[Move]:
    return Move.objects.filter(referral=referral).select_related("by").order_by("-at", "-pk")


def _for_team(request: PageRequest, found: Referral, reasons: list[Promise]) -> HttpResponse:
    unfold = "folded" in request.GET
    seen_as = "folded away" if unfold else "referral"
    look_noted(request, found, reasons, page=seen_as, student_id=found.student_id)
    decisions, folds = _in_sight(found, request.user, unfold=unfold)
    notes = read_notes(found)
    calls = open_calls_about(found)
    waits = calls and found.state == State.SAFETY
    steps = [] if waits else open_steps(found, request.user)
    return render(
        request,
        "supports/referral.html",
        {
            "referral": found,
            "reasons": reasons,
            "at_the_door": _at_the_door(found.pk, request.user),
            "moves": _moves(found.pk),
            "plans": [_plan(told) for told in vars(found)["plans_told"]],
            "decisions": decisions,
            "folds": folds,
            "unfold": unfold,
            "notes": [note for note in notes if not note.restricted],
            "restricted": sum(note.restricted for note in notes),
            "may_open": found.school_id in request.user.standing.schools(May.READ_RESTRICTED),
            "calls": calls,
            "came_from": came_from(request.GET),
            "main_step": steps[0] if steps else None,
            "other_steps": steps[1:],
        },
    )


def _in_sight(found: Referral, user: User, *, unfold: bool) -> tuple[list[Decision], bool]:
    """What was decided and not taken back, without what was done long ago; and whether some of it
    is folded away."""
    today = timezone.localdate()
    standing = [one for one in decisions_of(found, user) if not one.withdrawn_at]
    shown = [one for one in standing if unfold or not one.is_folded(today)]
    return shown, unfold or len(shown) < len(standing)


@page(May.READ_RESTRICTED)
def restricted(request: PageRequest, pk: int) -> HttpResponse:
    """The restricted notes, on a page of their own that one goes to on purpose."""
    rows = Referral.objects.where_team_may(request.user, May.READ_RESTRICTED).with_people()
    found = get_object_or_404(rows, pk=pk)
    notes = read_notes(found, include_restricted=True)
    return render(
        request,
        "supports/restricted.html",
        {
            "referral": found,
            "reasons": reasons_noted(request, found, page="restricted notes"),
            "notes": [note for note in notes if note.restricted],
        },
    )


@page(May.ASK_FOR_SUPPORT)
def who_can_see(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who could open this referral today, each with the reason."""
    found = get_object_or_404(Referral.objects.visible_to(request.user).with_people(), pk=pk)
    return render(
        request,
        "supports/who_can_see.html",
        {"referral": found, "watchers": people_who_may_see(found)},
    )


@page(May.ASK_FOR_SUPPORT, methods=("POST",))
def read(request: PageRequest, pk: int) -> HttpResponse:
    """The person who asked says that the answer has arrived."""
    found = get_object_or_404(Referral.objects.asked_by(request.user), pk=pk)
    actions.note_answer_read(referral=found, by=request.user)
    tell(request, _("Thank you. The team sees that you have read it."))
    return redirect(found)
