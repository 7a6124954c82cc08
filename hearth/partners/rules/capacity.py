"""Whether what was said about free places may still be so."""

from datetime import date


def is_fresh(said_on: date | None, today: date, days: int) -> bool:
    return said_on is not None and (today - said_on).days <= days


def ask_again(
    said_on: date | None, asked_on: date | None, today: date, *, days: int, pause: int
) -> bool:
    """The partner is asked again where the word is old, and not where they were just asked."""
    just_asked = asked_on is not None and (today - asked_on).days < pause
    return not is_fresh(said_on, today, days) and not just_asked
