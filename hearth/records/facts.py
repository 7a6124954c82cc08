"""What this floor tells the numbers: days, years, stays and incidents, as plain rows.

Each is a queryset whose first column is the student's key; the mart puts a random number in its
place. Of an incident only its key, its day and codes are told, never its number.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.records.models import AttendanceDay, AttendanceYear, Enrollment, IncidentPart

Told = QuerySet[Any, tuple[Any, ...]]


def attendance_days(day: date | None = None) -> Told:
    """student, school, day, kind, minutes: all, or those of one day."""
    days = AttendanceDay.objects.filter(day=day) if day else AttendanceDay.objects.all()
    return days.values_list("student", "school", "day", "kind", "minutes")


def attendance_years() -> Told:
    """student, school, year, and the totals of the year."""
    return AttendanceYear.objects.values_list(
        "student", "school", "year", "expected", "attended", "excused", "unexcused", "suspended",
        "in_school", "independent", "independent_missed", "exempt",
    )  # fmt: skip


def stays() -> Told:
    """student, school, starts, ends, grade, exit_code, exempt."""
    return Enrollment.objects.values_list(
        "student", "school", "starts", "ends", "grade", "exit_code", "exempt"
    )


def incident_parts() -> Told:
    """student, school, day, incident, offenses, result, days, minutes, of offenses."""
    return IncidentPart.objects.filter(incident__statutory=True).values_list(
        "student", "incident__school", "incident__day", "incident", "offenses", "result", "days",
        "minutes",
    )  # fmt: skip
