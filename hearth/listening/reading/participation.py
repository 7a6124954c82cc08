"""How many have answered of those who were asked by a link of their own; never what."""

from dataclasses import dataclass

from hearth.listening.models import Participation, Survey
from hearth.listening.rules.telling import portion


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
