"""The counts of a measure before disclosure, and the keys by which the ledger knows each.

These never leave this package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pyarrow as pa

from hearth.insight.disclose.cells import Spot

DISTRICT = ""
ENROLLED, STAFF = "enrolled", "staff"
YES, NO, WHOLE = "yes", "no", "whole"


Which = tuple[str, int, str, date | None]


class Of(StrEnum):
    """What a measure counts, and so how it is protected."""

    PEOPLE = "people"  # so many of so many students, or of so many requests for them
    AMOUNT = "amount"  # days or minutes: told where the students behind it may be told
    HEADS = "heads"  # how many students an amount comes from: never told, and never one or two


AMOUNTS = frozenset(
    {
        "enrolled", "attendance_rate", "attendance_by_month", "average_daily_attendance",
        "days_lost", "instruction_lost", "days_to_link", "staff",
    }
)  # fmt: skip
# Amounts of which the denominator counts people itself: of six services begun, days until each;
# and the staff, who are no students.
OWN_HEADS = frozenset({"days_to_link", STAFF})
BEHIND = "+heads"
# What befalls few: told of everybody only, for in a group it would be the story of one or two.
RARE = frozenset({("instruction_lost", ""), ("days_lost", "suspended"),
                  ("days_lost", "independent_missed"), ("what_became", "")})  # fmt: skip
# Each part of it is a part of another whole, and so of people of its own.
OWN_WHOLES = frozenset({"what_became"})
# Whose wholes are the same students: what one of them withholds of a group's size, all do.
OF_ENROLLED = frozenset(
    {
        "enrolled", "referred", "reviewed", "tier", "suspension_rate",
        "suspension_rate_dashboard", "instruction_lost",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """What was counted in one cell. `people` stand behind it where it counts something else."""

    part: float
    whole: int
    people: int | None = None

    @property
    def heads(self) -> int:
        return self.whole if self.people is None else self.people


@dataclass(frozen=True, order=True)
class Key:
    """One count that an attacker could print: a place, a group, and yes, no or both together."""

    place: str
    cut: str
    values: tuple[str, ...]
    side: str

    def text(self) -> str:
        return "|".join((self.place, self.cut, "+".join(self.values), self.side))


Cell = tuple[str, str, tuple[str, ...]]
"""Place, cut and groups."""


@dataclass(frozen=True)
class Facet:
    """One part and month of one measure in one year: a table of its own, places by groups."""

    measure: str
    year: int
    part: str
    month: date | None
    tallies: Mapping[Cell, Tally]

    @property
    def of(self) -> Of:
        if self.measure.endswith(BEHIND):
            return Of.HEADS
        return Of.AMOUNT if self.measure in AMOUNTS else Of.PEOPLE

    @property
    def is_rare(self) -> bool:
        measure = self.measure.removesuffix(BEHIND)
        return (measure, "") in RARE or (measure, self.part) in RARE

    @property
    def base(self) -> str:
        """Facets of one base have the same groups behind them."""
        if self.of is not Of.PEOPLE and self.measure not in OWN_HEADS:
            return ENROLLED
        same = ENROLLED if self.measure in OF_ENROLLED else self.measure
        if self.measure in OWN_WHOLES:
            same = f"{same}/{self.part}"
        return f"{same}@{self.month.isoformat()}" if self.month else same

    @property
    def name(self) -> str:
        return self._name(self.measure)

    @property
    def behind(self) -> str:
        """The facet of how many students this amount comes from."""
        return self._name(self.measure + BEHIND)

    def _name(self, measure: str) -> str:
        return f"{measure}|{self.part}|{self.month.isoformat() if self.month else ''}"

    def spot(self, cut: str, values: tuple[str, ...]) -> Spot:
        return Spot(cut, values, self.part, self.month)

    def cells(self, cut: str) -> dict[tuple[str, tuple[str, ...]], Tally]:
        """Place and groups of one cut; the district among the places."""
        return {(p, v): tally for (p, c, v), tally in self.tallies.items() if c == cut}

    @property
    def cuts(self) -> list[str]:
        return list(dict.fromkeys(cut for _p, cut, _v in self.tallies))


def facets_of(table: pa.Table) -> list[Facet]:
    """The long table of measures, taken apart into facets. Who is enrolled must be among them:
    where days are counted, the students behind them are what is protected."""
    found: dict[Which, dict[Cell, Tally]] = {}
    for row in _rows(table):
        which: Which = (row["measure"], row["year"], row["part"], row["month"])
        place = DISTRICT if row["school"] is None else str(row["school"])
        values = tuple(row[group] for group in row["cut"].split("+") if group)
        tally = Tally(row["numerator"] or 0, int(row["denominator"] or 0))
        found.setdefault(which, {})[place, row["cut"], values] = tally
    return [
        Facet(*which, _with_heads(tallies, found.get((ENROLLED, which[1], "", None), {})))
        if which[0] in AMOUNTS - OWN_HEADS
        else Facet(*which, tallies)
        for which, tallies in found.items()
    ]


def _with_heads(tallies: Mapping[Cell, Tally], enrolled: Mapping[Cell, Tally]) -> dict[Cell, Tally]:
    nobody = Tally(0, 0)
    return {
        cell: replace(tally, people=enrolled.get(cell, nobody).whole)
        for cell, tally in tallies.items()
    }


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches():
        yield from batch.to_pylist()
