"""A class review as plain values: which school year, who is still to come, who comes next."""

from dataclasses import dataclass
from datetime import date

# California Education Code 37200: the school year begins on the first day of July.
JULY = 7


def school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= JULY else day.year - 1


def year_began(year: int) -> date:
    return date(year, JULY, 1)


def year_in_words(year: int) -> str:
    """The school year as everybody writes it: "2026–27"."""
    return f"{year}–{(year + 1) % 100:02}"


@dataclass(frozen=True)
class Walk:
    """A class in the order in which it is walked, and those of whom something was said.

    Who left is no longer in `roster`, so they keep nobody from finishing; who joined is in it and
    waits to be seen.
    """

    roster: tuple[int, ...]
    said: frozenset[int]

    @property
    def left(self) -> tuple[int, ...]:
        return tuple(student for student in self.roster if student not in self.said)

    @property
    def done(self) -> int:
        return len(self.roster) - len(self.left)

    @property
    def is_whole(self) -> bool:
        """Everybody who is here now has been seen. An empty class is never whole."""
        return bool(self.roster) and not self.left

    def next_after(self, student: int) -> int | None:
        """The next one to see: first those who stand after this one, then from the beginning."""
        here = self.roster.index(student) if student in self.roster else -1
        ahead = [each for each in self.roster[here + 1 :] if each not in self.said]
        waiting = [each for each in (*ahead, *self.left) if each != student]
        return waiting[0] if waiting else None

    def before(self, student: int) -> int | None:
        """The one who stands before this one, seen or not: for going back and changing."""
        here = self.roster.index(student) if student in self.roster else 0
        return self.roster[here - 1] if here else None
