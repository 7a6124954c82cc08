"""The team of a school: its guided first run, and its page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.schools.models import School
from hearth.supports.actions import team as actions
from hearth.supports.forms.team import WEEKDAYS
from hearth.supports.models import Meeting, Part, Team
from hearth.supports.rules import NotAllowed
from hearth.supports.views.schools import own_school, own_schools
from hearth.supports.views.team_steps import BY_KEY, QUESTIONS, Question, following


@page(May.SEE_REFERRALS)
def home(request: PageRequest) -> HttpResponse:
    """My school's team; somebody of several schools chooses one."""
    schools = list(own_schools(request.user, May.SEE_REFERRALS))
    if len(schools) == 1:
        return redirect("supports:team", schools[0].pk)
    return render(request, "supports/team_home.html", {"schools": schools})


@page(May.SEE_REFERRALS)
def team(request: PageRequest, school: int) -> HttpResponse:
    """Who we are, how we work, when we meet. Before that, how to begin."""
    found = own_school(request.user, May.SEE_REFERRALS, school)
    own = _team_at(found)
    may_run = own_schools(request.user, May.RUN_TEAM).filter(pk=found.pk).exists()
    members = own.members.filter(ends=None).select_related("user") if own else []
    planned = Meeting.objects.visible_to(request.user).filter(school=found, closed_at=None)
    return render(
        request,
        "supports/team.html",
        {
            "school": found,
            "team": own,
            "members": sorted(
                members, key=lambda row: (Part.values.index(row.part), row.user.name)
            ),
            "may_run": may_run,
            "weekday": _weekday(own),
            "planned": planned.order_by("on").first(),
            "next_question": _first_open(own),
        },
    )


@page(May.RUN_TEAM, methods=("GET", "POST"))
def step(request: PageRequest, school: int, key: str) -> HttpResponse:
    """One question. In the first run the next one follows; later, back to the team's page."""
    found = own_school(request.user, May.RUN_TEAM, school)
    if key not in BY_KEY:
        raise Http404
    question, own = BY_KEY[key], _team_at(found)
    form = question.form(request.POST if request.method == "POST" else None, school=found, team=own)
    if request.method == "POST" and form.is_valid():
        try:
            own = question.act(school=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            return _after(request, found, own, question)
    return render(
        request,
        "supports/team_step.html",
        {
            "school": found,
            "team": own,
            "question": question,
            "form": form,
            "steps": _steps(found, own, question),
            "first_run": own is None or not own.is_ready,
        },
    )


@page(May.RUN_TEAM, methods=("GET", "POST"))
def finish(request: PageRequest, school: int) -> HttpResponse:
    """Look at everything once; then the team is ready."""
    found = own_school(request.user, May.RUN_TEAM, school)
    own = _team_at(found)
    missing = actions.what_is_missing(own)
    if request.method == "POST":
        try:
            actions.finish(school=found, by=request.user)
        except NotAllowed as no:
            tell(request, str(no), tone="attention")
            return redirect("supports:team_finish", found.pk)
        tell(request, _("Your team is ready. Plan the first meeting when you like."))
        return redirect("supports:team", found.pk)
    return render(
        request,
        "supports/team_finish.html",
        {
            "school": found,
            "team": own,
            "missing": missing,
            "members": own.members.filter(ends=None).select_related("user") if own else [],
            "weekday": _weekday(own),
            "steps": _steps(found, own, None),
        },
    )


def _team_at(school: School) -> Team | None:
    return Team.objects.select_related("on_call", "on_call_next").filter(school=school).first()


def _after(
    request: PageRequest, school: School, own: Team | None, question: Question
) -> HttpResponse:
    if own and own.is_ready:
        tell(request, _("Kept."))
        return redirect("supports:team", school.pk)
    then = following(question)
    if then is None:
        return redirect("supports:team_finish", school.pk)
    return redirect("supports:team_step", school.pk, then.key)


def _steps(school: School, own: Team | None, current: Question | None) -> list[dict[str, Any]]:
    here = QUESTIONS.index(current) if current else len(QUESTIONS)
    return [
        {
            "label": question.label,
            "url": reverse("supports:team_step", args=[school.pk, question.key]),
            "state": "current" if place == here else "done" if place < here else "to come",
        }
        for place, question in enumerate(QUESTIONS)
    ]


def _first_open(own: Team | None) -> str:
    """Where the first run goes on: the first question without an answer."""
    if own is None:
        return QUESTIONS[0].key
    return next((q.key for q in QUESTIONS if not q.answered(own)), QUESTIONS[-1].key)


def _weekday(own: Team | None) -> str:
    if own is None or own.weekday is None:
        return ""
    return str(dict(WEEKDAYS)[own.weekday])
