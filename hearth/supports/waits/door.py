"""What waits at the school's door: who must be read, and who must be told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.supports.models import HelpRequest
from hearth.supports.models.door import OWED
from hearth.supports.reading.in_one import in_one_row


@dataclass(frozen=True)
class AtTheDoor:
    """How many knocked and were not read yet, the nearest day an answer is due, how many were
    joined to a referral and have no answer, and how many have one that somebody must still say."""

    unread: int
    due: date | None
    owed: int
    to_tell: int

    def __bool__(self) -> bool:
        return bool(self.unread or self.owed or self.to_tell)


NOBODY = AtTheDoor(0, None, 0, 0)


def at_the_door(user: User) -> AtTheDoor:
    """One query, and none for those who are on no team."""
    if not user.standing.schools(May.TRIAGE):
        return NOBODY
    counted = _counted(user)
    return AtTheDoor(**counted[0]) if counted else NOBODY


@written_once
def _counted(user: User) -> QuerySet[HelpRequest, dict[str, Any]]:
    waiting = Q(standing=HelpRequest.Standing.WAITING)
    to_tell = Q(answered_at__isnull=False, told_at=None) & ~Q(reach_by__in=["", "email"])
    return in_one_row(
        HelpRequest.objects.where_team_may(user, May.TRIAGE),
        unread=Count("pk", filter=waiting),
        due=Min("answer_due_on", filter=waiting),
        owed=Count("pk", filter=OWED),
        to_tell=Count("pk", filter=to_tell),
    )
