"""Each night: the law's dates follow the calendar, when a new year or a break came into it."""

from django.db import transaction
from procrastinate.contrib.django import app

from hearth.audit.actions import record
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from hearth.supports.models import AssessmentRequest
from hearth.supports.reading.reckoning import reckon, school_calendar


@app.periodic(cron="35 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queue="mail", name="supports.keep_legal_clocks")  # type: ignore[untyped-decorator]
def keep_legal_clocks(timestamp: int) -> None:
    for district in District.objects.all():
        with acting_for(district.pk):
            keep_clocks()


@transaction.atomic
def keep_clocks() -> int:
    """Reckon every open request anew. Returns how many due dates changed."""
    calendar, changed = school_calendar(), 0
    rows = AssessmentRequest.objects.select_for_update().filter(finished_on=None)
    for row in rows.prefetch_related("more_time"):
        if reckon(row, calendar):
            row.save(update_fields=["plan_due_on", "evaluation_due_on"])
            record(
                "assessment_clock_moved", row, district_id=row.district_id, by=None,
                student_id=row.student_id,
            )  # fmt: skip
            changed += 1
    return changed
