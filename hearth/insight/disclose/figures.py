"""From counts and verdicts to figures: rate, interval, gap, and the estimate for small schools.

Everything here is reckoned from counts that are printed, so it tells nothing more than they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hearth.insight.disclose.cells import EVERYBODY, Because, Figure, Gap, Shown, Spot, Withheld
from hearth.insight.disclose.counts import (
    DISTRICT,
    NO,
    OWN_WHOLES,
    WHOLE,
    YES,
    Cell,
    Facet,
    Key,
    Of,
    Tally,
)
from hearth.insight.disclose.protecting import Verdicts, rule_of
from hearth.insight.rules.rounding import PERCENT, half_up, rate
from hearth.insight.rules.shrinkage import Likeness, likeness
from hearth.kit import interval
from hearth.kit.interval import Count

Place = str


@dataclass(frozen=True)
class Before:
    """What an earlier release printed of one cell, and when."""

    tally: Tally
    as_of: date


def figures(
    facet: Facet, found: Verdicts, as_of: date, before: Mapping[Cell, Before]
) -> dict[Place, list[Figure]]:
    """The figures of each place. Where nothing new may be told, the earlier figure stays."""
    withheld, of = found.of(facet), facet.of
    told: dict[Cell, Before] = {}
    for cell, tally in facet.tallies.items():
        if tally.whole and tally.heads and not _hidden(cell, withheld, of):
            told[cell] = Before(tally, as_of)
        elif cell in before:
            told[cell] = before[cell]
    alike = _alike(told) if of is Of.PEOPLE else {}
    places: dict[Place, list[Figure]] = {}
    for cell, tally in facet.tallies.items():
        place, cut, values = cell
        spot = facet.spot(cut, values)
        figure = (
            _shown(spot, cell, told, alike, of)
            if cell in told
            else _withheld(spot, cell, tally, withheld, facet)
        )
        places.setdefault(place, []).append(figure)
    return places


def printed(facet: Facet, found: Verdicts) -> dict[Key, int]:
    """The counts that this release prints, for the ledger."""
    withheld = found.of(facet)
    counts: dict[Key, int] = {}
    for cell, tally in facet.tallies.items():
        sides = {WHOLE: tally.heads}
        if facet.of is Of.PEOPLE:
            sides |= {YES: int(tally.part), NO: tally.whole - int(tally.part)}
        counts |= {
            key: count for side, count in sides.items() if (key := Key(*cell, side)) not in withheld
        }
    return counts


def _hidden(cell: Cell, withheld: set[Key], of: Of) -> bool:
    sides = (YES, NO, WHOLE) if of is Of.PEOPLE else (YES, WHOLE)
    return any(Key(*cell, side) in withheld for side in sides)


def _withheld(spot: Spot, cell: Cell, tally: Tally, withheld: set[Key], facet: Facet) -> Withheld:
    if facet.measure in OWN_WHOLES:
        # Nobody under one side of a split would say "all" of the other.
        return Withheld(spot, Because.LINKED)
    if not tally.heads or not tally.whole:
        return Withheld(spot, Because.MISSING)
    if tally.heads < (rule_of(facet.year).group_at_least or 0):
        return Withheld(spot, Because.FEW)
    size = None if Key(*cell, WHOLE) in withheld else tally.heads
    return Withheld(spot, Because.LINKED, size)


def _shown(
    spot: Spot, cell: Cell, told: Mapping[Cell, Before], alike: Mapping[str, Likeness], of: Of
) -> Shown:
    tally, as_of = told[cell].tally, told[cell].as_of
    if of is Of.AMOUNT:
        each = half_up(Fraction(tally.part).limit_denominator(10**6) / tally.whole, 2)
        return Shown(spot, tally.part, tally.whole, each, as_of)
    count = Count(int(tally.part), tally.whole)
    exact, sure = rate(count.part, count.whole), interval.wilson(count)
    assert exact is not None  # noqa: S101 - a shown group has people
    assert sure is not None  # noqa: S101
    model = alike.get(_kind(cell)) if cell[0] != DISTRICT else None
    return Shown(
        spot=spot,
        part=count.part,
        whole=count.whole,
        rate=exact,
        as_of=as_of,
        low=_percent(sure.low),
        high=_percent(sure.high),
        estimate=_percent(model.estimate(count)) if model else None,
        gap=_gap(cell, told),
    )


def _gap(cell: Cell, told: Mapping[Cell, Before]) -> Gap | None:
    """The group against everybody else at the same place, where both are printed of one day."""
    place, cut, _values = cell
    everybody = told.get((place, EVERYBODY, ()))
    own = told[cell]
    if cut == EVERYBODY or everybody is None or everybody.as_of != own.as_of:
        return None
    part = int(everybody.tally.part - own.tally.part)
    rest = Count(part, everybody.tally.whole - own.tally.whole) if part >= 0 else None
    group = Count(int(own.tally.part), own.tally.whole)
    between = interval.gap(group, rest) if rest and rest.whole else None
    if rest is None or between is None:
        return None
    points = Fraction(group.part, group.whole) - Fraction(rest.part, rest.whole)
    return Gap(half_up(points * PERCENT), _percent(between.low), _percent(between.high))


def _alike(told: Mapping[Cell, Before]) -> dict[str, Likeness]:
    """What the schools have in common for each group, out of what they print."""
    kinds: dict[str, list[Count]] = {}
    for cell, one in told.items():
        if cell[0] != DISTRICT:
            count = Count(int(one.tally.part), one.tally.whole)
            kinds.setdefault(_kind(cell), []).append(count)
    found = {kind: likeness(counts) for kind, counts in kinds.items()}
    return {kind: model for kind, model in found.items() if model is not None}


def _kind(cell: Cell) -> str:
    return "|".join((cell[1], *cell[2]))


def _percent(part: float) -> Decimal:
    return half_up(Fraction(part).limit_denominator(10**9) * PERCENT)


def places_of(facets: Iterable[Mapping[Place, list[Figure]]]) -> dict[Place, list[Figure]]:
    """Figures of several facets, put together by place."""
    together: dict[Place, list[Figure]] = {}
    for facet in facets:
        for place, own in facet.items():
            together.setdefault(place, []).extend(own)
    return together
