"""One line of Today: whose, about what, where it stands, and the day that matters."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waits:
    """Who only asked reads where it stands in the coarse words meant for them."""

    pk: int
    student: str
    about: str
    stands: str
    day: date
    late: bool
    url: str
