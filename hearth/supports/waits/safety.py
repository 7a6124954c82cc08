"""Calls for safety that are open: above every list of this room, and above Today."""

from typing import Any

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.supports.models import SafetyCall


def open_calls(user: User) -> list[Any]:
    """The open calls of the user's schools, oldest first, with who has them: one query, and none
    for those who are on no team."""
    if not user.standing.schools(May.WORK_REFERRALS):
        return []
    calls = SafetyCall.objects.where_team_may(user, May.WORK_REFERRALS).open()
    return list(calls.select_related("taken_by"))
