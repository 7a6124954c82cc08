"""A figure as it may be told: shown with how sure it is, or withheld with a reason.

This is what is stored, printed and read aloud. The reason is coarse on purpose: "all of them" or
"one of them" would tell what was withheld.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

EVERYBODY = ""


class Because(StrEnum):
    """Why a figure is not told."""

    FEW = "few"  # the group itself is too small
    LINKED = "linked"  # it, or a neighbor, could be worked out from it
    MISSING = "missing"  # nobody of this group is here


@dataclass(frozen=True)
class Spot:
    """Where a figure stands: which part of the measure, which month, which group or groups."""

    cut: str = EVERYBODY
    values: tuple[str, ...] = ()
    part: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Gap:
    """The group less everybody else here, in percentage points, with its interval."""

    points: Decimal
    low: Decimal
    high: Decimal

    @property
    def is_one(self) -> bool:
        """A gap is called a gap only when its interval leaves out nothing at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Shown:
    """So many of so many. `rate` is percent for people; for days a mean, see the measure's card."""

    spot: Spot
    part: float
    whole: int
    rate: Decimal
    as_of: date
    low: Decimal | None = None
    high: Decimal | None = None
    estimate: Decimal | None = None  # drawn toward schools like it: a model's figure, not a count
    gap: Gap | None = None
    shown: bool = True


@dataclass(frozen=True)
class Withheld:
    """Not told. `whole` where the size of the group may be."""

    spot: Spot
    because: Because
    whole: int | None = None
    shown: bool = False


Figure = Shown | Withheld


def as_json(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    return [_told(figure) for figure in figures]


def _told(figure: Figure) -> dict[str, Any]:
    spot = figure.spot
    where: dict[str, Any] = {"cut": spot.cut, "values": list(spot.values)}
    if spot.part:
        where["part"] = spot.part
    if spot.month:
        where["month"] = spot.month.isoformat()
    if isinstance(figure, Withheld):
        return where | {"because": figure.because.value, "n": figure.whole}
    told: dict[str, Any] = {
        "k": figure.part, "n": figure.whole, "rate": str(figure.rate),
        "as_of": figure.as_of.isoformat(),
    }  # fmt: skip
    for name in ("low", "high", "estimate"):
        if (value := getattr(figure, name)) is not None:
            told[name] = str(value)
    if figure.gap:
        told["gap"] = [str(figure.gap.points), str(figure.gap.low), str(figure.gap.high)]
    return where | told


def from_json(rows: Iterable[dict[str, Any]]) -> list[Figure]:
    return [_figure(row) for row in rows]


def _figure(row: dict[str, Any]) -> Figure:
    month = row.get("month")
    spot = Spot(
        row["cut"], tuple(row["values"]), row.get("part", ""),
        date.fromisoformat(month) if month else None,
    )  # fmt: skip
    if "because" in row:
        return Withheld(spot, Because(row["because"]), row["n"])
    gap = row.get("gap")
    return Shown(
        spot=spot,
        part=row["k"],
        whole=row["n"],
        rate=Decimal(row["rate"]),
        as_of=date.fromisoformat(row["as_of"]),
        low=_decimal(row.get("low")),
        high=_decimal(row.get("high")),
        estimate=_decimal(row.get("estimate")),
        gap=Gap(*map(Decimal, gap)) if gap else None,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
