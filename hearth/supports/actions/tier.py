"""The verbs of a tier, and of the plans the law protects."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.people.models import Student
from hearth.supports.models import Entitlement, Tier
from hearth.supports.rules import NotAllowed


@transaction.atomic
def set_tier(
    *, student: Student, domain: str, level: int, entry_rule: str, exit_rule: str, reason: str,
    instead_of: int | None = None, by: User,
) -> Tier:  # fmt: skip
    """Say how much support a student has in one domain, by which rule it began and when it ends.

    `instead_of` is the tier that stood when the form was opened: what somebody else changed
    meanwhile is never overwritten unseen.
    """
    today = timezone.localdate()
    open_now = _standing(student, domain)
    if (open_now.pk if open_now else None) != instead_of:
        raise NotAllowed(_changed_meanwhile())
    if open_now:
        if open_now.level == level:
            raise NotAllowed(_("This tier is in place already."))
        _end(open_now, reason, today, by)
    try:
        with transaction.atomic():
            tier = Tier.objects.create(
                district_id=student.district_id,
                student=student,
                domain=domain,
                level=level,
                entry_rule=entry_rule.strip(),
                exit_rule=exit_rule.strip(),
                reason=reason.strip(),
                starts_on=today,
                by=by,
            )
    except IntegrityError as both:
        raise NotAllowed(_changed_meanwhile()) from both
    _keep("tier_set", tier, by, level=level)
    return tier


@transaction.atomic
def end_tier(*, tier: Tier, because: str, by: User) -> None:
    """Back to what every student has, with the reason."""
    locked = Tier.objects.select_for_update().get(pk=tier.pk)
    if locked.ends_on:
        raise NotAllowed(_changed_meanwhile())
    _end(locked, because, timezone.localdate(), by)


@transaction.atomic
def keep_entitlement(
    *, student: Student, kind: str, accommodations: str, services: str = "",
    general_education_percent: int | None = None, case_manager: User, starts_on: date,
    review_on: date | None = None, by: User,
) -> Entitlement:  # fmt: skip
    """Write down what an IEP or 504 plan asks of those who teach the student. The one that stands
    is changed, and what it said before stays in its history."""
    words = {
        "services": services.strip(),
        "accommodations": accommodations.strip(),
        "general_education_percent": general_education_percent,
        "case_manager": case_manager,
        "starts_on": starts_on,
        "review_on": review_on,
    }
    try:
        with transaction.atomic():
            kept: Entitlement
            kept, is_new = Entitlement.objects.select_for_update().update_or_create(
                student=student,
                kind=kind,
                ends_on=None,
                defaults=words,
                create_defaults={**words, "district_id": student.district_id},
            )
    except IntegrityError as both:
        raise NotAllowed(_changed_meanwhile()) from both
    _keep("entitlement_begun" if is_new else "entitlement_changed", kept, by, kind=kind)
    return kept


@transaction.atomic
def end_entitlement(*, entitlement: Entitlement, on: date, by: User) -> None:
    locked = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    if locked.ends_on:
        raise NotAllowed(_changed_meanwhile())
    if on < locked.starts_on:
        raise NotAllowed(_("It cannot end before it began."))
    locked.ends_on = on
    locked.save(update_fields=["ends_on"])
    _keep("entitlement_ended", locked, by, kind=locked.kind)


def _standing(student: Student, domain: str) -> Tier | None:
    """The tier that is in place, held against everybody else."""
    rows = Tier.objects.filter(student=student, domain=domain, ends_on=None)
    found: Tier | None = rows.select_for_update().first()
    return found


def _end(tier: Tier, because: str, today: date, by: User) -> None:
    tier.ends_on, tier.ended_because = today, because.strip()
    tier.save(update_fields=["ends_on", "ended_because"])
    _keep("tier_ended", tier, by, level=tier.level)


def _changed_meanwhile() -> str:
    return _("Somebody has changed this just now. Look again before you go on.")


def _keep(verb: str, row: Tier | Entitlement, by: User, **facts: object) -> None:
    record(verb, row, district_id=row.district_id, by=by, student_id=row.student_id, facts=facts)
