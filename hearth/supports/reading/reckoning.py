"""The law's dates, reckoned from the calendar of the district in whose name we act."""

from hearth.schools.models import ClosedDay, Session
from hearth.supports.models import AssessmentRequest, MoreTime
from hearth.supports.rules import legal


def school_calendar() -> legal.SchoolCalendar:
    days = list(ClosedDay.objects.values_list("day", "kind"))
    years = Session.objects.filter(kind=Session.Kind.YEAR, gone_on=None)
    staff = ClosedDay.Kind.STAFF
    return legal.SchoolCalendar(
        vacation=frozenset(day for day, kind in days if kind != staff),
        staff=frozenset(day for day, kind in days if kind == staff),
        known_years=tuple(legal.Span(*year) for year in years.values_list("starts", "ends")),
    )


def plan_due(row: AssessmentRequest, calendar: legal.SchoolCalendar) -> legal.Due:
    by_law = legal.plan_due(row.asked_on, calendar, kind=row.kind)
    return legal.with_more_time(by_law, _agreed(row, MoreTime.Clock.PLAN))


def evaluation_due(row: AssessmentRequest, calendar: legal.SchoolCalendar) -> legal.Due | None:
    """None until the family has agreed."""
    if row.consent_on is None:
        return None
    by_law = legal.evaluation_due(row.asked_on, row.consent_on, calendar, kind=row.kind)
    return legal.with_more_time(by_law, _agreed(row, MoreTime.Clock.EVALUATION))


def _agreed(row: AssessmentRequest, clock: str) -> list[legal.MoreTime]:
    if row.pk is None:
        return []
    said = sorted(row.more_time.all(), key=lambda one: one.pk)
    return [one.plain for one in said if one.clock == clock]


def reckon(row: AssessmentRequest, calendar: legal.SchoolCalendar) -> bool:
    """Set both due dates; a plan that was given keeps the day by which it was due. True if one
    of them moved."""
    before = (row.plan_due_on, row.evaluation_due_on)
    if row.plan_given_on is None:
        row.plan_due_on = plan_due(row, calendar).on
    due = evaluation_due(row, calendar)
    row.evaluation_due_on = due.on if due else None
    return before != (row.plan_due_on, row.evaluation_due_on)
