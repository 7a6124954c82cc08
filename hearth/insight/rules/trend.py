"""One word for how a figure stands beside the year before: only where the intervals lie apart is
there a change to speak of."""

from decimal import Decimal
from enum import StrEnum

Interval = tuple[Decimal, Decimal]


class Trend(StrEnum):
    MORE = "more"
    LESS = "less"
    ALIKE = "alike"


def trend(now: Interval, before: Interval) -> Trend:
    if now[0] > before[1]:
        return Trend.MORE
    return Trend.LESS if now[1] < before[0] else Trend.ALIKE


def is_good(found: Trend, better: str) -> bool:
    """Is it the way one hopes for? A measure that is better neither way has no such way."""
    return (found, better) in {(Trend.MORE, "higher"), (Trend.LESS, "lower")}
