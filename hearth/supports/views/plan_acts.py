"""Writing a plan and changing it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.people.models import Student
from hearth.people.words import LANGUAGES
from hearth.supports.actions import plan as plans
from hearth.supports.forms.plan import (
    GoalForm,
    GoalForms,
    PlanForm,
    ReviewForm,
    StrategyForm,
    StrategyForms,
    WordsForm,
)
from hearth.supports.models import Goal, Plan, PlanReview, Referral, Strategy
from hearth.supports.models.circle import students_of_team, who_works_with
from hearth.supports.rules import NotAllowed
from hearth.supports.views.doing import Act, act, typed

BOTH = ("GET", "POST")


@page(May.WORK_REFERRALS, methods=BOTH)
def new_plan(request: PageRequest, pk: int) -> HttpResponse:
    """Write a plan: own words first, then goals, then who does what. A form that was sent already
    leads to the plan it made."""
    student = _student(request.user, pk)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    sent = Plan.objects.visible_to(request.user).filter(nonce=key, student=student).first()
    if sent:
        return redirect(sent)
    referral = _referral(request, student)
    around = list(who_works_with(student))
    form = PlanForm(typed(request), initial=_begun(student, referral))
    goals = GoalForms(typed(request), prefix="goal")
    strategies = StrategyForms(typed(request), prefix="strategy", form_kwargs={"around": around})
    asked = [form.is_valid(), goals.is_valid(), strategies.is_valid()]
    if request.method == "POST" and key and all(asked):
        try:
            written = _written(student, key, referral, request.user, form, goals, strategies)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("The plan is written. Now say what you will count."))
            return redirect(written)
    context = {"student": student, "form": form, "goals": goals, "strategies": strategies}
    return render(request, "supports/plan_write.html", {**context, "referral": referral})


def _written(
    student: Student, key: UUID, referral: Referral | None, by: User, form: PlanForm,
    goals: Iterable[GoalForm], strategies: Iterable[StrategyForm],
) -> Plan:  # fmt: skip
    return plans.write_plan(
        student=student,
        nonce=key,
        referral=referral,
        goals=[one.said() for one in goals if one.has_changed()],
        strategies=[one.said() for one in strategies if one.has_changed()],
        by=by,
        **form.cleaned_data,
    )


@page(May.WORK_REFERRALS, methods=BOTH)
def plan_words(request: PageRequest, pk: int) -> HttpResponse:
    """Say anew what the plan builds on, and what student and family say."""
    plan = _plan(request.user, pk)
    now = {name: getattr(plan, name) for name in WordsForm.base_fields}
    return act(
        request,
        WordsForm(typed(request), initial=now),
        _of(
            plan,
            question=_("What does it build on, and what do they say?"),
            submit=_("Keep these words"),
            do=lambda **said: plans.put_in_words(plan=plan, **said),
            draft=f"plan-words-{plan.pk}",
        ),
    )


@page(May.WORK_REFERRALS, methods=BOTH)
def plan_goal(request: PageRequest, pk: int) -> HttpResponse:
    """One more goal."""
    plan, form = _plan(request.user, pk), GoalForm(typed(request))
    return act(
        request,
        form,
        _of(
            plan,
            question=_("What else do they want to reach?"),
            submit=_("Add the goal"),
            do=lambda by, **_said: plans.add_goal(plan=plan, goal=form.said(), by=by),
        ),
    )


@page(May.WORK_REFERRALS, methods=("POST",))
def goal_met(request: PageRequest, pk: int) -> HttpResponse:
    """Reached; pressed again, not yet."""
    goal = get_object_or_404(
        Goal.objects.filter(plan__in=_plans(request.user)).select_related("plan"), pk=pk
    )
    try:
        plans.meet_goal(goal=goal, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    return redirect(goal.plan)


@page(May.WORK_REFERRALS, methods=BOTH)
def plan_strategy(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody does something more."""
    plan = _plan(request.user, pk)
    form = StrategyForm(typed(request), around=who_works_with(plan.student))
    return act(
        request,
        form,
        _of(
            plan,
            question=_("What else is done, and by whom?"),
            explain=_("The counts get a mark on this day, so that everybody sees the change."),
            submit=_("Add it"),
            do=lambda by, **_said: plans.add_strategy(plan=plan, strategy=form.said(), by=by),
        ),
    )


