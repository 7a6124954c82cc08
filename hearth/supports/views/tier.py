"""How much support, by which rule; and what the law asks."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.people.models import Student
from hearth.supports.actions import tier as tiers
from hearth.supports.forms.plan import EndEntitlementForm, EndTierForm, EntitlementForm, TierForm
from hearth.supports.models import Domain, Entitlement, Tier
from hearth.supports.models.circle import students_kept_by, students_of_team, who_works_with
from hearth.supports.rules.tiers import rules_for
from hearth.supports.views.doing import Act, act, typed
from hearth.supports.views.plan_acts import supports_of

BOTH = ("GET", "POST")


@page(May.WORK_REFERRALS, methods=BOTH)
def set_tier(request: PageRequest, pk: int, domain: str) -> HttpResponse:
    """Say how much support a student has in one domain; a change ends what stood there."""
    if domain not in Domain.values:
        raise Http404
    student = _student(students_of_team(request.user), pk)
    now = (
        Tier.objects.visible_to(request.user)
        .filter(student=student, domain=domain, ends_on=None)
        .first()
    )
    begun = {"instead_of": now.pk if now else None, **_agreed(domain)}
    if now:
        begun |= {"level": now.level, "entry_rule": now.entry_rule, "exit_rule": now.exit_rule}
    return act(
        request,
        TierForm(typed(request), initial=begun),
        _of(
            student,
            question=_("How much support: %(domain)s?") % {"domain": Domain(domain).label},
            explain=_stands(now),
            submit=_("Set the tier"),
            do=lambda **said: tiers.set_tier(student=student, domain=domain, **said),
        ),
    )


@page(May.WORK_REFERRALS, methods=BOTH)
def end_tier(request: PageRequest, pk: int) -> HttpResponse:
    """Back to what every student has."""
    rows = Tier.objects.where_team_may(request.user, May.WORK_REFERRALS)
    found = get_object_or_404(rows.select_related("student__person"), pk=pk)
    return act(
        request,
        EndTierForm(typed(request)),
        _of(
            found.student,
            question=_("Why is it not needed any more?"),
            explain=_("It ends when: %(rule)s") % {"rule": found.exit_rule},
            submit=_("End the tier"),
            do=lambda **said: tiers.end_tier(tier=found, **said),
        ),
    )


@page(May.KEEP_ENTITLEMENTS, methods=BOTH)
def new_entitlement(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what an IEP or 504 plan asks of those who teach the student."""
    student = _student(students_kept_by(request.user), pk)
    return _keep(request, student, {"starts_on": timezone.localdate()})


@page(May.KEEP_ENTITLEMENTS, methods=BOTH)
def entitlement(request: PageRequest, pk: int) -> HttpResponse:
    """Write it anew; what it said before stays in its history."""
    found = _entitlement(request.user, pk)
    now = {name: getattr(found, name) for name in EntitlementForm.base_fields}
    return _keep(request, found.student, {**now, "case_manager": str(found.case_manager_id)})


@page(May.KEEP_ENTITLEMENTS, methods=BOTH)
def end_entitlement(request: PageRequest, pk: int) -> HttpResponse:
    found = _entitlement(request.user, pk)
    return act(
        request,
        EndEntitlementForm(typed(request), initial={"on": timezone.localdate()}),
        _of(
            found.student,
            question=_("When did this %(plan)s end?") % {"plan": found.get_kind_display()},
            explain=_("Only the team that the law names may end it; here you write down its day."),
            submit=_("Keep the day"),
            do=lambda **said: tiers.end_entitlement(entitlement=found, **said),
        ),
    )


def _keep(request: PageRequest, student: Student, now: dict[str, Any]) -> HttpResponse:
    around = {user.pk: user for user in [*who_works_with(student), request.user]}
    return act(
        request,
        EntitlementForm(typed(request), initial=now, around=around.values()),
        _of(
            student,
            question=_("What must everybody who teaches this student do?"),
            explain=_(
                "The plan itself stays where it is. A plan is decided by the team that the law "
                "names, never here."
            ),
            submit=_("Keep it"),
            do=lambda **said: tiers.keep_entitlement(student=student, **said),
        ),
    )


def _of(student: Student, **said: Any) -> Act:
    return Act(back=supports_of(student), student=student, **said)


def _student(rows: Any, pk: int) -> Student:
    found: Student = get_object_or_404(rows.select_related("person", "school"), pk=pk)
    return found


def _entitlement(user: User, pk: int) -> Entitlement:
    """Those on whose team one is, or whose plan one keeps."""
    rows = Entitlement.objects.visible_to(user).filter(ends_on=None)
    kept = rows.filter(student__in=students_kept_by(user).values("pk")) | rows.filter(
        case_manager=user
    )
    found: Entitlement = get_object_or_404(kept.select_related("student__person"), pk=pk)
    return found


def _agreed(domain: str) -> dict[str, str]:
    """What is usually agreed on for this domain, to be said better by the school."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    entry, leave = rules_for(domain, timezone.localdate(), language)
    return {"entry_rule": entry, "exit_rule": leave}


def _stands(now: Tier | None) -> str:
    if now is None:
        return _("Now: what every student has. A tier is support, never a label.")
    return _("Now: %(tier)s. A change ends it, with your reason.") % {
        "tier": now.get_level_display()
    }
