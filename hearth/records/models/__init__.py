"""What the student information system keeps of a student, one file per noun."""

from hearth.records.models.attendance import AttendanceDay, AttendanceYear
from hearth.records.models.enrollment import Enrollment
from hearth.records.models.figure import PublicFigure
from hearth.records.models.incident import Incident, IncidentPart

__all__ = [
    "AttendanceDay",
    "AttendanceYear",
    "Enrollment",
    "Incident",
    "IncidentPart",
    "PublicFigure",
]
