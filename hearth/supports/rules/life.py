"""The life of a referral as plain values: which state may follow which, and when to look again."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

CLOCKS = Path(__file__).parents[1] / "clocks.toml"

# "Referred" is a hope; "linked" is a first service that took place. Only the second is a success.
LEGAL: dict[str, tuple[str, ...]] = {
    "submitted": ("triaged", "safety", "closed"),
    "safety": ("triaged", "closed"),
    "triaged": ("assigned", "closed"),
    "assigned": ("assessing", "closed"),
    "assessing": ("planned", "closed"),
    "planned": ("referred", "monitoring", "closed"),
    "referred": ("waitlisted", "linked", "planned", "closed"),
    "waitlisted": ("linked", "planned", "closed"),
    "linked": ("monitoring", "closed"),
    "monitoring": ("planned", "closed"),
    "closed": ("assigned",),
}
OPEN = tuple(state for state in LEGAL if state != "closed")
OWNED = ("assigned", "assessing", "planned", "referred", "waitlisted", "linked", "monitoring")
WITH_SERVICE = ("referred", "waitlisted", "linked")


class NotAllowed(Exception):
    """An act that the referral's state does not allow. The text is for the person who tried."""


def may_follow(state: str, following: str) -> bool:
    return following in LEGAL.get(state, ())


def transitions() -> list[tuple[str, str]]:
    """Every legal step, as the database's state machine wants them."""
    return [(state, following) for state, steps in LEGAL.items() for following in steps]


@dataclass(frozen=True)
class Clock:
    key: str
    valid_from: date
    school_days: int
    source: str


@lru_cache
def clocks() -> tuple[Clock, ...]:
    rows = tomllib.loads(CLOCKS.read_text())["clock"]
    return tuple(Clock(r["key"], r["from"], r["school_days"], r["source"]) for r in rows)


def school_days_for(key: str, on: date, table: Iterable[Clock] | None = None) -> int | None:
    """How many school days the promise `key` runs when made on that day; None if it has no clock.

    Of several dated rows the newest that already holds is used.
    """
    held = [c for c in (table or clocks()) if c.key == key and c.valid_from <= on]
    return max(held, key=lambda c: c.valid_from).school_days if held else None


def clock_after(state: str) -> str:
    """The clock that runs while a referral is in this state."""
    return "triage" if state in ("submitted", "safety", "triaged") else state
