"""The grown-ups who work in the district: the cast in their places, and everyone beside them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from hearth.demo.cast import BY_KEY, CAST, ELEMENTARY, School
from hearth.demo.households import community_at, given_name
from hearth.demo.timetable import Teaching

STUDENTS_PER_COUNSELOR = 350
STUDENTS_PER_AIDE = 150
ROSTER_ROLE = {
    "district_lead": "districtAdministrator",
    "district_analyst": "districtAdministrator",
    "principal": "principal",
    "assistant_principal": "siteAdministrator",
    "coordinator": "siteAdministrator",
    "counselor": "counselor",
    "teacher": "teacher",
    "classified_staff": "aide",
}
ONE_EACH = ("principal", "coordinator")


@dataclass(frozen=True, slots=True)
class Worker:
    """One member of staff. `position` is our word for the work, `role` is OneRoster's."""

    source_id: str
    given: str
    family: str
    preferred: str
    email: str
    language: str
    position: str

    @property
    def role(self) -> str:
        return ROSTER_ROLE[self.position]


def letters_only(name: str) -> str:
    """A name as an e-mail address spells it: "Nuñez" becomes "nunez"."""
    plain = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^a-z]", "", plain.encode("ascii", "ignore").decode().lower())


def from_cast(key: str) -> Worker:
    member = BY_KEY[key]
    return Worker(
        member.source_id,
        member.given,
        member.family,
        member.preferred,
        member.email,
        member.language,
        member.role,
    )


class Hiring:
    """Invents staff one by one, numbered across the whole district."""

    def __init__(self) -> None:
        self.hired = 0

    def hire(self, dice: Random, position: str) -> Worker:
        self.hired += 1
        names = community_at(dice.random()).names
        given = given_name(dice, names, dice.choice(("female", "male")))
        family = dice.choice(names.families)
        initial = letters_only(given)[:1] or "x"
        return Worker(
            source_id=f"avusd-staff-{self.hired:06d}",
            given=given,
            family=family,
            preferred="",
            email=f"{initial}{letters_only(family)}{self.hired}@aldervalley.example",
            language="en",
            position=position,
        )

    def teachers(self, dice: Random, school: School, teaching: list[Teaching]) -> list[Worker]:
        """One worker per day of teaching; Tom has the first grade 4, Joy the first English."""
        cast_place = {
            "cottonwood": ("tom", lambda day: day.grade == "04"),
            "larkspur": ("joy", lambda day: day.subject == "English"),
        }
        key, is_theirs = cast_place.get(school.key, ("", lambda day: False))
        theirs = next((place for place, day in enumerate(teaching) if is_theirs(day)), None)
        return [
            from_cast(key) if place == theirs else self.hire(dice, "teacher")
            for place in range(len(teaching))
        ]

    def others(self, dice: Random, school: School, students: int) -> list[Worker]:
        """The principal, the coordinator, counselors and classified staff of one school."""
        wanted = list(ONE_EACH)
        wanted += ["counselor"] * max(1, round(students / STUDENTS_PER_COUNSELOR))
        wanted += ["classified_staff"] * max(1, round(students / STUDENTS_PER_AIDE))
        if school.grades != ELEMENTARY:
            wanted.append("assistant_principal")
        workers = []
        for member in CAST:
            if member.in_roster and member.school == school.key and member.role in wanted:
                workers.append(from_cast(member.key))
                wanted.remove(member.role)
        return workers + [self.hire(dice, position) for position in wanted]


def district_office() -> list[Worker]:
    return [from_cast("helen"), from_cast("priya")]
