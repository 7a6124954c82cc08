"""Rows about one student, seen on the footing on which the student is seen."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q

from hearth.access.models import User
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models.grounds import StudentQuerySet
from hearth.people.models.student import Student


def through_student(key: str) -> Ground[Any]:
    """Whoever sees the student on that ground sees the row about them, for the same reason."""
    ground = next(ground for ground in StudentQuerySet.grounds if ground.key == key)

    def rows(user: User) -> Q:
        on_this = ground.rows(user)
        return on_this if on_this is NOTHING else Q(student__in=Student.objects.filter(on_this))

    return Ground(key, ground.reason, rows, lambda row: ground.people(row.student))


class OfStudentQuerySet(VisibleQuerySet[Any]):
    """Everybody who sees the student sees these rows: school, teachers, family, the student."""

    grounds: ClassVar[Sequence[Ground[Any]]] = tuple(
        through_student(ground.key) for ground in StudentQuerySet.grounds
    )
