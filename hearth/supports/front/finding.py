"""Referrals found by what was typed, for the house's one search box."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.supports.models import Referral

SHOWN = 10
ENOUGH_LETTERS = 3


@dataclass(frozen=True)
class Found:
    """One referral, as much of it as this reader may know."""

    url: str
    student: str
    about: str
    stands: str
    asked_on: date


def matching(user: User, typed: str, today: date) -> list[Found]:
    """The newest referrals that the user may see, of a student so named or with these words in
    what they may read of it. One query; never a note, and nothing that is folded away."""
    if len(typed) < ENOUGH_LETTERS:
        return []
    schools = user.standing.schools(May.SEE_REFERRALS)
    rows = Referral.objects.visible_to(user).not_folded(today).sought(typed, user)
    rows = rows.showing("school_id", "state", "domain", "asked_at").order_by("-asked_at", "-pk")
    return [_found(row, for_team=row.school_id in schools) for row in rows[:SHOWN]]


def _found(row: Referral, *, for_team: bool) -> Found:
    return Found(
        url=row.get_absolute_url(),
        student=row.student.person.called,
        about=row.get_domain_display(),
        stands=row.get_state_display() if for_team else row.told,
        asked_on=timezone.localdate(row.asked_at),
    )
