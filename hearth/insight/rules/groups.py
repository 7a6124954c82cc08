"""By what people are told apart, and in which order: the same on every page, poster and file.

Keys only; what a group is called in which language stands where it is shown.
"""

from enum import StrEnum

from hearth.insight.rules.race import Race

GRADES = ("PK", "TK", "KG", *(f"{grade:02}" for grade in range(1, 13)), "UG")
GENDERS = ("F", "M", "X", "not_reported")
YES_OR_NO = ("yes", "no")
NOT_REPORTED = "not_reported"


class By(StrEnum):
    """A way to tell people apart, in the order in which pages offer them."""

    RACE = "race"
    GENDER = "gender"
    GRADE = "grade"
    ENGLISH_LEARNER = "english_learner"
    LONG_TERM_ENGLISH_LEARNER = "long_term_english_learner"
    DISABILITY = "disability"
    DISADVANTAGED = "disadvantaged"
    FOSTER = "foster"
    HOMELESS = "homeless"
    MIGRANT = "migrant"
    LANGUAGE = "language"


PROGRAMS = (
    By.ENGLISH_LEARNER,
    By.LONG_TERM_ENGLISH_LEARNER,
    By.DISABILITY,
    By.DISADVANTAGED,
    By.FOSTER,
    By.HOMELESS,
    By.MIGRANT,
)
_FIXED: dict[By, tuple[str, ...]] = {
    By.RACE: tuple(Race),
    By.GENDER: GENDERS,
    By.GRADE: GRADES,
    **dict.fromkeys(PROGRAMS, YES_OR_NO),
}


def fixed_order(by: By) -> tuple[str, ...]:
    """The groups of one kind in their order. Languages have none: they go by their names."""
    return _FIXED.get(by, ())


def place(by: By, group: str) -> tuple[int, str]:
    """To sort by: the fixed order, then what it does not hold, and "not reported" at the end."""
    order = fixed_order(by)
    if group == NOT_REPORTED:
        return len(order) + 1, group
    return (order.index(group), group) if group in order else (len(order), group)
