"""Which referrals somebody wants to see: filters as plain words, the same on the board, in its
address and in a file taken out of it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from hearth.access.models import User
from hearth.supports.models import State
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.rules.review import year_began

Wanted = Mapping[str, str]


def narrow(
    referrals: ReferralQuerySet, wanted: Wanted, user: User, today: date
) -> ReferralQuerySet:
    """Only what was asked for: the open ones, unless a state or the closed ones are named."""
    if wanted.get("state"):
        referrals = referrals.filter(state=wanted["state"])
    elif not wanted.get("closed"):
        referrals = referrals.in_list()
    if shows_closed(wanted) and not wanted.get("folded"):
        referrals = referrals.not_folded(today)
    if wanted.get("domain"):
        referrals = referrals.filter(domain=wanted["domain"])
    if wanted.get("owner"):
        referrals = referrals.filter(owner=_owner(wanted["owner"], user))
    if wanted.get("year"):
        referrals = referrals.filter(asked_at__range=_first_and_last(int(wanted["year"])))
    if wanted.get("late"):
        referrals = referrals.filter(next_on__lt=today)
    if wanted.get("q"):
        referrals = referrals.sought(wanted["q"], user)
    return referrals


def shows_closed(wanted: Wanted) -> bool:
    return bool(wanted.get("closed")) or wanted.get("state") == State.CLOSED


def unfolds(wanted: Wanted) -> bool:
    """Whether somebody chose on purpose to see what was closed long ago."""
    return shows_closed(wanted) and bool(wanted.get("folded"))


def _owner(chosen: str, user: User) -> int | None:
    if chosen == "nobody":
        return None
    return user.pk if chosen == "me" else int(chosen)


def _first_and_last(year: int) -> tuple[datetime, datetime]:
    """The moments between which a school year lies, where the school is."""
    begins, ends = (
        timezone.make_aware(datetime.combine(year_began(each), datetime.min.time()))
        for each in (year, year + 1)
    )
    return begins, ends - datetime.resolution
