"""On what footing a person sees a student, read from either end."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models.person import Person, speakable
from hearth.people.rules import is_whole_name

# The grounds on which somebody sees a student as part of their work.
BY_POST = frozenset({"class", "school", "district"})
AT_MOST_NAMED = 500  # who begin like what was typed; those called exactly so are few
EVERY_ROW = Q(district__isnull=False)
TEACHES_STUDENT = {
    "sections__role": "teacher",
    "sections__gone_on": None,
    "sections__section__gone_on": None,
    "sections__section__members__role": "student",
    "sections__section__members__gone_on": None,
}


def holders(verb: May, reach: Reach, **where: Any) -> Q:
    """The users who hold `verb` with this reach today."""
    roles = [key for key, role in ROLES.items() if verb in role.may and role.reach == reach]
    posts = Membership.objects.current().filter(role__in=roles, **where)
    return Q(pk__in=posts.values("user"))


def _whole_district(user: User) -> Q:
    return EVERY_ROW if user.standing.reaches(May.SEE_STUDENTS, Reach.DISTRICT) else NOTHING


def _own_school(user: User) -> Q:
    return Q(school__in=user.standing.schools(May.SEE_STUDENTS))


def _taught_by(user: User) -> Q:
    if not user.standing.reaches(May.SEE_STUDENTS, Reach.CASELOAD):
        return NOTHING
    teaching = Person.objects.filter(user=user, **TEACHES_STUDENT)
    return Q(pk__in=teaching.values("sections__section__members__person"))


def _teachers_of(student: Any) -> Q:
    teaching = Person.objects.filter(
        **TEACHES_STUDENT, sections__section__members__person=student.pk, user__isnull=False
    )
    return Q(pk__in=teaching.values("user")) & holders(May.SEE_STUDENTS, Reach.CASELOAD)


def _child_of(user: User) -> Q:
    if not user.standing.reaches(May.SEE_OWN_CHILD, Reach.OWN_CHILD):
        return NOTHING
    caring = Person.objects.filter(
        user=user,
        guardian__guardianships__may_see_records=True,
        guardian__guardianships__gone_on=None,
    )
    return Q(pk__in=caring.values("guardian__guardianships__student"))


def _guardians_of(student: Any) -> Q:
    caring = Person.objects.filter(
        guardian__guardianships__student=student.pk,
        guardian__guardianships__may_see_records=True,
        guardian__guardianships__gone_on=None,
        user__isnull=False,
    )
    return Q(pk__in=caring.values("user")) & holders(May.SEE_OWN_CHILD, Reach.OWN_CHILD)


def _self(user: User) -> Q:
    return (
        Q(person__user=user) if user.standing.reaches(May.SEE_OWN_SELF, Reach.OWN_SELF) else NOTHING
    )


def _itself(student: Any) -> Q:
    return Q(person=student.pk) & holders(May.SEE_OWN_SELF, Reach.OWN_SELF)


def _is_called(student: Any, typed: str) -> bool:
    person = student.person
    given = (person.given_name, person.preferred_name, f"{person.given_name} {person.middle_name}")
    return is_whole_name(typed, *(f"{first} {person.family_name}" for first in given if first))


class StudentQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "class",
            _("You teach this student."),
            _taught_by,
            _teachers_of,
        ),
        Ground(
            "school",
            _("Your role covers every student of this school."),
            _own_school,
            lambda student: holders(May.SEE_STUDENTS, Reach.SCHOOL, school=student.school_id),
        ),
        Ground(
            "district",
            _("Your role covers every school of the district."),
            _whole_district,
            lambda student: holders(May.SEE_STUDENTS, Reach.DISTRICT),
        ),
        Ground("child", _("This is your child."), _child_of, _guardians_of),
        Ground("self", _("This is you."), _self, _itself),
    )

    def named(self, typed: str) -> "StudentQuerySet":
        return self.filter(person__in=Person.objects.named(typed))

    def found_to_ask(self, user: User, typed: str) -> list[Any]:
        """Those of the user's own school who are called exactly so, or have this number. For staff
        who see no students: enough to ask for one whom they have met, too little to look around."""
        eyes = [user, *([user.viewed_by] if user.viewed_by else [])]
        schools = [eye.standing.schools(May.FIND_TO_ASK) for eye in eyes]
        here = self.current().filter(school__in=frozenset.intersection(*schools))
        named = Person.objects.named(typed).values("pk")
        asked = Q(person__in=named) | (~Q(local_id="") & Q(local_id=speakable(typed).strip()))
        rows = here.filter(asked).with_people()[:AT_MOST_NAMED]
        return [row for row in rows if row.local_id == typed.strip() or _is_called(row, typed)]

    def sought(self, typed: str) -> "StudentQuerySet":
        """Students by their own name, by the name of an adult who cares for them, by number."""
        named = Person.objects.named(typed).values("pk")
        everybody = self.model._default_manager
        number = everybody.exclude(local_id="").filter(local_id=speakable(typed).strip())
        cared_for = everybody.filter(
            guardianships__gone_on=None, guardianships__guardian__person__in=named
        )
        # A union, because PostgreSQL reads every student of the district for an OR of these.
        return self.filter(pk__in=named.union(cared_for.values("pk"), number.values("pk")))

    def called_exactly(self, typed: str) -> list[Any]:
        """Those who are called so, whole, however it is typed."""
        named = Person.objects.named(typed).values("pk")
        rows = self.current().filter(person__in=named).with_people()[:AT_MOST_NAMED]
        return [row for row in rows if _is_called(row, typed)]

    def in_section(self, section: models.Model) -> "StudentQuerySet":
        members = section.members.filter(role="student", gone_on=None)  # type: ignore[attr-defined]
        return self.filter(pk__in=members.values("person"))

    def with_absorbed(self) -> "StudentQuerySet":
        """Each with the keys of the rows that were merged into it, as `absorbed`."""
        merged = Person.objects.filter(merged_into=models.OuterRef("pk"))
        told: StudentQuerySet = self.annotate(absorbed=ArraySubquery(merged.values("pk")))
        return told

    def seen_by_post(self, user: User) -> "StudentQuerySet":
        """Those whom the user sees as part of their work, not as family."""
        grounds = (ground.rows(user) for ground in self.grounds if ground.key in BY_POST)
        seen: StudentQuerySet = self.visible_to(user).filter(reduce(or_, grounds))
        return seen

    def with_people(self) -> "StudentQuerySet":
        """Each with the person's own row, in the order of the family names."""
        return self.select_related("person", "school").order_by(
            "person__family_name", "person__given_name", "pk"
        )

    def current(self) -> "StudentQuerySet":
        return self.filter(gone_on=None, person__merged_into=None)
