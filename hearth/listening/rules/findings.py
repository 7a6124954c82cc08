"""R30: a finding stands on at least two kinds of source, and learners are among those heard."""

from collections.abc import Collection
from dataclasses import dataclass

KINDS_NEEDED = 2
LEARNERS = "student"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing a finding rests on: its kind, and who spoke, where somebody did."""

    kind: str
    role: str = ""


def why_draft(sources: Collection[Source]) -> list[str]:
    """What is still missing; nothing, when the finding stands."""
    missing = []
    if len({one.kind for one in sources}) < KINDS_NEEDED:
        missing.append("kinds")
    if not any(one.role == LEARNERS for one in sources):
        missing.append("learners")
    return missing
