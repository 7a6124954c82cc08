"""Suspensions: two published definitions, each under its name, and the school that was missed.

DataQuest counts every student suspended at least once, in school or out. The Dashboard counts those
whose suspensions of the year add up to a full day. The state prints both; they differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hearth.insight.rules.dated import value


class Kind(StrEnum):
    OUT_OF_SCHOOL = "out_of_school"
    IN_SCHOOL = "in_school"
    EXPULSION = "expulsion"
    OTHER = "other"


@dataclass(frozen=True)
class Result:
    """What one incident came to for one student. `minutes` where the school recorded them."""

    code: str
    days: Decimal
    minutes: int | None = None


def kind_of(code: str, on: date) -> Kind:
    """By the state's result codes; a code that is neither suspension nor expulsion is other."""
    for kind in (Kind.OUT_OF_SCHOOL, Kind.IN_SCHOOL, Kind.EXPULSION):
        if code in value("suspension", kind.value, on):
            return kind
    return Kind.OTHER


def is_suspension(result: Result, on: date) -> bool:
    return kind_of(result.code, on) in (Kind.OUT_OF_SCHOOL, Kind.IN_SCHOOL)


def counts_in_dataquest(results: Iterable[Result], on: date) -> bool:
    """Suspended at least once in the year."""
    return any(is_suspension(result, on) for result in results)


def counts_on_dashboard(results: Iterable[Result], on: date) -> bool:
    """Suspended, over the year, for a full day in all."""
    total = sum((r.days for r in results if is_suspension(r, on)), Decimal(0))
    return total >= Decimal(value("suspension", "dashboard_days", on))


@dataclass(frozen=True)
class TimeLost:
    """School missed by suspension: days, and of those whose minutes are known, the minutes."""

    days: Decimal
    minutes: int
    without_minutes: int


def time_lost(results: Iterable[Result], kind: Kind, on: date) -> TimeLost:
    """Days and minutes are two records of the same hours: they are never added together."""
    own = [result for result in results if kind_of(result.code, on) is kind]
    return TimeLost(
        days=sum((result.days for result in own), Decimal(0)),
        minutes=sum(result.minutes or 0 for result in own),
        without_minutes=sum(result.minutes is None for result in own),
    )
