"""The tables of this room, one file per noun."""

from hearth.supports.models.move import Move
from hearth.supports.models.note import Note, ReadNote
from hearth.supports.models.referral import Referral
from hearth.supports.models.words import ClosedBecause, Domain, State, Urgency

__all__ = ["ClosedBecause", "Domain", "Move", "Note", "ReadNote", "Referral", "State", "Urgency"]
