"""One referral: whole for the team, in plain words for whoever asked."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.visible import people_who_may_see
from hearth.kit.notices import tell
from hearth.supports import actions
from hearth.supports.models import HelpRequest, Referral, State
from hearth.supports.reading.agenda import decisions_of
from hearth.supports.rules.keeping import years_in_sight
from hearth.supports.views.back import came_from
from hearth.supports.views.looking import look_noted, reasons_noted
from hearth.supports.views.steps import open_steps
from hearth.supports.waits.safety import open_calls_about


@page(May.ASK_FOR_SUPPORT)
def referral(request: PageRequest, pk: int) -> HttpResponse:
    """The same address for both; what it holds depends on the footing of the reader."""
    rows = Referral.objects.visible_to(request.user).with_footing(request.user).with_people()
    found = get_object_or_404(rows, pk=pk)
    reasons = [ground.reason for ground in rows.footing_of(found)]
    today = timezone.localdate()
    if found.is_folded(today):
        if "folded" not in request.GET:
            return _folded(request, found, reasons, years_in_sight(today))
        look_noted(request, found, reasons, page="folded away", student_id=found.student_id)
    if found.school_id in request.user.standing.schools(May.SEE_REFERRALS):
        return _for_team(request, found, reasons)
    return render(request, "supports/told.html", {"referral": found, "reasons": reasons})


def _folded(
    request: PageRequest, found: Referral, reasons: list[Promise], years: int
) -> HttpResponse:
    """A clean slate: what was closed long ago opens only when somebody unfolds it on purpose."""
    return render(
        request,
        "supports/folded.html",
        {"referral": found, "reasons": reasons, "years": years},
    )


def _for_team(request: PageRequest, found: Referral, reasons: list[Promise]) -> HttpResponse:
    look_noted(request, found, reasons, page="referral", student_id=found.student_id)
    notes = found.notes.read()
    calls = open_calls_about(found)
    waits = calls and found.state == State.SAFETY
    steps = [] if waits else open_steps(found, request.user)
    return render(
        request,
        "supports/referral.html",
        {
            "referral": found,
            "reasons": reasons,
            "at_the_door": HelpRequest.objects.visible_to(request.user).joined_to(found),
            "moves": found.moves.select_related("by").order_by("-at", "-pk"),
            "decisions": [one for one in decisions_of(found, request.user) if not one.withdrawn_at],
            "notes": [note for note in notes if not note.restricted],
            "restricted": sum(note.restricted for note in notes),
            "may_open": found.school_id in request.user.standing.schools(May.READ_RESTRICTED),
            "calls": calls,
            "came_from": came_from(request.GET),
            "main_step": steps[0] if steps else None,
            "other_steps": steps[1:],
        },
    )


@page(May.READ_RESTRICTED)
def restricted(request: PageRequest, pk: int) -> HttpResponse:
    """The restricted notes, on a page of their own that one goes to on purpose."""
    rows = Referral.objects.where_team_may(request.user, May.READ_RESTRICTED).with_people()
    found = get_object_or_404(rows, pk=pk)
    notes = found.notes.read(include_restricted=True)
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
