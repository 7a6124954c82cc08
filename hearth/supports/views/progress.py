"""Counting: what is counted, today's count, mending one, marking a change."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.supports.actions import progress
from hearth.supports.forms.progress import ChangeForm, CorrectForm, CountForm, MeasureForm
from hearth.supports.models import Goal, Measure, Plan, Point
from hearth.supports.paper.picture import picture
from hearth.supports.reading.in_one import with_related
from hearth.supports.reading.progress import counted
from hearth.supports.rules import NotAllowed
from hearth.supports.views.doing import Act, act, typed
from hearth.supports.views.folded import folded
from hearth.supports.views.looking import look_noted

BOTH = ("GET", "POST")


@page(May.SEE_PLANS)
def measure(request: PageRequest, pk: int) -> HttpResponse:
    """How does it go? The picture, the prompt above it, and every count."""
    user = request.user
    rows = Measure.objects.visible_to(user).with_footing(user)
    found = _measure(rows, pk)
    footing = rows.footing_of(found)
    keys, reasons = {ground.key for ground in footing}, [ground.reason for ground in footing]
    if found.is_folded(timezone.localdate()) and "folded" not in request.GET:
        return folded(request, found.student, reasons)
    look_noted(request, found, reasons, page="progress", student_id=found.student_id)
    one = counted(found)
    may_count = found.ended_on is None and bool(keys & {"team", "class"})
    works_here = found.student.school_id in user.standing.schools(May.WORK_REFERRALS)
    return render(
        request,
        "supports/measure.html",
        {
            "measure": found,
            "plan": found.goal.plan,
            "one": one,
            "chart": picture(one),
            "points": one.points[::-1],
            "reasons": reasons,
            "may_count": may_count,
            "may_end": "team" in keys and works_here,
            "form": CountForm(initial={"on": timezone.localdate()}) if may_count else None,
        },
    )


@page(May.WORK_REFERRALS, methods=BOTH)
def new_measure(request: PageRequest, pk: int) -> HttpResponse:
    """Say what is counted for a goal."""
    plans = Plan.objects.where_team_may(request.user, May.WORK_REFERRALS)
    goals = Goal.objects.filter(plan__in=plans).select_related("plan__student__person")
    goal = get_object_or_404(goals, pk=pk)
    form = MeasureForm(typed(request), initial={"baseline_on": timezone.localdate()})
    return act(
        request,
        form,
        Act(
            question=_("How will you see that it helps?"),
            explain=f"{_('Goal')}: {goal.words}",
            submit=_("Begin counting"),
            back=goal.plan.get_absolute_url(),
            student=goal.plan.student,
            do=lambda **said: progress.add_measure(goal=goal, **said),
        ),
    )


@page(May.SEE_PLANS, methods=BOTH)
def count(request: PageRequest, pk: int) -> HttpResponse:
    """Today's count, by whoever counts: the team, or those who teach the student."""
    found = _measure(Measure.objects.seen_by_post(request.user).filter(ended_on=None), pk)
    return act(
        request,
        CountForm(typed(request), initial={"on": timezone.localdate()}),
        _of(
            found,
            question=_("How many today?"),
            explain=f"{found.title} ({found.unit})",
            submit=_("Keep the count"),
            done=_("The count is kept. Thank you."),
            do=lambda **said: progress.add_point(measure=found, **said),
        ),
    )


@page(May.SEE_PLANS, methods=BOTH)
def point(request: PageRequest, pk: int) -> HttpResponse:
    """Mend one count."""
    found = _point(request.user, pk)
    now = {"value": plain_input(found.value), "note": found.note}
    return act(
        request,
        CorrectForm(typed(request), initial=now),
        _of(
            found.measure,
            question=_("How many was it?"),
            explain=_("What stood there before stays in its history."),
            submit=_("Keep the count"),
            do=lambda **said: progress.correct_point(point=found, **said),
            template="supports/point.html",
            extra={"point": found},
        ),
    )


@page(May.SEE_PLANS, methods=("POST",))
def remove_point(request: PageRequest, pk: int) -> HttpResponse:
    """Take a count away that should not stand there."""
    found = _point(request.user, pk)
    back = found.measure.get_absolute_url()
    try:
        progress.remove_point(point=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("The count is taken away. Its history keeps it."))
    return redirect(back)


@page(May.SEE_PLANS, methods=BOTH)
def change(request: PageRequest, pk: int) -> HttpResponse:
    """Mark the day from which something was done differently."""
    found = _measure(Measure.objects.seen_by_post(request.user).filter(ended_on=None), pk)
    return act(
        request,
        ChangeForm(typed(request), initial={"on": timezone.localdate()}),
        _of(
            found,
            question=_("What changed, and when?"),
            explain=_("From that day only new counts speak."),
            submit=_("Mark the change"),
            do=lambda **said: progress.mark_change(measure=found, **said),
        ),
    )


@page(May.WORK_REFERRALS, methods=("POST",))
def end_measure(request: PageRequest, pk: int) -> HttpResponse:
    """Stop counting this."""
    found = _measure(Measure.objects.where_team_may(request.user, May.WORK_REFERRALS), pk)
    try:
        progress.end_measure(measure=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("This is not counted any more. What was counted stays."))
    return redirect(found.goal.plan)


def plain_input(value: Decimal) -> str:
    """A number as a form's field takes it, without idle zeros."""
    return f"{value.normalize():f}"


def _of(measure: Measure, **said: Any) -> Act:
    return Act(back=measure.get_absolute_url(), student=measure.student, **said)


def _measure(rows: Any, pk: int) -> Measure:
    around = rows.select_related("student__person", "goal__plan")
    found = with_related(around.filter(pk=pk), "points", "phases")
    if not found:
        raise Http404
    measure: Measure = found[0]
    return measure


def _point(user: User, pk: int) -> Point:
    counting = Measure.objects.seen_by_post(user).filter(ended_on=None)
    rows = Point.objects.filter(measure__in=counting)
    return get_object_or_404(rows.select_related("measure__student__person"), pk=pk)
