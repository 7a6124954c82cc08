"""One box that finds a student: by name as anyone types it, by a guardian's name, by number; and
referrals, by the words in them that the reader may read."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.people.around import Teacher, needing_interpreter, teachers_of
from hearth.people.models import Student
from hearth.people.models.person import names
from hearth.supports.front.finding import matching

PER_PAGE = 25
# Nobody reads further; another letter helps more than another page.
AT_MOST = 200
ENOUGH_LETTERS = 2
SHOWN = ("person__home_language", "person__interpreter_needed")


@dataclass(frozen=True)
class Result:
    student: Student
    teachers: list[Teacher]
    interpreter: bool


@page(May.SEE_STUDENTS)
def search(request: PageRequest) -> HttpResponse:
    """Whom are you looking for? With htmx, the results alone."""
    typed = request.GET.get("q", "").strip()[:200]
    asked = len(typed) >= ENOUGH_LETTERS
    keys = _found(request, typed) if asked else []
    referrals = matching(request.user, typed, timezone.localdate()) if asked else []
    results = Paginator(keys[:AT_MOST], PER_PAGE).get_page(request.GET.get("page"))
    if asked:
        # The words are a name, so the record says only that there was a search and what it gave.
        found = f"{len(keys)} found, {len(referrals)} referrals"
        looked(request, request.user, page="search", why=found, student_id=None)
    template = "web/search.html#results" if "HX-Request" in request.headers else "web/search.html"
    return render(
        request,
        template,
        {
            "typed": typed,
            "asked": asked,
            "results": results,
            "found": _rows(list(results.object_list)),
            "referrals": referrals,
            "more": len(keys) > AT_MOST,
            "at_most": AT_MOST,
        },
    )


def _found(request: PageRequest, typed: str) -> list[int]:
    """The keys of those found, in the order of their names; one more than is shown."""
    students = Student.objects.visible_to(request.user).current().sought(typed)
    return list(students.with_people().values_list("pk", flat=True)[: AT_MOST + 1])


def _rows(keys: list[int]) -> list[Result]:
    """The students of one page, each with the teachers whom they have."""
    students = {row.pk: row for row in _shown(tuple(keys))} if keys else {}
    teachers = teachers_of(*students.values())
    interpreted = needing_interpreter(*students.values())
    return [Result(students[key], teachers[key], key in interpreted) for key in keys]


@written_once
def _shown(keys: tuple[int, ...]) -> QuerySet[Student]:
    rows = Student.objects.filter(pk__in=keys).select_related("person", "school")
    return rows.only(*names("person"), *SHOWN, "grade", "school__name")
