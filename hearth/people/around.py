"""Who is around a student: those who teach them, those who care for them at home."""

from dataclasses import dataclass, field

from hearth.people.models import Guardianship, Person, SectionMember, Student


@dataclass
class Teacher:
    """An adult of the school who sees the student in class, and in which classes."""

    person: Person
    classes: list[str] = field(default_factory=list)


def teachers_of(*students: Student) -> dict[int, list[Teacher]]:
    """The teachers of each student, by the student's key; two queries for all of them."""
    keys = [student.pk for student in students]
    learning = SectionMember.objects.filter(
        person__in=keys, role="student", gone_on=None, section__gone_on=None
    )
    teaching = (
        SectionMember.objects.filter(
            section__in=learning.values("section"), role="teacher", gone_on=None
        )
        .select_related("person", "section")
        .order_by("section__title", "pk")
    )
    found: dict[int, dict[int, Teacher]] = {key: {} for key in keys}
    sections: dict[int, set[int]] = {}
    for section, student in learning.values_list("section", "person"):
        sections.setdefault(section, set()).add(student)
    for member in teaching:
        for student in sections.get(member.section_id, ()):
            teacher = found[student].setdefault(member.person_id, Teacher(member.person))
            teacher.classes.append(member.section.title)
    return {key: list(teachers.values()) for key, teachers in found.items()}


def family_of(student: Student) -> list[Guardianship]:
    """The adults who care for the student, with language and how to reach them."""
    return list(
        Guardianship.objects.filter(student=student.pk, gone_on=None)
        .filter(guardian__person__merged_into=None)
        .select_related("guardian__person")
        .order_by("pk")
    )


def keys_of(student: Student) -> list[int]:
    """The student's key and those of the rows merged into it: the record names both."""
    absorbed = Person.objects.filter(merged_into=student.pk).values_list("pk", flat=True)
    return [student.pk, *absorbed]


def needing_interpreter(*students: Student) -> set[int]:
    """Those with whom, or with whose family, somebody should interpret."""
    relations = Guardianship.objects.filter(
        student__in=students, gone_on=None, guardian__person__interpreter_needed=True
    )
    own = {student.pk for student in students if student.person.interpreter_needed}
    return own | set(relations.values_list("student", flat=True))
