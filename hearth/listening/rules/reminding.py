"""On which days those who have not answered may be written to: few, apart, while it runs."""

from collections.abc import Collection
from datetime import date

PAST, OUTSIDE, MANY, CLOSE = "past", "outside", "many", "close"


def refusal(
    day: date, planned: Collection[date], *, today: date, first: date, last: date, most: int,
    apart: int,
) -> str | None:  # fmt: skip
    """Why not on this day; nothing, where it may be. Today's letters leave in the morning."""
    if day <= today:
        return PAST
    if not first <= day <= last:
        return OUTSIDE
    if len(planned) >= most:
        return MANY
    if any(abs((day - other).days) < apart for other in planned):
        return CLOSE
    return None
