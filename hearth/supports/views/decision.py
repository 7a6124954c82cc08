"""A decision is a promise: its owner says what became of it."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.supports.actions import meeting as actions
from hearth.supports.forms.meeting import BecameForm
from hearth.supports.models import Decision, Referral
from hearth.supports.models.around import ON_TEAM
from hearth.supports.rules import NotAllowed


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def done(request: PageRequest, pk: int) -> HttpResponse:
    """What became of it? Anybody on the team may say so; most often it is the owner."""
    known = Referral.objects.visible_to(request.user)
    rows = Decision.objects.visible_to(request.user).filter(
        Q(referral=None) | Q(referral__in=known),
        school__in=request.user.standing.schools(May.WORK_REFERRALS),
    )
    found = get_object_or_404(
        rows.select_related("owner", "meeting", "referral__student__person"), pk=pk
    )
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
        looked(
            request, found, page="decision", why=str(ON_TEAM),
            student_id=found.referral.student_id,
        )  # fmt: skip
    return render(request, "supports/meeting_decision.html", {"decision": found, "form": form})
