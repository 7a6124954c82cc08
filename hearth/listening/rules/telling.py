"""What of a survey may be told: nothing of too few, and no group that the others give away.

All answers together are told, and so are groups. Whoever takes the groups that are shown from the
whole knows what the rest said together; so the rest, with those who named no group, must be nobody
or enough people themselves.
"""

from collections.abc import Iterable, Mapping
from typing import Any


def groups_told(sizes: Mapping[str, int], everybody: int, least: int) -> frozenset[str]:
    """The groups whose answers may stand beside those of everybody."""
    told = {group for group, size in sizes.items() if size >= least}
    while told:
        rest = everybody - sum(sizes[group] for group in told)
        if rest == 0 or rest >= least:
            break
        # The smallest joins the rest: it loses the fewest people their line.
        told.remove(min(told, key=lambda group: (sizes[group], group)))
    return frozenset(told)


def portion(part: int, whole: int) -> int | None:
    """A percentage as a whole number, half of one rounded up."""
    return (200 * part + whole) // (2 * whole) if whole else None


def in_order(texts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Texts by their words: an order that says nothing."""
    return sorted(texts, key=lambda text: (text["said"], text["in"]))
