"""Making a survey: begin with a set, change its questions, its words and its days."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.listening.actions import survey as actions
from hearth.listening.forms.survey import FAULTS, DaysForm, NewSurveyForm, QuestionForm
from hearth.listening.models import ListeningProject, Survey
from hearth.listening.reading.sheet import shown
from hearth.listening.rules import building
from hearth.listening.rules.questions import said_in
from hearth.listening.rules.sets import bank, shipped
from hearth.listening.views.surveys import run_by


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def new(request: PageRequest, pk: int) -> HttpResponse:
    """Whom do we ask, and what do we begin with?"""
    project = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    form = NewSurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_survey(project=project, said=form.told(), by=request.user, form=key)
        return redirect("listening:build", pk=made.pk)
    return render(request, "listening/survey_new.html", {"form": form, "project": project})


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def build(request: PageRequest, pk: int) -> HttpResponse:
    """What does it ask?"""
    found = _in_the_making(request, pk)
    language = (get_language() or "en")[:2]
    if request.method == "POST":
        _change(request, found)
        return redirect("listening:build", pk=found.pk)
    chosen = [
        (said_in(one.title, language)[0],
         [(f"{one.key}.{row['key']}", said_in(row["words"], language)[0]) for row in one.sheet])
        for one in shipped().values()
    ]  # fmt: skip
    facts = {"found": found, "questions": shown(found, language), "bank": chosen,
             "title": found.title_in(language)}  # fmt: skip
    return render(request, "listening/build.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def question(request: PageRequest, pk: int, key: str = "") -> HttpResponse:
    """How is it put, and how is it answered?"""
    found = _in_the_making(request, pk)
    row = next((row for row in found.sheet if row["key"] == key), None)
    if key and row is None:
        raise Http404
    form = QuestionForm(request.POST or None, languages=found.languages, sheet=found.sheet, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = building.put(found.sheet, form.cleaned_data["row"], at=key)
        except building.Fault as fault:
            form.add_error(None, str(FAULTS[str(fault)]))
        else:
            actions.change_survey(survey=found, said={"sheet": sheet}, by=request.user)
            return redirect("listening:build", pk=found.pk)
    return render(request, "listening/question_form.html", {"form": form, "found": found})


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def change(request: PageRequest, pk: int) -> HttpResponse:
    """When does it run, and how many are asked?"""
    found = run_by(request, pk)
    form = DaysForm(request.POST or None, survey=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_survey(survey=found, said=form.told(), by=request.user)
        except actions.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _("It is written down."))
            return redirect(found.get_absolute_url())
    return render(request, "listening/survey_days.html", {"form": form, "found": found})


def _change(request: PageRequest, survey: Survey) -> None:
    """One press of a button: up, down, out, or in from the bank."""
    key, do = request.POST.get("key", ""), request.POST.get("do", "")
    sheet: list[dict[str, Any]] = survey.sheet
    try:
        if do in ("up", "down"):
            sheet = building.move(sheet, key, -1 if do == "up" else 1)
        elif do == "remove":
            sheet = building.remove(sheet, key)
        elif do == "add" and key in bank():
            sheet = building.put(sheet, bank()[key])
    except building.Fault as fault:
        tell(request, str(FAULTS[str(fault)]))
        return
    actions.change_survey(survey=survey, said={"sheet": sheet}, by=request.user)


def _in_the_making(request: PageRequest, pk: int) -> Survey:
    found = run_by(request, pk)
    if found.opened_at:
        raise Http404
    return found
