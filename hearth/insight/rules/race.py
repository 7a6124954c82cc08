"""Race and ethnicity: from the codes a family chose to the groups the state and the nation report.

Whoever is Hispanic or Latino is reported so, of whatever race. Several codes of one race (Hmong
and Lao, say) are one race. California reports Filipino students apart; the federal count of seven
groups has them among Asian students.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Race(StrEnum):
    """California's groups, in the order in which every page shows them."""

    AMERICAN_INDIAN = "american_indian"
    ASIAN = "asian"
    BLACK = "black"
    FILIPINO = "filipino"
    HISPANIC = "hispanic"
    PACIFIC_ISLANDER = "pacific_islander"
    WHITE = "white"
    TWO_OR_MORE = "two_or_more"
    NOT_REPORTED = "not_reported"


# By the first digit of a CALPADS race code: 201 is Chinese, 208 Hmong, 303 Samoan.
BY_HUNDRED = {
    "1": Race.AMERICAN_INDIAN,
    "2": Race.ASIAN,
    "3": Race.PACIFIC_ISLANDER,
    "4": Race.FILIPINO,
    "6": Race.BLACK,
    "7": Race.WHITE,
}
CODES = frozenset(
    str(code) for code in (100, *range(201, 209), 299, *range(301, 305), 399, 400, 600, 700)
)
FEDERAL: dict[Race, Race] = {race: race for race in Race} | {Race.FILIPINO: Race.ASIAN}
FEDERAL_GROUPS: tuple[Race, ...] = tuple(
    race for race in Race if race not in (Race.FILIPINO, Race.NOT_REPORTED)
)
ONE_RACE = frozenset(BY_HUNDRED.values())


class UnknownRace(ValueError):
    """A code that neither the state's list nor Hearth's words hold."""


def race_of(code: str) -> Race:
    """One race by its CALPADS code, or by Hearth's own word for it."""
    if code in CODES:
        return BY_HUNDRED[code[0]]
    try:
        return Race(code)
    except ValueError as error:
        raise UnknownRace("This race code is not in the state's list.") from error


def california(*, hispanic: bool | None, races: Collection[str]) -> Race:
    """The one group in which the state reports a person."""
    named = {race_of(code) for code in races} - {Race.NOT_REPORTED}
    if hispanic or Race.HISPANIC in named:
        return Race.HISPANIC
    if not named:
        return Race.NOT_REPORTED
    if len(named) > 1:
        return Race.TWO_OR_MORE
    return named.pop()


def federal(counts: Mapping[Race, int]) -> dict[Race, int]:
    """Counts by California's groups as counts by the seven federal ones.

    Students whose race is not reported stand in none of the seven.
    """
    merged: dict[Race, int] = dict.fromkeys(FEDERAL_GROUPS, 0)
    for race, count in counts.items():
        if race is not Race.NOT_REPORTED:
            merged[FEDERAL[race]] += count
    return merged
