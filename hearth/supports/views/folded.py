"""A clean slate: what was closed long ago opens only when somebody unfolds it on purpose."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from hearth.access.gate import PageRequest
from hearth.people.models import Student
from hearth.supports.rules.keeping import years_in_sight


def folded(request: PageRequest, student: Student, reasons: list[Promise]) -> HttpResponse:
    """Do you need it? The page asks first, and the look at what is in it is kept only then."""
    words = {
        "student": student,
        "reasons": reasons,
        "years": years_in_sight(timezone.localdate()),
    }
    return render(request, "supports/folded.html", words)
