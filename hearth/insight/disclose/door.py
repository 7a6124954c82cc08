"""The one door by which figures leave the mart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import pyarrow as pa
from ibis.expr.types import Table

from hearth.insight import measures
from hearth.insight.disclose.cells import EVERYBODY, Figure, Shown
from hearth.insight.disclose.counts import (
    AMOUNTS,
    BEHIND,
    DISTRICT,
    ENROLLED,
    NO,
    STAFF,
    WHOLE,
    YES,
    Cell,
    Facet,
    Key,
    Of,
    Tally,
    facets_of,
)
from hearth.insight.disclose.figures import Before, Place, figures, printed
from hearth.insight.disclose.protecting import Verdicts, month_by_month, verdicts
from hearth.insight.disclose.tree import down_the_tree, without_tree
from hearth.insight.mart.engine import Mart
from hearth.insight.measures.groups import Cut, cut_of
from hearth.insight.measures.measure import By, Counted, Measure, table_of

# Groups that are part of another one (long-term English learners, spans of grades) are told only
# in a table that is built for them: their difference would be a group that nobody protects.
STANDING: tuple[Cut, ...] = (
    (),
    *((key,) for key in (
        "race", "gender", "grade", "english_learner", "disability", "disadvantaged", "foster",
        "homeless", "migrant", "language",
    )),
)  # fmt: skip
GROWNUPS: tuple[Cut, ...] = ((), ("race",), ("language",))
ASKED: tuple[Cut, ...] = (*STANDING, ("asked_month",))
# A student with two needs counts with each, so needs have no line of everybody. Which need in which
# language is told of the district only: at a school it would be the story of one or two.
MATRIX = cut_of("need", "language")
NEEDS: tuple[Cut, ...] = (("need",), MATRIX)
CUTS: Mapping[By, tuple[Cut, ...]] = {
    "year": STANDING, "month": STANDING, "staff": GROWNUPS, "asked": ASKED, "need": NEEDS,
}  # fmt: skip

# Of so few people that they are told by one group at a time.
NOT_CROSSED = frozenset(
    {STAFF, *(key for key, one in measures.all().items() if one.by in ("asked", "need"))}
)

# Told of what is done in Hearth itself, and so of nothing in the years before it.
OURS = frozenset({"referred", "answered_in_time", "linked", "days_to_link", "reviewed", "tier"})
SIDES = (YES, NO, WHOLE)
Ledger = Mapping[str, Mapping[str, int]]
"""What was printed before, by facet and key, as the ledger keeps it."""


class Refusal(StrEnum):
    """Why a table is refused, as coarse as the reason for a figure."""

    RARE = "rare"  # what befalls few is told of everybody only
    GIVEN_AWAY = "given_away"  # with what was told before, somebody could be worked out


class CannotTell(ValueError):
    """No part of this table can be told without telling of somebody."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Told:
    """One measure of one year, as it may be told: figures by place, and what the ledger keeps."""

    measure: str
    figures: dict[Place, list[Figure]]
    ledger: dict[str, dict[str, int]]


def years_in(mart: Mart) -> list[int]:
    """The school years of which the mart has students."""
    found = mart.connection.to_pyarrow(mart.table("student_years").select("year").distinct())
    return sorted(found["year"].to_pylist())


def standing(
    mart: Mart,
    year: int,
    as_of: date,
    earlier: Mapping[str, Ledger],
    before: Mapping[tuple[str, Place], Sequence[Figure]],
) -> list[Told]:
    """Every measure of a year, by each group alone. All are protected together, since the same
    students stand behind them; then month after month, each against those before it."""
    every = measures.all().values()
    told = [
        table_of(_with_heads(chosen), mart, cuts, years=[year])
        for by, cuts in CUTS.items()
        if (chosen := [one for one in every if one.by == by])
    ]
    facets = _kept(facets_of(pa.concat_tables(told, promote_options="default")))
    ledger = {f.name: _keys(earlier, f) for f in facets}
    monthly = [one for one in facets if one.month and one.of is Of.PEOPLE]
    yearly = [one for one in facets if not (one.month and one.of is Of.PEOPLE)]
    found = down_the_tree(yearly, ledger, verdicts(without_tree(yearly), ledger))
    found = month_by_month(monthly, ledger, found)
    return _told(facets, found, as_of, before)


def _with_heads(chosen: Sequence[Measure]) -> list[Measure]:
    """For each amount also from how many students it comes: of one or two it tells nothing."""
    amounts = [one for one in chosen if one.key in AMOUNTS - {ENROLLED, STAFF}]
    return [*chosen, *map(_heads, amounts)]


def _heads(amount: Measure) -> Measure:
    def of(row: Table) -> Counted:
        counted = amount.of(row)
        some = {part: value > 0 for part, value in counted.numerators.items()}
        return Counted(row.student.notnull(), some)

    return Measure(amount.key + BEHIND, of, amount.needs, amount.by)


def _kept(facets: Sequence[Facet]) -> list[Facet]:
    """A year in which nobody used this part of Hearth yet has no figures of it, rather than many
    that say nothing."""
    used = {
        facet.measure
        for facet in facets
        if any(place == DISTRICT and tally.part for (place, _c, _v), tally in facet.tallies.items())
    }
    kept = [one for one in facets if one.measure in used or one.measure not in OURS]
    return [_as_far_as_told(one) for one in kept]


