"""Feeder patterns: two elementary schools lead to a middle school, a high school and another way.

The demo district is one such pattern. A larger one, for measuring, repeats it under other names.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hearth.demo.cast import (
    CONTINUATION,
    DISTRICT_CODE,
    ELEMENTARY,
    GRADES,
    HIGH,
    MIDDLE,
    SCHOOLS,
    School,
)
from hearth.demo.households import GRADE_NUMBER, Child, Household
from hearth.demo.shares import SHARES

LARGEST_PATTERN = 5_000
USUAL_PATTERN = 3_000
FIRST_WORDS = (
    "Alder", "Amber", "Aspen", "Birch", "Buckeye", "Canyon", "Cedar", "Clover", "Copper", "Coyote",
    "Dogwood", "Dove", "Elder", "Fern", "Finch", "Granite", "Hawthorn", "Heron", "Laurel", "Lupine",
    "Madrone", "Manzanita", "Maple", "Meadow", "Mesa", "Oak", "Poppy", "Quail", "Redbud", "Sage",
)  # fmt: skip
SECOND_WORDS = (
    "Bend", "Bluff", "Brook", "Crossing", "Falls", "Flat", "Glen", "Grove", "Hill", "Hollow",
    "Lake", "Landing", "Meadows", "Mill", "Park", "Pass", "Point", "Ranch", "Ridge", "River",
    "Rock", "Shore", "Spring", "Terrace", "Trail", "View", "Vista", "Way", "Wood", "Woods",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """Five schools whose students live near each other, and how many of them there are."""

    number: int
    schools: tuple[School, ...]
    students: int

    @property
    def elementaries(self) -> tuple[School, School]:
        return self.schools[0], self.schools[1]


def more_schools(number: int) -> tuple[School, ...]:
    """The five schools of a pattern beyond the first, under names no other pattern has."""
    shapes = (
        ("Elementary", ELEMENTARY),
        ("Elementary", ELEMENTARY),
        ("Middle", MIDDLE),
        ("High", HIGH),
        ("Continuation High", CONTINUATION),
    )
    schools = []
    for place, (kind, grades) in enumerate(shapes):
        index = (number - 1) * len(shapes) + place
        second, first = divmod(index, len(FIRST_WORDS))
        again, second = divmod(second, len(SECOND_WORDS))
        name = f"{FIRST_WORDS[first]} {SECOND_WORDS[second]}" + (f" {again + 1}" if again else "")
        code = f"{int(DISTRICT_CODE) + 100 + index:014d}"
        schools.append(School(f"n{index + 1:05d}", f"{name} {kind}", code, grades))
    return tuple(schools)


def patterns(students: int) -> list[Pattern]:
    """One pattern up to 5,000 students; beyond, as many as keep each near 3,000."""
    count = 1 if students <= LARGEST_PATTERN else round(students / USUAL_PATTERN)
    each, rest = divmod(students, count)
    return [
        Pattern(
            number,
            SCHOOLS if number == 0 else more_schools(number),
            each + (1 if number < rest else 0),
        )
        for number in range(count)
    ]


def grade_deck(dice: Random, students: int) -> list[str]:
    """One card per student with a grade on it, in the state's shares, shuffled."""
    deck: list[str] = []
    running = 0.0
    total = sum(SHARES.grades.values())
    for grade in GRADES:
        running += SHARES.grades[grade]
        deck.extend([grade] * (round(running / total * students) - len(deck)))
    dice.shuffle(deck)
    return deck


class Seats:
    """Who attends which school: neighbors together, brothers and sisters together."""

    def __init__(self, dice: Random, pattern: Pattern) -> None:
        self.dice = dice
        self.pattern = pattern
        self.taken: dict[tuple[str, str], list[Child]] = {}

    def seat(self, family: Household) -> None:
        elementary = self._elementary(family)
        for child in family.children:
            if not child.school:
                child.school = self._school(child, elementary).key
            self.taken.setdefault((child.school, child.grade), []).append(child)

    def in_grade(self, school: School, grade: str) -> list[Child]:
        return self.taken.get((school.key, grade), [])

    def _elementary(self, family: Household) -> School:
        """The one with more room in the youngest child's grade, so that classes fill evenly."""
        one, other = self.pattern.elementaries
        youngest = min((child.grade for child in family.children), key=GRADE_NUMBER.__getitem__)
        full, less = len(self.in_grade(one, youngest)), len(self.in_grade(other, youngest))
        if full == less:
            return self.dice.choice((one, other))
        return one if full < less else other

    def _school(self, child: Child, elementary: School) -> School:
        _, _, middle, high, continuation = self.pattern.schools
        if child.grade in ELEMENTARY:
            return elementary
        if child.grade in MIDDLE:
            return middle
        if child.grade in CONTINUATION and self.dice.random() < SHARES.continuation:
            return continuation
        return high
