"""The team around a student: who works on supports at the student's school, and is not family."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground
from hearth.people.models.grounds import holders
from hearth.people.models.person import Person
from hearth.people.models.student import Guardianship

ON_TEAM = _("You are on this school's support team.")


def own_children(user: User) -> Any:
    """The students a user cares for at home, as keys. As family, one is not of the team."""
    return Guardianship.objects.filter(guardian__person__user=user, gone_on=None).values("student")


def family_of(student_id: int) -> Q:
    """The users who care for a student at home."""
    caring = Person.objects.filter(
        guardian__guardianships__student=student_id,
        guardian__guardianships__gone_on=None,
        user__isnull=False,
    )
    return Q(pk__in=caring.values("user"))


def _team_of_student(user: User) -> Q:
    schools = user.standing.schools(May.SEE_REFERRALS)
    if not schools:
        return NOTHING
    return Q(student__school__in=schools) & ~Q(student__in=own_children(user))


TEAM = Ground[Any](
    "team",
    ON_TEAM,
    _team_of_student,
    lambda row: (
        holders(May.SEE_REFERRALS, Reach.SCHOOL, school=row.student.school_id)
        & ~family_of(row.student_id)
    ),
)
