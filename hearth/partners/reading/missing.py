"""What is still missing at a school, for its team; and what a service is about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.partners.models import Listing, ReferralOut
from hearth.partners.models.words import Need
from hearth.partners.rules import missing as rules
from hearth.people.models.team import own_children

SAID: dict[str, str | Promise] = {
    rules.PARTLY: _("met in part, the family says"),
    rules.NOT_MET: _("not met, the family says"),
    rules.NO_CAPACITY: _("no place, or not in their language"),
    rules.NOT_ELIGIBLE: _("it is not for their age, area or insurance"),
    rules.NOT_TAKEN: _("they could not take it"),
    rules.NO_ANSWER: _("no answer"),
}
NOT_SORTED = pgettext_lazy("a need", "Not sorted")


@dataclass(frozen=True)
class Open:
    """One need of one student that no partner has met."""

    referral: ReferralOut
    need: str
    said: str

    @property
    def need_name(self) -> str:
        return str(Need(self.need).label if self.need else NOT_SORTED)


def needs_of(service: int) -> list[str]:
    """The needs under which a service is sorted, in the order of the list."""
    found = Listing.objects.filter(service=service).values_list("needs", flat=True).first() or []
    return [key for key in Need.values if key in found]


def open_needs(user: User, school: int, today: date) -> list[Open]:
    """What is still missing at this school, for whoever is on its team, need by need: one query."""
    found = [
        Open(row, row.need, str(SAID[_standing(row, today)]))
        for row in _rows(school, user, today)
    ]  # fmt: skip
    order = {key: place for place, key in enumerate(Need.values)}
    return sorted(found, key=lambda one: (order.get(one.need, len(order)), one.referral.pk))


@written_once
def _rows(school: int, user: User, today: date) -> QuerySet[Any]:
    rows = ReferralOut.objects.where_team_may(user, May.SEE_REFERRALS).filter(school=school)
    # Of one's own child one hears as family, and not at the table.
    return rows.exclude(student__in=own_children(user)).still_needed(today).with_names()


def _standing(row: ReferralOut, today: date) -> str:
    return rules.standing_of(
        state=row.state, declined_because=row.declined_because, met=row.met, due_on=row.due_on,
        today=today,
    )  # fmt: skip
