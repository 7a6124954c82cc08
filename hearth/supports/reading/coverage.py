"""How much of each class, and of a school, has been reviewed in a school year.

These are counts of a roster: who was looked at, never how anybody fares.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hearth.people.models import Section, SectionMember, Student
from hearth.schools.models import School
from hearth.supports.models import ClassReview, StudentReview
from hearth.supports.rules.review import Walk

# A student who is here: in the roster file, and not a second row of somebody else.
HERE = {
    "role": "student",
    "gone_on": None,
    "person__student__isnull": False,
    "person__student__gone_on": None,
    "person__merged_into": None,
}


@dataclass(frozen=True)
class Coverage:
    reviewed: int
    students: int


def with_coverage(sections: QuerySet[Section], year: int) -> QuerySet[Section, Any]:
    """Each class that has students: how many, how many were reviewed, and the review if begun."""
    members = SectionMember.objects.filter(section=OuterRef("pk"), **HERE)
    said = StudentReview.objects.filter(review__section=OuterRef("section"), review__year=year)
    seen = members.filter(person__in=said.values("student"))
    review = ClassReview.objects.filter(section=OuterRef("pk"), year=year)
    return sections.annotate(
        students=_count(members),
        reviewed=_count(seen),
        review=Subquery(review.values("pk")[:1]),
        finished_at=Subquery(review.values("finished_at")[:1]),
    ).filter(students__gt=0)


def _count(members: QuerySet[SectionMember]) -> Coalesce:
    counted = members.order_by().values("section").annotate(n=Count("person", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def of_school(school: School, year: int) -> Coverage:
    """A student reviewed in one of their classes is reviewed, in however many they sit."""
    here = Student.objects.current().filter(school=school)
    said = StudentReview.objects.filter(review__year=year)
    found = here.aggregate(
        students=Count("pk"), reviewed=Count("pk", filter=Q(pk__in=said.values("student")))
    )
    return Coverage(**found)


def walk_of(review: ClassReview) -> Walk:
    """The whole class in the order of its names, whoever looks."""
    roster = Student.objects.current().in_section(review.section)
    keys = roster.with_people().values_list("pk", flat=True)
    return Walk(tuple(keys), frozenset(review.students.values_list("student", flat=True)))
