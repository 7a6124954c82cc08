"""Calls for safety: somebody takes it, and writes down what was done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.supports.actions import safety
from hearth.supports.forms.safety import DoneForm
from hearth.supports.models import SafetyCall
from hearth.supports.rules import NotAllowed
from hearth.supports.views.looking import why_noted


@page(May.WORK_REFERRALS)
def call(request: PageRequest, pk: int) -> HttpResponse:
    """Who may not be safe, what was said, and how to reach those who know more."""
    found = _of_team(request, pk)
    return _show(request, found, DoneForm() if found.taken_by_id else None)


@page(May.WORK_REFERRALS, methods=("POST",))
def take(request: PageRequest, pk: int) -> HttpResponse:
    """I have it: nobody else is sent for."""
    found = _of_team(request, pk)
    try:
        safety.take(call=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("It is yours now. Thank you."))
    return redirect(found)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def finish(request: PageRequest, pk: int) -> HttpResponse:
    """What was done, and where what set it going belongs from now on."""
    found = _of_team(request, pk)
    if request.method == "GET":
        return redirect(found)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            safety.finish(call=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Done. What was done is kept with your name."))
            return redirect("supports:board")
    return _show(request, found, form)


def _show(request: PageRequest, found: SafetyCall, form: DoneForm | None) -> HttpResponse:
    facts = {
        "call": found,
        "form": form,
        "about": found.referral or found.request,
        "school": found.school,
        "reasons": why_noted(request, found, page="call for safety", student_id=found.student_id),
    }
    return render(request, "supports/safety_call.html", facts)


def _of_team(request: PageRequest, pk: int) -> SafetyCall:
    rows = SafetyCall.objects.where_team_may(request.user, May.WORK_REFERRALS)
    found: SafetyCall = get_object_or_404(
        rows.select_related(
            "school", "taken_by", "paged", "student__person", "referral__student__person",
            "referral__referrer", "request__taken_by", "request__referral",
        ),
        pk=pk,
    )  # fmt: skip
    return found
