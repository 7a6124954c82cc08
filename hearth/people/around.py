"""Who is around a student: those who teach them, those who care for them at home."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from hearth.access.written import written_once
from hearth.people.models import Guardian, Guardianship, Person, SectionMember, Student
from hearth.people.models.person import names

# How an adult of the family is spoken with and reached.
REACH = [
    f"guardian__person__{column}"
    for column in (
        "pronouns", "home_language", "interpreter_needed", "reach_by", "phone", "email",
    )
]  # fmt: skip


@dataclass
class Teacher:
    """An adult of the school who sees the student in class, and in which classes."""

    person: Person
    classes: list[str] = field(default_factory=list)


def teachers_of(*students: Student) -> dict[int, list[Teacher]]:
    """The teachers of each student, by the student's key; one query for all of them."""
    found: dict[int, dict[int, Teacher]] = {student.pk: {} for student in students}
    for member in _teaching(tuple(found)) if found else []:
        teacher = found[member.student].setdefault(member.person_id, Teacher(member.person))
        if member.section.title not in teacher.classes:
            teacher.classes.append(member.section.title)
    return {key: list(teachers.values()) for key, teachers in found.items()}


@written_once
def _teaching(students: tuple[int, ...]) -> QuerySet[SectionMember, Any]:
    return (
        SectionMember.objects.filter(
            role="teacher",
            gone_on=None,
            section__gone_on=None,
            section__members__role="student",
            section__members__gone_on=None,
            section__members__person__in=list(students),
        )
        .annotate(student=F("section__members__person"))
        .select_related("person", "section")
        .only(*names("person"), "person__pronouns", "person__email", "section__title")
        .order_by("section__title", "pk")
    )


def family_of(student: Student) -> list[Guardianship]:
    """The adults who care for the student, with language and how to reach them."""
    return _caring_for(student.pk)


@written_once
def _caring_for(student: int) -> QuerySet[Guardianship]:
    return (
        Guardianship.objects.filter(student=student, gone_on=None)
        .filter(guardian__person__merged_into=None)
        .select_related("guardian__person")
        .only("relationship", *names("guardian__person"), *REACH)
        .order_by("pk")
    )


def adults_of(student: Student) -> QuerySet[Guardian]:
    """The same adults, to choose one of them by name."""
    caring = Guardian.objects.filter(
        guardianships__student=student.pk, guardianships__gone_on=None, person__merged_into=None
    )
    return caring.select_related("person").order_by("person__given_name", "pk")


def needing_interpreter(*students: Student) -> set[int]:
    """Those with whom, or with whose family, somebody should interpret."""
    own = {student.pk for student in students if student.person.interpreter_needed}
    return own | set(_interpreted(tuple(student.pk for student in students)) if students else [])


@written_once
def _interpreted(students: tuple[int, ...]) -> QuerySet[Guardianship, int]:
    relations = Guardianship.objects.filter(
        student__in=students, gone_on=None, guardian__person__interpreter_needed=True
    )
    return relations.values_list("student", flat=True)
