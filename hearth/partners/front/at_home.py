"""What the family's pages show of this room: which partner may know what, and what was sent."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from hearth.access.models import User
from hearth.partners.models import Consent, ReferralOut
from hearth.people.models import Student


@dataclass(frozen=True)
class Sent:
    """One referral to a partner, as the family reads it."""

    day: date
    service: str
    stands: str
    told: list[tuple[str, str]]


@dataclass
class Allowed:
    """One question to the family, its answer, and what was shared under it."""

    consent: Consent
    live: bool
    sent: list[Sent] = field(default_factory=list)


def allowed_about(student: Student, user: User, today: date) -> list[Allowed]:
    """Everything that was asked about this student, the newest first; two queries."""
    rows = Consent.objects.visible_to(user).filter(student=student.pk)
    rows = rows.select_related("organization", "adult__person").order_by("-asked_at", "-pk")
    found = {row.pk: Allowed(row, row.is_live(today)) for row in rows}
    outs = ReferralOut.objects.visible_to(user).filter(student=student.pk)
    for out in outs.select_related("service").order_by("-sent_at", "-pk"):
        if out.consent_id in found:
            found[out.consent_id].sent.append(
                Sent(
                    timezone.localdate(out.sent_at),
                    out.service.name,
                    out.get_state_display(),
                    out.told,
                )
            )
    return list(found.values())


@dataclass(frozen=True)
class WithPartners:
    """In one sentence for the page that says what was shared."""

    waiting: int
    live: int
    sent: int


def with_partners(student: Student, user: User, today: date) -> WithPartners:
    every = allowed_about(student, user, today)
    return WithPartners(
        sum(one.consent.is_waiting for one in every),
        sum(one.live for one in every),
        sum(len(one.sent) for one in every),
    )
