"""What a room says of an element: the contract between the rooms and the framework at a glance.

Each room has one function, `said(user, schools)`, that answers for all the schools at once with
what this reader may know. Rooms do not know each other; the page upstairs puts together what they
say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    DOING = "doing"
    HEARD = "heard"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Behind:
    """One thing on which a sentence rests, and where this reader may open it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One short sentence about one element; without a school it is of the whole district.

    `count` says how many things stand behind it: meetings, services, sources of a finding. Never
    people: how many children there are is told by disclosed figures and by nothing else. `url` is
    the list that holds them, and empty where this reader may not open it.
    """

    side: Side
    text: str
    school: int | None = None
    url: str = ""
    count: int = 0
    strength: bool = False
    behind: tuple[Behind, ...] = ()


Spoken = Mapping[str, Sequence[Said]]  # by the key of the element
