"""Who at the partner opened what was sent, and on which day: for the family who allowed it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from hearth.audit.models import Look
from hearth.partners.models import ReferralOut

BY_LINK = "referral by a partner's link"
SIGNED_IN = "referral to a partner, signed in"
BY_FAMILY = "consent by the family's link"
DAYS_SHOWN = 5


@dataclass
class Opened:
    """One person there, with the newest days on which they looked."""

    name: str
    days: list[date] = field(default_factory=list)


def opened_by(outs: Collection[ReferralOut]) -> dict[int, list[Opened]]:
    """By referral, whoever looked last first; one query."""
    if not outs:
        return {}
    looks = Look.objects.filter(
        student_id__in={out.student_id for out in outs}, about=ReferralOut._meta.label_lower,
        about_id__in=[out.pk for out in outs], page__in=(BY_LINK, SIGNED_IN),
    ).order_by("-at", "-pk")  # fmt: skip
    found: dict[int, dict[str, Opened]] = {}
    for about, name, at in looks.values_list("about_id", "by_name", "at"):
        there = found.setdefault(about, {}).setdefault(name, Opened(name))
        day = timezone.localdate(at)
        if day not in there.days and len(there.days) < DAYS_SHOWN:
            there.days.append(day)
    return {about: list(people.values()) for about, people in found.items()}
