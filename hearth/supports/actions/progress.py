"""The verbs of progress: say what is counted, count, mend a count, mark a change."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.supports.actions.plan import lock_open
from hearth.supports.models import Goal, Measure, PhaseChange, Point
from hearth.supports.rules import NotAllowed


@transaction.atomic
def add_measure(
    *, goal: Goal, title: str, unit: str, should: str, baseline: Decimal, baseline_on: date,
    target: Decimal, target_on: date, by: User,
) -> Measure:  # fmt: skip
    """Say what is counted for a goal: from where, to where, by when."""
    plan = lock_open(goal.plan)
    rises = should == Measure.Should.RISE
    if (target > baseline) != rises or target == baseline:
        raise NotAllowed(_("What is hoped for must lie where the count should go."))
    if target_on <= baseline_on:
        raise NotAllowed(_("The day of the goal must come after the first count."))
    measure, is_new = Measure.objects.get_or_create(
        district_id=plan.district_id,
        student_id=plan.student_id,
        goal=goal,
        title=title.strip(),
        ended_on=None,
        defaults={
            "unit": unit.strip(),
            "should": should,
            "baseline": baseline,
            "baseline_on": baseline_on,
            "target": target,
            "target_on": target_on,
        },
    )
    if is_new:
        _keep("measure_added", measure, by)
    return measure


@transaction.atomic
def end_measure(*, measure: Measure, by: User) -> None:
    """Nothing more is counted; what was counted stays."""
    locked = _lock_open(measure)
    locked.ended_on = timezone.localdate()
    locked.save(update_fields=["ended_on"])
    _keep("measure_ended", locked, by)


@transaction.atomic
def add_point(*, measure: Measure, on: date, value: Decimal, note: str = "", by: User) -> Point:
    """One count on one day. The same count sent twice is one count."""
    locked = _lock_open(measure)
    if on > timezone.localdate():
        raise NotAllowed(_("That day is still ahead."))
    if on < locked.baseline_on:
        raise NotAllowed(_("That day lies before the first count of this measure."))
    point, is_new = Point.objects.get_or_create(
        district_id=locked.district_id,
        measure=locked,
        on=on,
        defaults={"value": value, "note": note.strip(), "by": by},
    )
    if not is_new and point.value != value:
        raise NotAllowed(_("That day has a count already. Correct it in the list of counts."))
    if is_new:
        _keep("point_added", locked, by)
    return point


@transaction.atomic
def correct_point(*, point: Point, value: Decimal, note: str = "", by: User) -> None:
    """Mend a count; what stood there before stays in its history."""
    measure = _lock_open(point.measure)
    Point.objects.filter(pk=point.pk, measure=measure).update(value=value, note=note.strip(), by=by)
    _keep("point_corrected", measure, by)


@transaction.atomic
def remove_point(*, point: Point, by: User) -> None:
    """Take a count away that should not stand there; its history keeps it."""
    measure = _lock_open(point.measure)
    Point.objects.filter(pk=point.pk, measure=measure).delete()
    _keep("point_removed", measure, by)


@transaction.atomic
def mark_change(*, measure: Measure, on: date, words: str, by: User) -> PhaseChange:
    """From this day something was done differently: only what was counted since speaks."""
    locked = _lock_open(measure)
    if on > timezone.localdate():
        raise NotAllowed(_("That day is still ahead."))
    try:
        with transaction.atomic():
            change = PhaseChange.objects.create(
                district_id=locked.district_id, measure=locked, on=on, words=words.strip(), by=by
            )
    except IntegrityError as both:
        raise NotAllowed(_("A change is marked on that day already.")) from both
    _keep("change_marked", locked, by)
    return change


def _lock_open(measure: Measure) -> Measure:
    locked: Measure = Measure.objects.select_for_update().get(pk=measure.pk)
    if locked.ended_on:
        raise NotAllowed(_("This is not counted any more."))
    return locked


def _keep(verb: str, measure: Measure, by: User) -> None:
    record(verb, measure, district_id=measure.district_id, by=by, student_id=measure.student_id)
