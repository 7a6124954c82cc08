"""The verbs of a plan: write it together, change what is done, look again, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.people.models import Student
from hearth.schools.models import Calendar
from hearth.supports.actions.referral import next_date
from hearth.supports.models import Goal, Measure, PhaseChange, Plan, PlanReview, Referral, Strategy
from hearth.supports.rules import NotAllowed


@dataclass(frozen=True)
class NewGoal:
    """One thing to reach, and in whose words it is said."""

    words: str
    whose: str
    domain: str


@dataclass(frozen=True)
class NewStrategy:
    """What is done, by whom, how often. `doer` has an account; anybody else has a name."""

    what: str
    how_often: str
    doer: User | None = None
    doer_name: str = ""


def review_days(start: date) -> tuple[date, date]:
    """When a plan is looked at again: the usual day, and the latest."""
    calendar = Calendar()
    return (
        next_date("plan_review", start, calendar),
        next_date("plan_review_latest", start, calendar),
    )


@transaction.atomic
def write_plan(
    *, student: Student, nonce: UUID, builds_on: str, goals: Sequence[NewGoal],
    strategies: Sequence[NewStrategy], student_words: str = "", family_words: str = "",
    family_language: str = "", review_on: date | None = None, referral: Referral | None = None,
    by: User,
) -> Plan:  # fmt: skip
    """Write a plan on a strength. `nonce` names the form: sent twice, it is one plan."""
    if not goals or not strategies:
        raise NotAllowed(_("A plan needs one goal, and one person who does something for it."))
    if referral and referral.student_id != student.pk:
        raise NotAllowed(_("That referral is about another student."))
    today = timezone.localdate()
    plan, is_new = Plan.objects.get_or_create(
        nonce=nonce,
        defaults={
            "district_id": student.district_id,
            "student": student,
            "referral": referral,
            "builds_on": builds_on.strip(),
            "student_words": student_words.strip(),
            "family_words": family_words.strip(),
            "family_language": family_language if family_words.strip() else "",
            "starts_on": today,
            "review_on": _in_time(review_on, today),
            "written_by": by,
        },
    )
    if plan.student_id != student.pk:
        raise NotAllowed(_("This form was sent already. Open it anew."))
    if is_new:
        for goal in goals:
            _add_goal(plan, goal)
        for strategy in strategies:
            _begin(plan, strategy, today)
        keep_event("plan_written", plan, by)
    return plan


@transaction.atomic
def put_in_words(
    *, plan: Plan, builds_on: str, student_words: str, family_words: str, family_language: str,
    by: User,
) -> None:  # fmt: skip
    """Say anew what it builds on and what was said at home; the old words stay in history."""
    locked = lock_open(plan)
    locked.builds_on, locked.student_words = builds_on.strip(), student_words.strip()
    locked.family_words = family_words.strip()
    locked.family_language = family_language if locked.family_words else ""
    locked.save(update_fields=["builds_on", "student_words", "family_words", "family_language"])
    keep_event("plan_words_changed", locked, by)


@transaction.atomic
def add_goal(*, plan: Plan, goal: NewGoal, by: User) -> Goal:
    added = _add_goal(lock_open(plan), goal)
    keep_event("goal_added", plan, by)
    return added


@transaction.atomic
def meet_goal(*, goal: Goal, by: User) -> None:
    """The goal is reached. Pressed by mistake, a second time takes it back."""
    plan = lock_open(goal.plan)
    locked = Goal.objects.select_for_update().get(pk=goal.pk)
    locked.met_on = None if locked.met_on else timezone.localdate()
    locked.save(update_fields=["met_on"])
    keep_event("goal_met" if locked.met_on else "goal_not_met_yet", plan, by)


@transaction.atomic
def add_strategy(*, plan: Plan, strategy: NewStrategy, by: User) -> Strategy:
    """Somebody does something more, from today."""
    locked, today = lock_open(plan), timezone.localdate()
    begun = _begin(locked, strategy, today)
    _mark_phase(locked, strategy.what, today, by)
    keep_event("strategy_added", locked, by)
    return begun


@transaction.atomic
def change_strategy(*, strategy: Strategy, instead: NewStrategy, by: User) -> Strategy:
    """End one and begin another, and mark the day on every count of this plan."""
    locked, today = lock_open(strategy.plan), timezone.localdate()
    _end(strategy, today)
    begun = _begin(locked, instead, today)
    _mark_phase(locked, instead.what, today, by)
    keep_event("strategy_changed", locked, by)
    return begun


@transaction.atomic
def end_strategy(*, strategy: Strategy, by: User) -> None:
    locked, today = lock_open(strategy.plan), timezone.localdate()
    _end(strategy, today)
    _mark_phase(locked, _("ended: %(what)s") % {"what": strategy.what}, today, by)
    keep_event("strategy_ended", locked, by)


@transaction.atomic
def review_plan(
    *, plan: Plan, decided: str, as_planned: bool | None, words: str,
    next_review_on: date | None = None, by: User,
) -> PlanReview:  # fmt: skip
    """Look at a plan together and decide. Nothing else changes by itself, least of all a tier."""
    locked, today = lock_open(plan), timezone.localdate()
    if PlanReview.objects.filter(plan=locked, on=today, by=by, words=words.strip()).exists():
        raise NotAllowed(_("This review is kept already."))
    ends = decided == PlanReview.Decided.END
    review = PlanReview.objects.create(
        district_id=locked.district_id,
        plan=locked,
        on=today,
        decided=decided,
        as_planned=as_planned,
        words=words.strip(),
        next_review_on=None if ends else _in_time(next_review_on, today),
        by=by,
    )
    if ends:
        _finish(locked, words, today)
    else:
        locked.review_on = review.next_review_on
        locked.save(update_fields=["review_on"])
    keep_event("plan_reviewed", locked, by, decided=decided)
    return review


@transaction.atomic
def end_plan(*, plan: Plan, because: str, by: User) -> None:
    """The plan is over, with its reason. What was done and counted stays to be read."""
    locked = lock_open(plan)
    _finish(locked, because, timezone.localdate())
    keep_event("plan_ended", locked, by)


def lock_open(plan: Plan) -> Plan:
    """The plan, held against everybody else; one that has ended says so."""
    locked: Plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.ended_on:
        raise NotAllowed(_("This plan has ended. Write a new one to go on."))
    return locked


def keep_event(verb: str, plan: Plan, by: User, **facts: object) -> None:
    record(
        verb,
        plan,
        district_id=plan.district_id,
        by=by,
        student_id=plan.student_id,
        facts=facts,
    )


def _in_time(wanted: date | None, today: date) -> date:
    """The wanted day of the next look, if it is neither past nor too far; else the usual one."""
    usual, latest = review_days(today)
    if wanted is None:
        return usual
    if wanted <= today:
        raise NotAllowed(_("The next look must be on a later day."))
    if wanted > latest:
        raise NotAllowed(_("Look again within eight weeks of school."))
    return wanted


def _add_goal(plan: Plan, goal: NewGoal) -> Goal:
    said, _made = Goal.objects.get_or_create(
        district_id=plan.district_id,
        plan=plan,
        words=goal.words.strip(),
        defaults={"whose": goal.whose, "domain": goal.domain},
    )
    return said


def _begin(plan: Plan, new: NewStrategy, today: date) -> Strategy:
    if not new.doer and not new.doer_name.strip():
        raise NotAllowed(_("Say who does it."))
    begun, _made = Strategy.objects.get_or_create(
        district_id=plan.district_id,
        plan=plan,
        what=new.what.strip(),
        how_often=new.how_often.strip(),
        doer=new.doer,
        doer_name="" if new.doer else new.doer_name.strip(),
        starts_on=today,
        ends_on=None,
    )
    return begun


def _end(strategy: Strategy, today: date) -> None:
    ended = Strategy.objects.filter(pk=strategy.pk, ends_on=None).update(ends_on=today)
    if not ended:
        raise NotAllowed(_("Somebody has ended this already. Look again."))


def _mark_phase(plan: Plan, words: str, today: date, by: User) -> None:
    """From today the counts speak of something else; two changes on one day are one mark."""
    for measure in Measure.objects.filter(
        goal__plan=plan, ended_on=None, baseline_on__lt=today
    ).exclude(phases__on=today):
        PhaseChange.objects.create(
            district_id=plan.district_id, measure=measure, on=today, words=words[:200], by=by
        )


def _finish(plan: Plan, because: str, today: date) -> None:
    plan.ended_on, plan.review_on, plan.ended_because = today, None, because.strip()
    plan.save(update_fields=["ended_on", "review_on", "ended_because"])
    plan.strategies.filter(ends_on=None).update(ends_on=today)
    Measure.objects.filter(goal__plan=plan, ended_on=None).update(ended_on=today)
