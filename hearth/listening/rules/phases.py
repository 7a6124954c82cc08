"""R2: one phase for each strategy and year; it is decided by a body, on a day, by something seen.

There are no points and no averages: a phase is a word that a team agreed on.
"""

from collections.abc import Collection
from datetime import date


def not_yet(
    *, artifacts: Collection[str], also: str, decided_by: str, decided_on: date | None, today: date
) -> list[str]:
    """What is still missing before a phase may be written down; nothing, when it may."""
    missing = []
    if not artifacts and not also.strip():
        missing.append("evidence")
    if not decided_by.strip():
        missing.append("body")
    if decided_on is None:
        missing.append("day")
    elif decided_on > today:
        missing.append("not_decided_yet")
    return missing
