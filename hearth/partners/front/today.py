"""Which days of agreements come near: what Today shows to whoever keeps them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.partners.models import Agreement
from hearth.partners.reading.ends import WHAT_ENDS
from hearth.partners.rules.agreement import days_of, reminders

AT_MOST = 10
READ = (
    "organization__name", "kind", "starts", "expires", "purposes", "elements", "ended_on",
    "at_school", "insured_until", "cleared_until",
)  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """One day of one agreement."""

    url: str
    organization: str
    what: str
    day: date


def endings(user: User, today: date) -> list[Ending]:
    """What a keeper should see to, the soonest first: one query, and none for anybody else."""
    if not user.may(May.KEEP_AGREEMENTS):
        return []
    until = today + timedelta(days=max(reminders(today), default=0))
    found = [
        Ending(row.get_absolute_url(), row.organization.name, str(WHAT_ENDS[what]), day)
        for row in _near(user, today, until)
        for what, day in days_of(row.terms)
        if day <= until
    ]
    return sorted(found, key=lambda one: (one.day, one.organization))[:AT_MOST]


@written_once
def _near(user: User, today: date, until: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.visible_to(user).with_days_to_come(today, until)
    found: QuerySet[Agreement] = rows.select_related("organization").only(*READ)
    return found
