"""What a family has allowed, as plain values: does it cover this, and if not, why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Given:
    """One answer of a family: for one partner and one purpose, these facts, until that day."""

    purpose: str
    elements: frozenset[str]
    given_on: date
    expires_on: date
    withdrawn_on: date | None = None


def covers(given: Given, *, purpose: str, elements: Collection[str], on: date) -> bool:
    """Whether exactly these facts may go for this purpose on that day; the last day counts."""
    in_time = given.given_on <= on <= given.expires_on
    return (
        in_time
        and given.withdrawn_on is None
        and given.purpose == purpose
        and bool(elements)
        and given.elements >= frozenset(elements)
    )
