"""Turn the stories of plans into rows through the same verbs that people use."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY
from hearth.demo.finding import Finder
from hearth.demo.stories_plan import PLAN_STORIES, WEEKS_AGO, WEEKS_IN_ALL, PlanStory
from hearth.people.models import Student
from hearth.schools.models import District
from hearth.supports.actions import plan as plans
from hearth.supports.actions import progress, tier
from hearth.supports.actions.plan import NewStrategy
from hearth.supports.models import Measure, Plan

A_YEAR = 364
REVIEWED_AFTER = 6


def tell_plans(district: District, *, today: date, since: date) -> int:
    """Tell them, unless they were told before; returns how many were told."""
    if Plan.objects.exists():
        return 0
    finder = Finder(district, since=since)
    return sum(_tell(story, finder, today) for story in PLAN_STORIES)


def _tell(story: PlanStory, finder: Finder, today: date) -> bool:
    known = BY_KEY[story.student].source_id
    student = Student.objects.current().filter(person__source_id=known).first()
    if student is None:
        return False
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_AGO)
    by = finder.somebody(story.by, student.school, student)
    doer = finder.somebody(story.doer, student.school, student)
    counter = finder.somebody(story.counter, student.school, student)
    with clock.on(monday):
        plan = _begin(story, student, monday, by, doer)
        measure = _begin_counting(story, plan, monday, by)
    for week, value in enumerate(story.counts, 1):
        day = monday + timedelta(weeks=week)
        with clock.on(day):
            if story.instead and week == story.changed_after + 1:
                _change(story, plan, by)
            progress.add_point(measure=measure, on=day, value=Decimal(value), by=counter)
            if week == REVIEWED_AFTER:
                plans.review_plan(
                    plan=plan, decided="continue", as_planned=True, words=story.review, by=by
                )
    return True


def _begin(story: PlanStory, student: Student, since: date, by: User, doer: User) -> Plan:
    tier.set_tier(student=student, by=by, **story.tier)
    if story.entitlement:
        tier.keep_entitlement(
            student=student,
            case_manager=by,
            starts_on=since,
            review_on=since + timedelta(days=A_YEAR),
            by=by,
            **story.entitlement,
        )
    return plans.write_plan(
        student=student,
        nonce=uuid5(NAMESPACE_URL, f"hearth-demo-plan-{story.student}"),
        builds_on=story.builds_on,
        student_words=story.student_words,
        family_words=story.family_words,
        family_language=story.family_language,
        goals=[story.goal],
        strategies=[NewStrategy(story.what, story.how_often, doer=doer)],
        by=by,
    )


def _begin_counting(story: PlanStory, plan: Plan, monday: date, by: User) -> Measure:
    rises = story.target > story.baseline
    return progress.add_measure(
        goal=plan.goals.get(),
        title=story.title,
        unit=story.unit,
        should=Measure.Should.RISE if rises else Measure.Should.FALL,
        baseline=Decimal(story.baseline),
        baseline_on=monday,
        target=Decimal(story.target),
        target_on=monday + timedelta(weeks=WEEKS_IN_ALL),
        by=by,
    )


def _change(story: PlanStory, plan: Plan, by: User) -> None:
    [strategy] = plan.strategies.filter(ends_on=None)
    instead = NewStrategy(story.instead, strategy.how_often, doer=strategy.doer)
    plans.change_strategy(strategy=strategy, instead=instead, by=by)
