"""Who is still to be heard: those reached, against the people the school's own rows know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from hearth.listening.models import ListeningProject
from hearth.listening.models.reach import By, Group, Reach
from hearth.listening.rules.hearing import band_tops, number
from hearth.listening.rules.reach import band, is_missing
from hearth.people.models import Guardian, ProgramTime, Staff, Student


@dataclass(frozen=True, slots=True)
class Reached:
    """A group, its band, and whether it is missing. How many there are is never told here."""

    key: str
    name: str
    band: str
    missing: bool
    by: list[str]
    row: Reach | None


def known(school_id: int, today: date) -> dict[str, int]:
    here = Student.objects.current().filter(school=school_id)
    found = {
        Group.STUDENTS.value: here.count(),
        Group.FAMILIES.value: Guardian.objects.filter(
            gone_on=None, guardianships__student__in=here, guardianships__gone_on=None
        ).distinct().count(),
        Group.STAFF.value: Staff.objects.filter(school=school_id, gone_on=None).count(),
    }  # fmt: skip
    held = ProgramTime.objects.filter(
        Q(ends=None) | Q(ends__gte=today), starts__lte=today, person__in=here.values("person")
    )
    counted = held.values("program").annotate(people=Count("person", distinct=True))
    return found | {row["program"]: row["people"] for row in counted}


def reached(project: ListeningProject, today: date) -> list[Reached]:
    rows = {row.group: row for row in Reach.objects.filter(project=project)}
    there, tops, fewest = known(project.school_id, today), band_tops(today), number("fewest", today)
    found = []
    for group in Group:
        row = rows.get(group.value)
        total = there.get(group.value) or (row.known if row else None)
        at = band(row.people if row else None, total, upper=tops, fewest=fewest)
        ways = [str(By(way).label) for way in row.by] if row else []
        found.append(Reached(group.value, str(group.label), at, is_missing(at, tops), ways, row))
    return found
