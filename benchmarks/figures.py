"""A mart of the made district, its figures released, and one table of two groups, as jobs do it."""

from django.utils import timezone

from hearth.access.models import User
from hearth.demo.cast import BY_KEY
from hearth.insight import tasks
from hearth.insight.mart import build as building
from hearth.insight.mart.home import engine_here, home_of
from hearth.insight.models import AskedTable, DisclosedTable
from hearth.schools.acting import acting_for
from hearth.schools.models import District

MEASURE, FIRST, SECOND = "chronic_absence", "race", "gender"
CUT = f"{FIRST}+{SECOND}"


def release(district: District) -> None:
    """What a night's job does, and then what somebody asks for."""
    building.build(
        district.pk, home_of(district.pk), today=timezone.localdate(), engine=engine_here()
    )
    tasks.release(district.pk)
    with acting_for(district.pk):
        analyst = User.objects.get(email=BY_KEY["priya"].email)
        told = DisclosedTable.objects.filter(measure=MEASURE, cut="").order_by("-year")
        asked = tasks.ask_together(
            district.pk, measure=MEASURE, year=told[0].year, groups=(FIRST, SECOND), by=analyst
        )
    tasks.build_together(asked_id=asked.pk, district_id=district.pk)


def is_told_together() -> bool:
    """Whether the table of two groups may be told; where it may not, it has no page to measure."""
    return AskedTable.objects.filter(cut=CUT, standing=AskedTable.Standing.TOLD).exists()
