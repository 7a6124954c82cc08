"""What was said last about free places, in words: for the service's page, lists, the partner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit import dates
from hearth.partners.models import Capacity
from hearth.partners.rules.capacity import is_fresh
from hearth.partners.rules.dated import setting
from hearth.people.words import language_name


@dataclass(frozen=True)
class Told:
    """The last word about one service. `fresh` says whether it may still be so."""

    words: str
    when: str
    fresh: bool
    places: int | None = None
    more: str = ""

    def __str__(self) -> str:
        return f"{self.words}, {self.when}" if self.when else self.words


def last_words(services: Collection[int]) -> dict[int, Capacity]:
    return {row.service_id: row for row in _latest(tuple(services))} if services else {}


@written_once
def _latest(services: tuple[int, ...]) -> QuerySet[Capacity, Capacity]:
    rows: QuerySet[Capacity, Capacity] = Capacity.objects.latest(services)
    return rows


def in_words(services: Collection[int], last: Mapping[int, Capacity]) -> dict[int, Told]:
    """The last word about each of these. Who was never told about is in it, too."""
    today = timezone.localdate()
    days = setting("capacity_days", today)
    never = Told(_("Nobody has told us about places"), "", fresh=False)
    return {key: _told(last[key], today, days) if key in last else never for key in services}


def capacities(services: Collection[int]) -> dict[int, Told]:
    """The last word about each of these, for a page or a list: one query."""
    return in_words(services, last_words(services))


@dataclass(frozen=True)
class Card:
    """What a service's page shows of it. `asks` says whether its reader may ask the partner."""

    told: Told
    asks: bool


def card(user: User, service: int) -> Card:
    return Card(capacities([service])[service], user.may(May.KEEP_AGREEMENTS))


def _told(row: Capacity, today: date, days: int) -> Told:
    if not is_fresh(row.said_on, today, days):
        since = _("Not told since %(day)s") % {"day": dates.in_words(row.said_on, today)}
        before = _("then: %(places)s") % {"places": places(row)}
        return Told(since, before, fresh=False, places=row.places, more=more(row, today))
    said = _("said %(when)s") % {"when": dates.ago(row.said_on, today)}
    return Told(places(row), said, fresh=True, places=row.places, more=more(row, today))


def places(row: Capacity) -> str:
    if row.places == 0:
        return _("no place free")
    return ngettext("%(count)d place", "%(count)d places", row.places) % {"count": row.places}


def more(row: Capacity, today: date) -> str:
    """How many wait, when the next place is expected, in which languages."""
    lines = []
    if row.waiting is not None:
        lines.append(
            ngettext("%(count)d waits", "%(count)d wait", row.waiting) % {"count": row.waiting}
            if row.waiting
            else _("nobody waits")
        )
    if row.expected_on:
        lines.append(_("next place: %(day)s") % {"day": dates.in_words(row.expected_on, today)})
    if row.languages:
        lines.append(", ".join(language_name(code) for code in row.languages))
    return " · ".join(lines)
