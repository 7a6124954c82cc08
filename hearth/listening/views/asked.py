"""Who is asked by a link of their own, and who has not answered yet; never what anybody said."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import asking, reminding
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.forms.asked import ReminderForm
from hearth.listening.models import Survey, SurveyReminder, Way
from hearth.listening.reading.participation import how_many, not_yet
from hearth.listening.views.surveys import run_by

ROWS = 50


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def asked(request: PageRequest, pk: int) -> HttpResponse:
    """Who has not answered yet? Their links, to hand out or to remind with."""
    found = _personal(request, pk)
    if request.method == "POST":
        try:
            many = asking.ask_everybody(survey=found, by=request.user)
        except NotAllowed as refusal:
            tell(request, str(refusal))
        else:
            words = ngettext("%(n)s person has a link.", "%(n)s people have a link.", many)
            tell(request, words % {"n": many})
        return redirect("listening:asked", pk=pk)
    shown = Paginator(not_yet(found), ROWS).get_page(request.GET.get("page"))
    facts = {"found": found, "shown": shown, "asked": how_many(found),
             "runs_now": found.opened_at and not found.sealed_at,
             "reminders": found.reminders.order_by("day")}  # fmt: skip
    return render(request, "listening/asked.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def plan(request: PageRequest, pk: int) -> HttpResponse:
    """On which day are those reminded who have not answered?"""
    found = _personal(request, pk)
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reminding.plan_reminder(survey=found, day=form.cleaned_data["day"], by=request.user)
        except NotAllowed as refusal:
            form.add_error("day", str(refusal))
        else:
            tell(request, _("The reminder is planned."))
            return redirect("listening:asked", pk=pk)
    return render(request, "listening/reminder_form.html", {"found": found, "form": form})


@page(May.RUN_LISTENING, methods=("POST",))
def drop(request: PageRequest, pk: int, reminder: int) -> HttpResponse:
    rows = SurveyReminder.objects.select_related("survey")
    row = get_object_or_404(rows, pk=reminder, survey=_personal(request, pk))
    reminding.drop_reminder(reminder=row, by=request.user)
    return redirect("listening:asked", pk=pk)


def _personal(request: PageRequest, pk: int) -> Survey:
    found = run_by(request, pk)
    if found.way != Way.PERSONAL:
        raise Http404
    return found
