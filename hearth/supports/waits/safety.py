"""Calls for safety that are open: above every list of this room, and above Today."""

from typing import Any

from django.db.models import Q, QuerySet

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.supports.models import Referral, SafetyCall


def open_calls(user: User) -> list[Any]:
    """The open calls of the user's schools, oldest first, with who has them: one query, and none
    for those who are on no team."""
    if not user.standing.schools(May.WORK_REFERRALS):
        return []
    return _open_calls(user)


@written_once
def _open_calls(user: User) -> QuerySet[SafetyCall]:
    calls = SafetyCall.objects.where_team_may(user, May.WORK_REFERRALS).open()
    return calls.select_related("taken_by")


def open_calls_about(referral: Referral) -> list[Any]:
    """Its own, and those of what was asked at the door and joined to it. A new referral waits for
    them; one on which somebody works goes on beside them."""
    return _open_calls_about(referral.pk)


@written_once
def _open_calls_about(referral: int) -> QuerySet[SafetyCall]:
    about = Q(referral=referral) | Q(request__referral=referral)
    return SafetyCall.objects.open().filter(about).select_related("taken_by")
