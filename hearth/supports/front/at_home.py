"""What a family, or a student, finds on Today: what is hoped for, and when we look again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.people.models import Student
from hearth.supports.models import Goal, Plan


@dataclass(frozen=True)
class PlanAtHome:
    """One open plan: its first goal in the words of whoever hopes for it."""

    goal: str
    url: str
    review_on: date


def plans_at_home(user: User, students: Iterable[Student]) -> dict[int, list[PlanAtHome]]:
    """The open plans of these students that the user may read, by student; one query."""
    students = list(students)
    if not students or not user.may(May.SEE_PLANS):
        return {}
    found: dict[int, list[PlanAtHome]] = defaultdict(list)
    for plan in _open_plans(user, tuple(student.pk for student in students)):
        found[plan["student"]].append(
            PlanAtHome(
                goal=plan["goal"] or plan["builds_on"],
                url=reverse("supports:plan", args=[plan["pk"]]),
                review_on=plan["review_on"],
            )
        )
    return found


@written_once
def _open_plans(user: User, students: tuple[int, ...]) -> QuerySet[Plan, dict[str, Any]]:
    goal = Goal.objects.filter(plan=OuterRef("pk"), met_on=None).order_by("pk").values("words")[:1]
    plans = (
        Plan.objects.visible_to(user)
        .filter(student__in=students, ended_on=None)
        .annotate(goal=Subquery(goal))
        .order_by("review_on", "pk")
    )
    found: QuerySet[Plan, dict[str, Any]] = plans.values(
        "student", "pk", "goal", "builds_on", "review_on"
    )
    return found
