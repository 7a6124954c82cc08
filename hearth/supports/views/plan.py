"""A student's supports in one view, one plan, its paper, and who may read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.visible import Ground, people_who_may_see
from hearth.people.models import Student
from hearth.supports.models import Domain, Entitlement, Measure, Plan, Tier
from hearth.supports.models.around import SharedQuerySet
from hearth.supports.models.circle import students_shared_with
from hearth.supports.paper.over_time import drawn, periods_of
from hearth.supports.paper.picture import picture
from hearth.supports.paper.plan_paper import paper
from hearth.supports.reading.in_one import with_related
from hearth.supports.reading.progress import by_measure
from hearth.supports.views.folded import folded
from hearth.supports.views.looking import look_noted


@page(May.SEE_PLANS)
def student_supports(request: PageRequest, pk: int) -> HttpResponse:
    """Everything that is in place for one student, beside each other."""
    user = request.user
    students = students_shared_with(user).select_related("person", "school")
    student: Student = get_object_or_404(students, pk=pk)
    reasons = [ground.reason for ground in students.footing_of(student)]
    unfold = "folded" in request.GET
    seen_as = "folded away" if unfold else "supports"
    look_noted(request, student, reasons, page=seen_as, student_id=student.pk)
    tiers = _in_sight(Tier.objects.visible_to(user), unfold=unfold).filter(student=student)
    kept = Entitlement.objects.visible_to(user).filter(student=student, ends_on=None)
    of_student = _in_sight(Plan.objects.visible_to(user), unfold=unfold).filter(student=student)
    plans = with_related(of_student.order_by("-starts_on", "-pk"), "goals", "strategies")
    held = list(tiers.order_by("-starts_on", "-pk"))
    return render(
        request,
        "supports/student_supports.html",
        {
            "student": student,
            "reasons": reasons,
            "tiers": _by_domain(held),
            "earlier_tiers": [tier for tier in held if tier.ends_on],
            "entitlements": kept.select_related("case_manager").order_by("kind"),
            "plans": [plan for plan in plans if plan.ended_on is None],
            "earlier": [plan for plan in plans if plan.ended_on],
            "over_time": drawn(student, user, periods_of(plans, held), unfold=unfold),
            "unfold": unfold,
        },
    )


@page(May.SEE_PLANS)
def plan(request: PageRequest, pk: int) -> HttpResponse:
    """What is hoped for, who does what, and how it goes. One that ended long ago opens only when
    somebody unfolds it on purpose."""
    found, footing = _open(request, pk, "folded away" if "folded" in request.GET else "plan")
    user, reasons = request.user, [ground.reason for ground in footing]
    if found.is_folded(timezone.localdate()) and "folded" not in request.GET:
        return folded(request, found.student, reasons)
    measures = Measure.objects.visible_to(user).filter(goal__plan=found)
    keys = {ground.key for ground in footing}
    of_team = found.student.school_id in user.standing.schools(May.WORK_REFERRALS)
    around = with_related(measures.select_related("goal"), "points", "phases")
    strategies = list(found.strategies.select_related("doer").order_by("starts_on", "pk"))
    return render(
        request,
        "supports/plan.html",
        {
            "plan": found,
            "reasons": reasons,
            "goals": found.goals.order_by("pk"),
            "strategies": [one for one in strategies if one.ends_on is None],
            "ended": [one for one in strategies if one.ends_on],
            "reviews": found.reviews.select_related("by").order_by("-on", "-pk"),
            "measures": [(one, picture(one)) for one in by_measure(around)],
            "may_write": not found.ended_on and "team" in keys and of_team,
            "may_count": bool(keys & {"team", "class"}),
        },
    )


@page(May.SEE_PLANS)
def print_plan(request: PageRequest, pk: int) -> HttpResponse:
    """The plan on paper, to bring to the family: a tagged PDF."""
    found, _footing = _open(request, pk, "plan on paper")
    measures = Measure.objects.visible_to(request.user).filter(goal__plan=found)
    told = by_measure(with_related(measures, "points", "phases"))
    document = paper(found, told, request.user.name, timezone.localdate())
    return HttpResponse(document, content_type="application/pdf")


@page(May.SEE_PLANS)
def plan_who(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who could open this plan today, each with the reason."""
    found, _footing = _open(request, pk, "who may see the plan")
    return render(
        request,
        "supports/plan_who.html",
        {"plan": found, "watchers": people_who_may_see(found)},
    )


def _open(request: PageRequest, pk: int, page: str) -> tuple[Plan, list[Ground[Any]]]:
    """The plan, and on what footing the reader sees it; the look is kept."""
    rows = Plan.objects.visible_to(request.user).with_footing(request.user)
    around = rows.select_related("student__person", "student__school", "written_by")
    found: Plan = get_object_or_404(around, pk=pk)
    footing = rows.footing_of(found)
    reasons = [ground.reason for ground in footing]
    look_noted(request, found, reasons, page=page, student_id=found.student_id)
    return found, footing


def _in_sight(rows: SharedQuerySet, *, unfold: bool) -> SharedQuerySet:
    """Without what ended long ago: a clean slate."""
    return rows if unfold else rows.not_folded(timezone.localdate())


def _by_domain(tiers: list[Tier]) -> list[tuple[Domain, Tier | None]]:
    """Every domain, with the tier that stands there; without one it is what everybody has."""
    standing = {tier.domain: tier for tier in tiers if tier.ends_on is None}
    return [(domain, standing.get(domain)) for domain in Domain]
