"""Lists of students: a teacher's classes, a school's roster."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Exists, Model, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.people.around import needing_interpreter
from hearth.people.models import Section, SectionMember, Student
from hearth.people.words import grade_name, grade_order
from hearth.schools.models import School

PER_PAGE = 50
CLASSES_SHOWN = 300
Row = TypeVar("Row", bound=Model)


@page(May.SEE_STUDENTS)
def classes(request: PageRequest) -> HttpResponse:
    """Who is in my classes? One class at a time; who teaches none gets the school's roster."""
    whole_school = _sees_whole_schools(request.user)
    mine = _taught_by(request.user)
    if not mine and whole_school:
        return redirect("people:students")
    chosen = _named_in(mine, request.GET.get("class")) or next(iter(mine), None)
    students = _students_in(chosen, request.user) if chosen else []
    return render(
        request,
        "people/classes.html",
        {
            "tabs": [
                {
                    "label": section.title,
                    "url": f"?class={section.pk}",
                    "current": section == chosen,
                }
                for section in mine
            ],
            "chosen": chosen,
            "students": students,
            "interpreted": needing_interpreter(*students),
            "whole_school": whole_school,
        },
    )


@page(May.SEE_STUDENTS)
def students(request: PageRequest) -> HttpResponse:
    """Who goes to this school? Fifty a page, by school, grade and class."""
    schools = _schools_of(request.user)
    school = _named_in(schools, request.GET.get("school")) or next(iter(schools), None)
    in_school = Student.objects.visible_to(request.user).current().filter(school=school)
    grades = sorted(set(in_school.values_list("grade", flat=True)) - {""}, key=grade_order)
    grade = request.GET.get("grade", "")
    sections = list(
        Section.objects.filter(school=school, gone_on=None)
        .filter(Exists(SectionMember.objects.filter(section=OuterRef("pk"), gone_on=None)))
        .order_by("title", "pk")[:CLASSES_SHOWN]
    )
    section = _named_in(sections, request.GET.get("class"))
    shown = in_school.filter(grade=grade) if grade in grades else in_school
    shown = shown.in_section(section) if section else shown
    listed = Paginator(shown.with_people(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "people/students.html",
        {
            "school": school,
            "schools": schools if len(schools) > 1 else [],
            "grades": [(key, grade_name(key)) for key in grades],
            "grade": grade,
            "sections": sections,
            "section": section,
            "page": listed,
            "interpreted": needing_interpreter(*listed.object_list),
        },
    )


def _sees_whole_schools(user: User) -> bool:
    reach = user.standing
    return bool(reach.schools(May.SEE_STUDENTS)) or reach.reaches(May.SEE_STUDENTS, Reach.DISTRICT)


def _schools_of(user: User) -> list[School]:
    schools = School.objects.filter(gone_on=None).order_by("name", "pk")
    if user.standing.reaches(May.SEE_STUDENTS, Reach.DISTRICT):
        return list(schools)
    return list(schools.filter(pk__in=user.standing.schools(May.SEE_STUDENTS)))


def _taught_by(user: User) -> list[Section]:
    teaching = {"members__person__user": user, "members__role": "teacher", "members__gone_on": None}
    taught = Section.objects.filter(gone_on=None, **teaching)
    return list(taught.distinct().order_by("title", "pk"))


def _students_in(section: Section, user: User) -> list[Student]:
    students = Student.objects.visible_to(user).current().in_section(section)
    return list(students.with_people())


def _named_in(rows: Sequence[Row], key: str | None) -> Row | None:
    """The row that the address names, if it is one of these."""
    return next((row for row in rows if str(row.pk) == key), None)
