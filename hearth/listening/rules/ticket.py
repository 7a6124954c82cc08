"""The link of one's own: a slot, and a seal that only this house can make. No table holds it."""

import hmac
import re
from hashlib import sha256

SEAL = 24
WRITTEN = re.compile("0|[1-9a-f][0-9a-f]{0,7}")  # one spelling for each slot


def ticket(secret: str, survey: str, slot: int) -> str:
    return f"{slot:x}-{_seal(secret, survey, slot)}"


def slot_of(secret: str, survey: str, told: str) -> int | None:
    """The slot, if this house made the ticket for this survey."""
    number, _dash, seal = told.partition("-")
    if not WRITTEN.fullmatch(number):
        return None
    slot = int(number, 16)
    made = hmac.compare_digest(seal.encode(), _seal(secret, survey, slot).encode())
    return slot if made else None


def _seal(secret: str, survey: str, slot: int) -> str:
    told = f"listening:{survey}:{slot}".encode()
    return hmac.new(secret.encode(), told, sha256).hexdigest()[:SEAL]
