"""What a figure of unmet need means beside what is offered: met, partly, unmet, doubled.

It is said of figures that may be told. A word for one that is withheld would tell of it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearth.insight.rules.dated import value


class Word(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Measuring:
    """From which share on a need is called so, and how many services are more than one."""

    unmet: int
    partly: int
    services: int


def measuring_on(day: date) -> Measuring:
    return Measuring(
        unmet=value("gaps", "unmet_at_least_percent", day),
        partly=value("gaps", "partly_at_least_percent", day),
        services=value("gaps", "doubled_services", day),
    )


def word_for(
    *, still_open: int, asked: int, services: int, places: int | None, by: Measuring
) -> Word:
    """`places` that are free; None where nobody has said."""
    if still_open * 100 >= by.unmet * asked:
        return Word.UNMET
    if still_open * 100 >= by.partly * asked:
        return Word.PARTLY
    if services >= by.services and places is not None and places > asked:
        return Word.DOUBLED
    return Word.MET
