"""How many have answered of those who were asked by a link of their own; never what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from hearth.listening.models import Participation, Survey, SurveyReminder, Way
from hearth.listening.rules.telling import portion
from hearth.listening.rules.ticket import ticket
from hearth.schools.models import District


@dataclass(frozen=True)
class Asked:
    invited: int
    answered: int

    @property
    def percent(self) -> int | None:
        return portion(self.answered, self.invited)


def how_many(survey: Survey) -> Asked:
    row = Participation.objects.filter(survey=survey).first()
    answered = int.from_bytes(bytes(row.answered), "little").bit_count() if row else 0
    return Asked(survey.invitations.count(), answered)


def has_answered(answered: bytes, slot: int) -> bool:
    """The bit of a slot, as PostgreSQL's get_bit counts them."""
    at, bit = divmod(slot, 8)
    return at < len(answered) and bool(answered[at] >> bit & 1)


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not answered, and their link."""

    name: str
    address: str


def not_yet(survey: Survey) -> list[Waiting]:
    """By name, for whoever reminds them in person. That they have not answered is all it says."""
    row = Participation.objects.filter(survey=survey).first()
    answered = bytes(row.answered) if row else b""
    district = District.objects.get(pk=survey.district_id)
    rows = survey.invitations.select_related("person").order_by(
        "person__family_name", "person__given_name", "pk"
    )
    return [
        Waiting(name=one.person.called, address=own_address(survey, one.slot, district))
        for one in rows
        if not has_answered(answered, one.slot)
    ]


def own_address(survey: Survey, slot: int, district: District) -> str:
    path = reverse("say:own", args=[district.slug, survey.key, ticket_of(survey, slot)])
    return f"{settings.HEARTH.address.rstrip('/')}{path}"


def ticket_of(survey: Survey, slot: int) -> str:
    return ticket(settings.SECRET_KEY, str(survey.key), slot)


def to_remind(today: date) -> Any:
    """Surveys that run, and of which a planned day has come that has not gone out."""
    due = SurveyReminder.objects.filter(sent=None, day__lte=today).values("survey")
    return Survey.objects.filter(
        pk__in=due, way=Way.PERSONAL, opened_at__isnull=False, sealed_at=None, opens__lte=today,
        closes__gte=today,
    ).select_related("school", "district", "participation")  # fmt: skip
