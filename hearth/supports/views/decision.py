"""A decision is a promise: its owner says what became of it."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people.models.team import ON_TEAM
from hearth.supports.actions import meeting as actions
from hearth.supports.forms.meeting import BecameForm
from hearth.supports.models import Decision, Referral
from hearth.supports.rules import NotAllowed
from hearth.supports.views.back import came_from
from hearth.supports.views.looking import look_noted


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def done(request: PageRequest, pk: int) -> HttpResponse:
    """What became of it? Anybody on the team may say so; most often it is the owner."""
    found = _of_team(request, pk)
    if found.withdrawn_at:
        raise Http404
    form = BecameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_decision(decision=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Done. The team reads it next time."))
            return redirect("supports:meetings")
    if found.referral:
        look_noted(
            request, found, [ON_TEAM], page="decision",
            student_id=found.referral.student_id,
        )  # fmt: skip
    return render(request, "supports/meeting_decision.html", {"decision": found, "form": form})


@page(May.WORK_REFERRALS, methods=("POST",))
def take_back(request: PageRequest, pk: int) -> HttpResponse:
    """The team thought again while it still sits together. Then the page one came from."""
    found = _of_team(request, pk)
    try:
        actions.take_back(decision=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("Taken back. It will not stand in the minutes, and no answer goes out."))
        _still_looked_after(request, found)
    return redirect(came_from(request.POST) or found.meeting)


def _still_looked_after(request: PageRequest, found: Decision) -> None:
    """A step that was taken with it is history, and is not turned back."""
    if found.referral and found.referral.owner_id == found.owner_id:
        said = _("%(name)s still looks after the referral. Change that on its own page.")
        tell(request, said % {"name": found.owner.name})


def _of_team(request: PageRequest, pk: int) -> Decision:
    known = Referral.objects.visible_to(request.user)
    rows = Decision.objects.visible_to(request.user).filter(
        Q(referral=None) | Q(referral__in=known),
        school__in=request.user.standing.schools(May.WORK_REFERRALS),
    )
    rows = rows.select_related("owner", "meeting", "item", "referral__student__person")
    found: Decision = get_object_or_404(rows, pk=pk)
    return found
