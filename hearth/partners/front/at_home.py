"""What the family's pages show of this room: which partner may know what, and what was sent."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.partners.models import Consent, ReferralOut
from hearth.partners.reading.looked import BY_FAMILY, BY_LINK, Opened, opened_by
from hearth.partners.reading.told import asked_about
from hearth.people.models import Student

WITHOUT_AN_ACCOUNT = {BY_LINK: _("partner, by their link"), BY_FAMILY: _("by the family's link")}
"""Who looked by a link, in the words that stand where the others' role does."""


@dataclass(frozen=True)
class Sent:
    """One referral to a partner, as the family reads it."""

    day: date
    service: str
    stands: str
    told: list[tuple[str, str]]
    opened: list[Opened]


@dataclass
class Allowed:
    """One question to the family, exactly what it is about, and what was shared under it."""

    consent: Consent
    live: bool
    told: list[tuple[str, str]]
    sent: list[Sent] = field(default_factory=list)


def allowed_about(student: Student, user: User, today: date) -> list[Allowed]:
    """Everything that was asked about this student, the newest first; three queries."""
    rows = Consent.objects.visible_to(user).filter(student=student.pk)
    people = rows.select_related(
        "organization", "adult__person", "student__person", "student__school"
    )
    language = get_language() or settings.LANGUAGE_CODE
    found = {
        row.pk: Allowed(row, row.is_live(today), asked_about(row, language))
        for row in people.order_by("-asked_at", "-pk")
    }
    sent = ReferralOut.objects.visible_to(user).filter(student=student.pk)
    outs = list(sent.select_related("service").order_by("-sent_at", "-pk"))
    opened = opened_by(outs)
    for out in outs:
        if out.consent_id in found:
            found[out.consent_id].sent.append(
                Sent(
                    timezone.localdate(out.sent_at),
                    out.service.name,
                    out.get_state_display(),
                    out.told,
                    opened.get(out.pk, []),
                )
            )
    return list(found.values())


@dataclass(frozen=True)
class WithPartners:
    """In one sentence for the page that says what was shared."""

    waiting: int
    sent: int


def with_partners(student: Student, user: User) -> WithPartners:
    """Two queries; nothing of what was shared is read for it."""
    asked = list(Consent.objects.visible_to(user).filter(student=student.pk))
    sent = ReferralOut.objects.visible_to(user).filter(student=student.pk).count()
    return WithPartners(sum(one.is_waiting for one in asked), sent)