@page(May.WORK_REFERRALS, methods=BOTH)
def strategy_change(request: PageRequest, pk: int) -> HttpResponse:
    """Do something else instead."""
    strategy = _strategy(request.user, pk)
    now = {
        "what": strategy.what,
        "how_often": strategy.how_often,
        "doer": str(strategy.doer_id or "else"),
        "doer_name": strategy.doer_name,
    }
    form = StrategyForm(typed(request), around=who_works_with(strategy.plan.student), initial=now)
    return act(
        request,
        form,
        _of(
            strategy.plan,
            question=_("What is done from today, instead?"),
            explain=_(
                "What was done until now stays in the plan's story. The counts get a mark on this "
                "day, and only what is counted since speaks."
            ),
            submit=_("Change it"),
            do=lambda by, **_said: plans.change_strategy(
                strategy=strategy, instead=form.said(), by=by
            ),
        ),
    )


@page(May.WORK_REFERRALS, methods=("POST",))
def strategy_end(request: PageRequest, pk: int) -> HttpResponse:
    strategy = _strategy(request.user, pk)
    try:
        plans.end_strategy(strategy=strategy, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("That is done no more. It stays in the plan's story."))
    return redirect(strategy.plan)


@page(May.WORK_REFERRALS, methods=BOTH)
def plan_review(request: PageRequest, pk: int) -> HttpResponse:
    """Look at the plan together and decide."""
    plan = _plan(request.user, pk)
    usual, _last = plans.review_days(timezone.localdate())
    form = ReviewForm(typed(request), initial={"next_review_on": usual})
    return act(
        request,
        form,
        _of(
            plan,
            question=_("How does it go, and what now?"),
            explain=_("Ask the student and the family first. No tier changes by itself."),
            submit=_("Keep the review"),
            back=_after_review(form, plan) if form.is_valid() else None,
            done=_done(form) if form.is_valid() else "",
            do=lambda **said: plans.review_plan(plan=plan, **said),
            draft=f"plan-review-{plan.pk}",
        ),
    )


def _after_review(form: ReviewForm, plan: Plan) -> str:
    """Stepping up or down is about a tier, and that is said on the page of all supports."""
    steps = (PlanReview.Decided.STEP_UP, PlanReview.Decided.STEP_DOWN)
    if form.cleaned_data["decided"] in steps:
        return supports_of(plan.student)
    return plan.get_absolute_url()


def _done(form: ReviewForm) -> str:
    if form.cleaned_data["decided"] == PlanReview.Decided.CHANGE:
        return _("The review is kept. Now change what is done.")
    if form.cleaned_data["decided"] in (PlanReview.Decided.STEP_UP, PlanReview.Decided.STEP_DOWN):
        return _("The review is kept. If the tier changes too, say so here.")
    return _("The review is kept.")


def supports_of(student: Student) -> str:
    return reverse("supports:student_supports", args=[student.pk])


def _of(plan: Plan, *, back: str | None = None, **said: Any) -> Act:
    return Act(back=back or plan.get_absolute_url(), student=plan.student, **said)


def _student(user: User, pk: int) -> Student:
    rows = students_of_team(user).select_related("person", "school")
    found: Student = get_object_or_404(rows, pk=pk)
    return found


def _plans(user: User) -> QuerySet[Plan]:
    return Plan.objects.where_team_may(user, May.WORK_REFERRALS)


def _plan(user: User, pk: int) -> Plan:
    return get_object_or_404(_plans(user).select_related("student__person"), pk=pk)


def _strategy(user: User, pk: int) -> Strategy:
    rows = Strategy.objects.filter(plan__in=_plans(user))
    return get_object_or_404(rows.select_related("plan__student__person"), pk=pk)


def _referral(request: PageRequest, student: Student) -> Referral | None:
    """The referral the plan comes from, if the address names one of this student's."""
    asked = request.GET.get("referral", "")
    rows = Referral.objects.where_team_may(request.user, May.WORK_REFERRALS)
    return rows.filter(student=student, pk=asked).first() if asked.isdecimal() else None


def _begun(student: Student, referral: Referral | None) -> dict[str, Any]:
    """What is known already stands in the form; it can be said better."""
    usual, _last = plans.review_days(timezone.localdate())
    strength = student.strengths or (referral.strength if referral else "")
    language = student.person.home_language
    return {
        "builds_on": strength,
        "family_language": language if language in LANGUAGES else "",
        "review_on": usual,
    }
