"""How a partner's link stands, what a code is worth, and what of an address a stranger may see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

CODE_DIGITS = 6


class Standing(StrEnum):
    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CONTACT_LEFT = "contact_left"
    AGREEMENT_ENDED = "agreement_ended"


@dataclass(frozen=True)
class Facts:
    """What a link's standing depends on. Without an agreement it stands for itself."""

    expires_on: date
    revoked: bool
    contact_ends: date | None
    agreement_is_live: bool = True


def standing(facts: Facts, day: date) -> Standing:
    if facts.revoked:
        return Standing.REVOKED
    if facts.contact_ends and facts.contact_ends < day:
        return Standing.CONTACT_LEFT
    if not facts.agreement_is_live:
        return Standing.AGREEMENT_ENDED
    return Standing.EXPIRED if day > facts.expires_on else Standing.GOOD


class Verdict(StrEnum):
    """What comes of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_SENT = "not_sent"  # none was asked for, or it is still on its way
    TOO_OLD = "too_old"
    USED = "used"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Sent:
    """The newest code of a link. A code opens one browser, once."""

    at: datetime | None
    tries: int
    used: bool


def judge(sent: Sent, same: bool, now: datetime, *, minutes: int, tries: int) -> Verdict:
    """`same` says whether what was typed is the code. It is asked last: who may not try learns
    nothing from trying."""
    if sent.at is None:
        return Verdict.NOT_SENT
    if sent.used:
        return Verdict.USED
    if sent.tries >= tries:
        return Verdict.TOO_MANY
    if now > sent.at + timedelta(minutes=minutes):
        return Verdict.TOO_OLD
    return Verdict.RIGHT if same else Verdict.WRONG


def masked(email: str) -> str:
    """c•••@clinic.example: whoever owns the address knows it, and nobody else learns it."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"


def digits(typed: str) -> str:
    """A code as it was meant: people type blanks and dashes between the digits."""
    return "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
