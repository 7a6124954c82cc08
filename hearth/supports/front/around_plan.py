"""What is in place around a student, for the student's own page: one query for all of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.people.models import Student
from hearth.supports.models import Domain, Entitlement, Goal, Plan, Tier
from hearth.supports.models.circle import shared_with
from hearth.supports.waits import legal
from hearth.supports.waits.legal import Running

DAYS = ("starts_on", "review_on")


@dataclass(frozen=True)
class OpenPlan:
    pk: int
    url: str
    builds_on: str
    goal: str
    starts_on: date
    review_on: date


@dataclass(frozen=True)
class OpenTier:
    domain: str
    level: str
    starts_on: date
    reason: str


@dataclass(frozen=True)
class OpenEntitlement:
    kind: str
    accommodations: str
    services: str
    case_manager: str
    review_on: date | None


@dataclass(frozen=True)
class NextDate:
    day: date
    words: str


@dataclass(frozen=True)
class AroundStudent:
    """As much of it as this reader may know."""

    url: str = ""
    plans: list[OpenPlan] = field(default_factory=list)
    tiers: list[OpenTier] = field(default_factory=list)
    entitlements: list[OpenEntitlement] = field(default_factory=list)
    by_law: list[Running] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.plans or self.tiers or self.entitlements)

    @property
    def next_dates(self) -> list[NextDate]:
        found = [NextDate(plan.review_on, _("We look at the plan again")) for plan in self.plans]
        found += [
            NextDate(kept.review_on, _("Yearly review of the %(plan)s") % {"plan": kept.kind})
            for kept in self.entitlements
            if kept.review_on
        ]
        return sorted(found, key=lambda one: one.day)


def for_student(student: Student, user: User) -> AroundStudent:
    """Plan, tiers, what the law asks, the next dates and the law's clocks, as far as the user may
    see each. What somebody whose work holds no plans wrote down stands in their own list."""
    if not user.may(May.SEE_PLANS):
        return AroundStudent()
    found = next(iter(_around(student.pk, user)), None)
    if found is None:
        return AroundStudent()
    by_law = legal.running(found["assessments_now"], found["insteads_now"])
    if not found["is_shared"]:
        return AroundStudent(by_law=by_law)
    return AroundStudent(
        by_law=by_law,
        url=reverse("supports:student_supports", args=[student.pk]),
        plans=[
            OpenPlan(**_dated(row), url=reverse("supports:plan", args=[row["pk"]]))
            for row in found["plans_now"]
        ],
        tiers=[
            OpenTier(**_dated(_said(row, domain=Domain, level=Tier.Level)))
            for row in found["tiers_now"]
        ],
        entitlements=[
            OpenEntitlement(**_dated(_said(row, kind=Entitlement.Kind)))
            for row in found["kept_now"]
        ],
    )


@written_once
def _around(student: int, user: User) -> QuerySet[Student, dict[str, Any]]:
    goal = Goal.objects.filter(plan=OuterRef("pk")).order_by("pk").values("words")[:1]
    found: QuerySet[Student, dict[str, Any]] = (
        Student.objects.filter(pk=student)
        .annotate(
            **legal.of_student(user),
            is_shared=Case(When(shared_with(user), then=True), default=False),
            plans_now=_rows(
                Plan.objects.filter(ended_on=None).order_by("pk"),
                pk=F("pk"),
                builds_on=F("builds_on"),
                goal=Subquery(goal),
                starts_on=F("starts_on"),
                review_on=F("review_on"),
            ),
            tiers_now=_rows(
                Tier.objects.filter(ends_on=None).order_by("pk"),
                domain=F("domain"),
                level=F("level"),
                starts_on=F("starts_on"),
                reason=F("reason"),
            ),
            kept_now=_rows(
                Entitlement.objects.filter(ends_on=None).order_by("pk"),
                kind=F("kind"),
                accommodations=F("accommodations"),
                services=F("services"),
                case_manager=F("case_manager__name"),
                review_on=F("review_on"),
            ),
        )
        .values(
            "is_shared", "plans_now", "tiers_now", "kept_now", "assessments_now", "insteads_now"
        )
    )
    return found


def _rows(rows: Any, **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.filter(student=OuterRef("pk")).values(row=JSONObject(**columns)))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no days, so they come as text."""
    return {
        key: date.fromisoformat(value) if key in DAYS and value else value
        for key, value in row.items()
    }


def _said(row: dict[str, Any], **choices: Any) -> dict[str, Any]:
    return {**row, **{key: str(closed(row[key]).label) for key, closed in choices.items()}}
