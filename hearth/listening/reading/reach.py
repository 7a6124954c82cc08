"""Who is still to be heard: those reached, against the people the school's own rows know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Value

from hearth.listening.models import ListeningProject
from hearth.listening.models.reach import By, Group, Reach
from hearth.listening.reading.counted import Counted, counted, in_programs, surveys_of
from hearth.listening.rules.hearing import band_tops, number
from hearth.listening.rules.reach import FEW, band, is_missing, points_at_few
from hearth.people.models import Guardian, Staff, Student

# Those of whom it may be told how many came by which way. The other groups are groups of students.
WHOLE = (Group.STUDENTS, Group.FAMILIES, Group.STAFF, Group.PARTNERS)


@dataclass(frozen=True, slots=True)
class Reached:
    """A group, its band, and whether it is missing. How many there are is never told here, and of
    groups of students not how many came by which way."""

    key: str
    name: str
    band: str
    missing: bool
    by: list[tuple[str, int | None]]
    anonymous: int
    row: Reach | None


def _everybody(school_id: int) -> dict[str, int]:
    """How many there are, by the school's own rows."""
    here = Student.objects.current().filter(school=school_id)
    families = Guardian.objects.filter(
        gone_on=None, guardianships__student__in=here, guardianships__gone_on=None
    )
    staff = Staff.objects.filter(school=school_id, gone_on=None)
    one, *others = (
        rows.order_by().values(of=Value(group.value)).annotate(n=Count("pk", distinct=True))
        for group, rows in (
            (Group.STUDENTS, here), (Group.FAMILIES, families), (Group.STAFF, staff),
        )
    )  # fmt: skip
    return {row["of"]: row["n"] for row in one.union(*others)}


def reached(
    project: ListeningProject, today: date, surveys: list[Any] | None = None
) -> list[Reached]:
    """A page that has the surveys of the project at hand brings them along."""
    rows = {row.group: row for row in Reach.objects.filter(project=project)}
    programs = in_programs(project.school_id, today)
    there = _everybody(project.school_id) | {key: len(people) for key, people in programs.items()}
    heard = counted(project, programs, surveys_of(project) if surveys is None else surveys)
    return [
        _one(group, rows.get(group.value), there.get(group.value), heard, today) for group in Group
    ]


def _one(
    group: Group, row: Reach | None, there: int | None, heard: dict[str, Counted], today: date
) -> Reached:
    """What the team wrote down or what Hearth counted, whichever is more: both are at least."""
    tops, fewest = band_tops(today), number("fewest", today)
    found = heard.get(group.value, Counted())
    people = max((n for n in (row.people if row else None, found.people) if n is not None),
                 default=None)  # fmt: skip
    at = band(people, there or (row.known if row else None), upper=tops, fewest=fewest)
    if found.others is not None and points_at_few(people or 0, found.others, fewest):
        at = FEW
    told: dict[str, int | None] = {str(By(way).label): None for way in row.by} if row else {}
    if group in WHOLE and at != FEW:
        told |= {str(By(way).label): many for way, many in found.by.items()}
    return Reached(
        group.value, str(group.label), at, is_missing(at, tops), list(told.items()),
        found.anonymous + (row.anonymous if row else 0), row,
    )  # fmt: skip
