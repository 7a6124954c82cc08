"""Invented families: who lives together, what they speak, which schools the children attend."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hearth.demo.cast import GRADES
from hearth.demo.shares import SHARES, Community, Names

GRADE_NUMBER = {grade: number for number, grade in enumerate(GRADES)}
LEAST_DAYS_BETWEEN_BIRTHS = 280
MOTHERLY = ("mother", "mother", "mother", "stepmother", "grandmother", "aunt")
FATHERLY = ("father", "father", "father", "stepfather", "grandfather", "uncle")
PARENTS = frozenset({"mother", "father", "stepmother", "stepfather"})


@dataclass(slots=True)
class Guardian:
    """A grown-up who raises children here."""

    source_id: str
    given: str
    family: str
    preferred: str
    relationship: str
    language: str
    interpreter: bool
    reach_by: str
    email: str
    sms: str
    phone: str

    @property
    def role(self) -> str:
        return "parent" if self.relationship in PARENTS else "guardian"


@dataclass(slots=True)
class Child:
    """A student. `school` is a key of the schools they may attend, decided later."""

    source_id: str
    number: int
    given: str
    middle: str
    family: str
    preferred: str
    grade: str
    sex: str
    born: date
    language: str
    english: str
    race: str
    school: str = ""
    email: str = ""


@dataclass(slots=True)
class Household:
    community: Community
    guardians: list[Guardian] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)


def community_at(place: float) -> Community:
    """The community at a place between 0 and 1 of all students, by their shares."""
    reach = place * SHARES.community_ends[-1]
    for community, end in zip(SHARES.communities, SHARES.community_ends, strict=True):
        if reach < end:
            return community
    return SHARES.communities[-1]


def birthday(dice: Random, grade: str, year: int) -> date:
    """Grade 1 in 2026 turned six by 1 September 2026, as California's schools ask."""
    return date(year - 5 - GRADE_NUMBER[grade], 9, 2) + timedelta(days=dice.randrange(365))


def spaced(children: list[Child]) -> None:
    """Mend birthdays so that siblings are twins or at least nine months apart."""
    children.sort(key=lambda child: (GRADE_NUMBER[child.grade], child.number), reverse=True)
    for older, younger in pairwise(children):
        if older.grade == younger.grade:
            younger.born = older.born
        elif (younger.born - older.born).days < LEAST_DAYS_BETWEEN_BIRTHS:
            younger.born = older.born + timedelta(days=365)


def given_name(dice: Random, names: Names, sex: str) -> str:
    if sex == "other":
        return dice.choice(dice.choice((names.girls, names.boys)))
    return dice.choice(names.girls if sex == "female" else names.boys)


def preferred_name(dice: Random, names: Names, given: str) -> str:
    called = names.called.get(given, "")
    return called if called and dice.random() < SHARES.household["preferred_name"] else ""


def middle_name(dice: Random, names: Names, sex: str) -> str:
    chance = dice.random()
    if chance > SHARES.household["middle_name"]:
        return ""
    name = given_name(dice, names, sex)
    return name[0] if chance < SHARES.household["middle_name"] / 4 else name


def english_status(dice: Random, language: str, grade: str) -> str:
    """EO (English only), TBD (not yet tested), EL (learner), IFEP or RFEP (fluent, from the
    start or since)."""
    if language == "en":
        return "EO"
    number = GRADE_NUMBER[grade]
    if number == 0:
        return "TBD"
    early = number <= GRADE_NUMBER["06"]
    learner = SHARES.language["learner_kg_to_6" if early else "learner_7_to_12"]
    if dice.random() < learner:
        return "EL"
    return "RFEP" if dice.random() < number / 10 else "IFEP"


def family_names(dice: Random, names: Names) -> tuple[str, str, str]:
    """The father's, the mother's and the children's family name."""
    father = dice.choice(names.families)
    keeps = dice.random() < names.mother_keeps
    mother = dice.choice(names.families) if keeps else father
    if mother != father and dice.random() < names.double:
        return father, mother, f"{father}{names.join}{mother}"
    return father, mother, father


def phone_number(dice: Random) -> str:
    """555-0100 to 555-0199 are kept free for invented people."""
    return f"+1 559 555 01{dice.randrange(100):02d}"


def guardian(
    dice: Random, community: Community, *, source_id: str, family: str, relationship: str, sex: str
) -> Guardian:
    names, household = community.names, SHARES.household
    given = given_name(dice, names, sex)
    reach = SHARES.reach_for(community.language)
    reach_by = dice.choices(reach.choices, cum_weights=reach.running)[0]
    has_email = reach_by == "email" or dice.random() < household["own_email"]
    has_phone = reach_by in ("sms", "whatsapp", "phone") or dice.random() < household["own_phone"]
    phone = phone_number(dice) if has_phone else ""
    return Guardian(
        source_id=source_id,
        given=given,
        family=family,
        preferred=preferred_name(dice, names, given),
        relationship=relationship,
        language=community.language,
        interpreter=community.language != "en" and dice.random() < household["interpreter_needed"],
        reach_by=reach_by,
        email=f"{source_id.removeprefix('avusd-guardian-')}@families.example" if has_email else "",
        sms="" if reach_by == "phone" else phone,
        phone=phone,
    )


def grown_ups(dice: Random, community: Community, first_number: int) -> tuple[list[Guardian], str]:
    """One to three guardians, and the family name of the children they raise."""
    father, mother, child = family_names(dice, community.names)
    count = int(dice.choices(SHARES.guardians.choices, cum_weights=SHARES.guardians.running)[0])
    pairs = [(dice.choice(MOTHERLY), mother, "female"), (dice.choice(FATHERLY), father, "male")]
    if count == 1 and dice.random() < 0.2:
        pairs.reverse()
    if count == 3:
        pairs.append(("grandmother", mother, "female"))
    return [
        guardian(
            dice,
            community,
            source_id=f"avusd-guardian-{first_number + place:07d}",
            family=family,
            relationship=relationship,
            sex=sex,
        )
        for place, (relationship, family, sex) in enumerate(pairs[:count])
    ], child


def child_of(
    dice: Random, community: Community, *, number: int, family: str, grade: str, year: int
) -> Child:
    names = community.names
    sex = dice.choices(SHARES.sex.choices, cum_weights=SHARES.sex.running)[0]
    given = given_name(dice, names, sex)
    return Child(
        source_id=f"avusd-student-{number:07d}",
        number=number,
        given=given,
        middle=middle_name(dice, names, sex),
        family=family,
        preferred=preferred_name(dice, names, given),
        grade=grade,
        sex=sex,
        born=birthday(dice, grade, year),
        language=community.language,
        english=english_status(dice, community.language, grade),
        race=community.race,
        email=f"s{number:07d}@students.aldervalley.example",
    )


def household(
    dice: Random,
    community: Community,
    *,
    grades: list[str],
    first_child: int,
    first_guardian: int,
    year: int,
) -> Household:
    """A family with one child in each of `grades`; no two children share a given name."""
    guardians, family = grown_ups(dice, community, first_guardian)
    children = [
        child_of(dice, community, number=first_child + place, family=family, grade=grade, year=year)
        for place, grade in enumerate(grades)
    ]
    taken: set[str] = set()
    for child in children:
        while child.given in taken:
            child.given = given_name(dice, community.names, child.sex)
            child.preferred = ""
        taken.add(child.given)
    spaced(children)
    return Household(community, guardians, children)