def _as_far_as_told(facet: Facet) -> Facet:
    """What befalls few is told of everybody only; and by month, people at a school. In a group it
    would be withheld nearly everywhere, and everybody's figure with it."""
    if facet.is_rare:
        return _of_everybody(facet)
    if "+".join(MATRIX) in facet.cuts:
        told = facet.tallies.items()
        cells = {c: t for c, t in told if c[1] != "+".join(MATRIX) or c[0] == DISTRICT}
        return replace(facet, tallies=cells)
    if facet.month and facet.of is Of.PEOPLE:
        told = facet.tallies.items()
        cells = {c: t for c, t in told if c[1] == EVERYBODY or c[0] == DISTRICT}
        return replace(facet, tallies=cells)
    return facet


def _of_everybody(facet: Facet) -> Facet:
    cells = {cell: tally for cell, tally in facet.tallies.items() if cell[1] == EVERYBODY}
    return replace(facet, tallies=cells)


@dataclass(frozen=True)
class Asked:
    """A table of one measure by two groups. `released` are such cuts of this measure and year that
    are told already; `wholes` the sizes of its groups where a measure of the same students told
    them by the same two."""

    measure: str
    year: int
    groups: tuple[str, ...]
    released: tuple[tuple[str, ...], ...] = ()
    wholes: frozenset[str] | None = None

    @property
    def cut(self) -> Cut:
        return cut_of(*self.groups)


def crossed(mart: Mart, asked: Asked, earlier: Ledger, as_of: date) -> Told:
    """Protected as one table with all that was told before of this measure and year.

    With the tables told before, this one is a margin of a larger table, and may give them away.
    """
    if asked.measure in NOT_CROSSED:
        raise CannotTell(Refusal.RARE)
    wanted, name = asked.cut, "+".join(asked.cut)
    cuts = list(dict.fromkeys([*asked.released, wanted]))
    finest = cut_of(*{key for cut in cuts for key in cut})
    singles: list[Cut] = [(key,) for key in finest]
    chosen = [measures.all()[key] for key in dict.fromkeys([asked.measure, "enrolled"])]
    every = list(dict.fromkeys([(), *singles, *cuts, finest]))
    facets = [
        facet
        for facet in facets_of(table_of(_with_heads(chosen), mart, every, years=[asked.year]))
        if facet.measure in (asked.measure, asked.measure + BEHIND)
    ]
    if any(facet.is_rare for facet in facets):
        raise CannotTell(Refusal.RARE)
    found = Verdicts()
    for facet in facets:
        found.add(facet, _not_told(facet, earlier.get(facet.name, {}), name, asked.wholes))
    known = {facet.name: set(found.of(facet)) for facet in facets}
    verdicts(facets, found=found, together=[*singles, *cuts], fresh=name)
    for facet in facets:
        more = found.of(facet) - known[facet.name]
        if any(key.cut != name or key.text() in (asked.wholes or ()) for key in more):
            raise CannotTell(Refusal.GIVEN_AWAY)
    return _told(facets, found, as_of, {}, only=name)[0]


def _not_told(
    facet: Facet, ledger: Mapping[str, int], wanted: str, wholes: frozenset[str] | None
) -> list[Key]:
    """What was not printed before stays withheld; of the new table nothing is decided yet, unless
    another measure of the same students has told it."""
    keys = (Key(*cell, side) for cell in facet.tallies for side in SIDES)
    return [key for key in keys if not _may_be_told(key, ledger, wanted, wholes)]


def _may_be_told(
    key: Key, ledger: Mapping[str, int], wanted: str, wholes: frozenset[str] | None
) -> bool:
    if key.cut != wanted:
        return key.text() in ledger
    return key.side != WHOLE or wholes is None or key.text() in wholes


def _keys(earlier: Mapping[str, Ledger], facet: Facet) -> dict[Key, int]:
    told = earlier.get(facet.measure, {}).get(facet.name, {})
    every = (Key(*cell, side) for cell in facet.tallies for side in SIDES)
    return {key: told[key.text()] for key in every if key.text() in told}


def _told(
    facets: Sequence[Facet],
    found: Verdicts,
    as_of: date,
    before: Mapping[tuple[str, Place], Sequence[Figure]],
    only: str | None = None,
) -> list[Told]:
    by_measure: dict[str, Told] = {}
    for facet in facets:
        if facet.of is Of.HEADS:
            continue
        told = by_measure.setdefault(facet.measure, Told(facet.measure, {}, {}))
        stood = _stood(facet, before)
        for place, own in figures(facet, found, as_of, stood).items():
            kept = [f for f in own if only is None or f.spot.cut in (only, EVERYBODY)]
            told.figures.setdefault(place, []).extend(kept)
        told.ledger[facet.name] = {
            key.text(): count for key, count in printed(facet, found).items()
            if only is None or key.cut == only
        }  # fmt: skip
    return list(by_measure.values())


def _stood(
    facet: Facet, before: Mapping[tuple[str, Place], Sequence[Figure]]
) -> dict[Cell, Before]:
    """What pages show now of this facet."""
    return {
        (place, figure.spot.cut, figure.spot.values): Before(
            Tally(figure.part, figure.whole), figure.as_of
        )
        for (measure, place), shown in before.items()
        if measure == facet.measure
        for figure in shown
        if isinstance(figure, Shown)
        and (figure.spot.part, figure.spot.month) == (facet.part, facet.month)
    }
