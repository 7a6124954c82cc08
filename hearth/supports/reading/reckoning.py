"""The law's dates, reckoned from the calendar of the district in whose name we act."""

from hearth.schools.models import ClosedDay, Session
from hearth.supports.models import AssessmentRequest
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
    return legal.plan_due(row.asked_on, calendar, kind=row.kind)


def evaluation_due(row: AssessmentRequest, calendar: legal.SchoolCalendar) -> legal.Due | None:
    """None until the family has agreed."""
    if row.consent_on is None:
        return None
    return legal.evaluation_due(row.asked_on, row.consent_on, calendar, kind=row.kind)


def reckon(row: AssessmentRequest, calendar: legal.SchoolCalendar) -> bool:
    """Set both due dates; a plan that was given keeps the day by which it was due. True if one
    of them moved."""
    before = (row.plan_due_on, row.evaluation_due_on)
    if row.plan_given_on is None:
        row.plan_due_on = plan_due(row, calendar).on
    due = evaluation_due(row, calendar)
    row.evaluation_due_on = due.on if due else None
    return before != (row.plan_due_on, row.evaluation_due_on)
