"""Listening projects: which there are, and one of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.listening.actions import project as actions
from hearth.listening.forms.project import DayForm, ProjectForm, WhereForm
from hearth.listening.models import ListeningProject, ProjectDay
from hearth.listening.models.grounds import may_here, schools_of
from hearth.listening.reading.counted import surveys_of
from hearth.listening.reading.reach import reached
from hearth.schools.models import School

ROWS = 25


@page(May.SEE_LISTENING)
def projects(request: PageRequest) -> HttpResponse:
    """What are we listening for? The newest first."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school", "session")
    shown = Paginator(rows.order_by("-starts", "-pk"), ROWS).get_page(request.GET.get("page"))
    runs = request.user.may(May.RUN_LISTENING)
    whole = request.user.standing.reaches(May.SEE_LISTENING, Reach.DISTRICT)
    return render(request, "listening/projects.html", {"shown": shown, "runs": runs, "all": whole})


@page(May.SEE_LISTENING)
def project(request: PageRequest, pk: int) -> HttpResponse:
    """What do we want to hear, from whom, and what comes back?"""
    rows = ListeningProject.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("school", "session", "made_by"), pk=pk)
    days = list(found.days.order_by("day", "pk"))
    surveys = surveys_of(found)
    groups = reached(found, timezone.localdate(), surveys)
    return render(
        request,
        "listening/project.html",
        {
            "found": found,
            "days": [day for day in days if not day.to_whom],
            "back": [day for day in days if day.to_whom],
            "surveys": [(row, row.title_in((get_language() or "en")[:2])) for row in surveys],
            "missing": [one.name for one in groups if one.missing],
            "runs": may_here(request.user, May.RUN_LISTENING, found.school_id),
            "writes": may_here(request.user, May.SEE_LISTENING, found.school_id),
        },
    )


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """What do we want to hear this year?"""
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    schools = _schools(request)
    where = WhereForm(request.POST or None, schools=schools)
    form = ProjectForm(request.POST or None)
    only = schools.first() if schools.count() == 1 else None
    if request.method == "POST" and form.is_valid() and (only or where.is_valid()):
        school = only or where.cleaned_data["school"]
        made = actions.begin_project(
            school=school, said=form.cleaned_data, by=request.user, form=key
        )
        tell(request, _("The project is begun. Now ask: a survey, a forum, an interview."))
        return redirect(made.get_absolute_url())
    facts = {"form": form, "where": None if only else where}
    return render(request, "listening/project_form.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def change(request: PageRequest, pk: int) -> HttpResponse:
    """What is different?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    # The form writes into the row it is given; the verb compares with the row as it stands.
    shown = ListeningProject.objects.get(pk=found.pk)
    form = ProjectForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        actions.change_project(project=found, said=form.cleaned_data, by=request.user)
        tell(request, _("It is written down."))
        return redirect(found.get_absolute_url())
    return render(request, "listening/project_form.html", {"form": form, "found": found})


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def add_day(request: PageRequest, pk: int) -> HttpResponse:
    """What happens on which day, and to whom does what was heard come back?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_day(project=found, by=request.user, form=key, **form.cleaned_data)
        tell(request, _("The day stands in the calendar."))
        return redirect(found.get_absolute_url())
    return render(request, "listening/project_day.html", {"form": form, "found": found})


@page(May.RUN_LISTENING, methods=("POST",))
def done(request: PageRequest, pk: int) -> HttpResponse:
    """It happened; what was promised has come back."""
    day = get_object_or_404(ProjectDay.objects.run_by(request.user), pk=pk)
    actions.day_is_done(day=day, by=request.user)
    return redirect("listening:project", pk=day.project_id)


def _schools(request: PageRequest) -> Any:
    rows = School.objects.filter(gone_on=None).order_by("name", "pk")
    if request.user.standing.reaches(May.RUN_LISTENING, Reach.DISTRICT):
        return rows
    return rows.filter(pk__in=schools_of(request.user, May.RUN_LISTENING))
