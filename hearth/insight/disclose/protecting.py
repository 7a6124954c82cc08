"""Which counts may be printed, given everything else that is printed or was before.

One table after another would be unsafe where they share counts: the school's total stands in the
table by race and in that by gender, the district's figures are nearly the sum of the schools'. So
what one table must withhold is withheld in all, and all are gone over again until nothing changes.

A student who went to two schools counts at each and once in the district: the district's own table
is protected beside that of its schools, by the same pattern.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from hearth.disclosure import OUTCOME, TOTAL, Cell, Protected, Rule, Table, protect
from hearth.insight.disclose.cells import EVERYBODY
from hearth.insight.disclose.counts import (
    DISTRICT,
    ENROLLED,
    NO,
    OWN_HEADS,
    WHOLE,
    YES,
    Facet,
    Key,
    Of,
    Tally,
)
from hearth.insight.disclose.moving import between_schools
from hearth.insight.rules.dated import school_year_end, value

MOST_ROUNDS = 12
DECIDING = OWN_HEADS | {ENROLLED}
SIDES = {YES: YES, NO: NO, TOTAL: WHOLE}


def rule_of(year: int) -> Rule:
    """The rule for figures of people in this school year."""
    day: date = school_year_end(year)
    return Rule(
        at_least=value("disclosure", "part_at_least", day),
        group_at_least=value("disclosure", "group_at_least", day),
        width=value("disclosure", "uncertain_by", day),
        everybody=True,
        complements=True,
        outcome=OUTCOME,
    )


@dataclass
class Verdicts:
    """What is withheld so far. Counts of whole groups are shared by all facets of one base."""

    wholes: dict[str, set[Key]] = field(default_factory=dict)
    parts: dict[str, set[Key]] = field(default_factory=dict)

    def of(self, facet: Facet) -> set[Key]:
        """An amount is withheld, too, where the students behind it are."""
        own = self.parts.get(facet.name, set()) | self.parts.get(facet.behind, set())
        return self.wholes.get(facet.base, set()) | own

    def copy(self) -> "Verdicts":
        """Sets of its own, of the same keys: there are hundreds of thousands, and none changes."""
        wholes = {base: set(keys) for base, keys in self.wholes.items()}
        return Verdicts(wholes, {name: set(keys) for name, keys in self.parts.items()})

    def add(self, facet: Facet, keys: Iterable[Key]) -> bool:
        """Whether anything is new."""
        before = len(self.of(facet))
        for key in keys:
            where, name = (
                (self.wholes, facet.base) if key.side == WHOLE else (self.parts, facet.name)
            )
            where.setdefault(name, set()).add(key)
        return len(self.of(facet)) > before


def verdicts(
    facets: Sequence[Facet],
    earlier: Mapping[str, Mapping[Key, int]] | None = None,
    found: Verdicts | None = None,
    together: Sequence[Sequence[str]] = (),
    fresh: str | None = None,
) -> Verdicts:
    """Go over every facet and cut until nothing more has to be withheld.

    `earlier` holds, by facet, the counts that were printed before; `found` what was withheld then.
    `together` names cuts that are told of the same people and so are protected as one table, of
    which only the cut `fresh` is still open.
    """
    found = found or Verdicts()
    told = earlier or {}
    tables = [
        (facet, table)
        for facet in facets
        if facet.of is not Of.AMOUNT or facet.measure in DECIDING
        for table in _tables(facet, together, fresh)
    ]
    seen: dict[int, set[Key]] = {}
    for _round in range(MOST_ROUNDS):
        again = False
        for number, (facet, table) in enumerate(tables):
            given = table.own(found.of(facet))
            if seen.get(number) != given:
                more = table.withheld(given, told.get(facet.name, {}))
                seen[number] = given | more
                again |= found.add(facet, more)
        for facet in facets:
            if facet.of is Of.PEOPLE or facet.measure in DECIDING:
                least = rule_of(facet.year).at_least
                again |= found.add(facet, between_schools(facet, found.of(facet), least, fresh))
        if not again:
            return found
    raise ArithmeticError("The tables of this measure do not come to rest.")


def month_by_month(
    facets: Sequence[Facet], earlier: Mapping[str, Mapping[Key, int]], found: Verdicts
) -> Verdicts:
    """Facets of people by month, in the order of the months: everybody at each place, then the
    district's groups, as far as they cost nobody the line of everybody.

    A group's figure is told only where it stands as it stood, or at least as many joined or left as
    a part may have, since the month that was last told: the story of one or two is not told by
    taking one month from the next. Everybody's line goes on from month to month.
    """
    found = verdicts([_only(facet, EVERYBODY) for facet in facets], earlier, found)
    last: dict[tuple[str, str], dict[Key, int]] = {}
    for month in sorted({one.month for one in facets if one.month}):
        own = [one for one in facets if one.month == month]
        for cut in dict.fromkeys(cut for one in own for cut in one.cuts if cut != EVERYBODY):
            found = _with_cut(own, cut, earlier, found, last)
        for facet in own:
            shown = {k: n for k, n in sides_of(facet).items() if k not in found.of(facet)}
            told = last.setdefault((facet.measure, facet.part), {})
            told |= dict(earlier.get(facet.name, {})) | shown
    return found


def _with_cut(
    facets: Sequence[Facet],
    cut: str,
    earlier: Mapping[str, Mapping[Key, int]],
    found: Verdicts,
    last: Mapping[tuple[str, str], Mapping[Key, int]],
) -> Verdicts:
    """One cut of one month, or nothing of it where it would cost everybody's line."""
    own = [_only(facet, EVERYBODY, cut) for facet in facets]
    tried = found.copy()
    for facet in own:
        tried.add(facet, _moved_a_little(facet, last.get((facet.measure, facet.part), {})))
    tried = verdicts(own, earlier, tried)
    if all(_lines(tried.of(facet)) == _lines(found.of(facet)) for facet in own):
        return tried
    for facet in own:
        found.add(facet, [key for key in sides_of(facet) if key.cut == cut])
    return found


def _lines(keys: Iterable[Key]) -> set[Key]:
    return {key for key in keys if key.cut == EVERYBODY}


def _only(facet: Facet, *cuts: str) -> Facet:
    return replace(facet, tallies={c: t for c, t in facet.tallies.items() if c[1] in cuts})


def _moved_a_little(facet: Facet, stood: Mapping[Key, int]) -> list[Key]:
    least = rule_of(facet.year).at_least
    return [
        key
        for key, count in sides_of(facet).items()
        if key.cut != EVERYBODY and key in stood and 0 < abs(count - stood[key]) < least
    ]


def sides_of(facet: Facet) -> dict[Key, int]:
    """Every count of a facet of people: with, without, and both together."""
    counts: dict[Key, int] = {}
    for cell, tally in facet.tallies.items():
        yes = int(tally.part)
        counts |= {
            Key(*cell, YES): yes, Key(*cell, NO): tally.whole - yes, Key(*cell, WHOLE): tally.whole,
        }  # fmt: skip
    return counts


@dataclass(frozen=True)
class _Linked:
    """One table for the protector, and how its cells are keyed. `alone`: the district by itself."""

    cut: tuple[str, ...]
    table: Table
    rule: Rule
    alone: bool
    fresh: str | None
    side: str = WHOLE

    @cached_property
    def keys(self) -> dict[Cell, Key]:
        return {cell: self._key(cell) for cell in self.table.cells}

    def own(self, withheld: set[Key]) -> set[Key]:
        return withheld & set(self.keys.values())

    def withheld(self, already: set[Key], earlier: Mapping[Key, int]) -> set[Key]:
        if not self.table.truth.any():
            return set()
        done: Protected = protect(
            self.table,
            self.rule,
            earlier={cell: earlier[key] for cell, key in self.keys.items() if key in earlier},
            withheld=[cell for cell, key in self.keys.items() if key in already],
            keep=[cell for cell, key in self.keys.items() if self._is_dear(key)],
            told=[cell for cell, key in self.keys.items() if self._is_told(key, already)],
        )
        if done.unproven:  # told by figures that stand already: then nothing more of it is told
            return set(self.keys.values())
        return {self.keys[cell] for cell in done.withheld()}

    def _is_dear(self, key: Key) -> bool:
        """Totals and sizes of groups are what a reader needs most."""
        return key.side == WHOLE or key.cut == EVERYBODY

    def _is_told(self, key: Key, already: set[Key]) -> bool:
        """What was told is told: of a table that comes later only its own cut is still open."""
        return self.fresh not in (None, key.cut) and key not in already

    def _key(self, cell: Cell) -> Key:
        rest = list(cell)
        side = SIDES[rest.pop()] if self.rule.outcome else self.side
        place = DISTRICT if self.alone else rest.pop(0)
        values = tuple(code for code in rest if code != TOTAL)
        names = [name for name, code in zip(self.cut, rest, strict=True) if code != TOTAL]
        return Key(DISTRICT if place == TOTAL else place, "+".join(names), values, side)


def _tables(
    facet: Facet, together: Sequence[Sequence[str]], fresh: str | None
) -> Iterator[_Linked]:
    """For each cut two tables: that of the schools, and that of the district by itself."""
    rule, side = rule_of(facet.year), WHOLE
    if facet.of is Of.AMOUNT:
        rule = replace(rule, outcome=None, at_least=rule.group_at_least or 1, everybody=False)
    if facet.of is Of.HEADS:
        rule, side = replace(rule, outcome=None, everybody=False, zeros=facet.is_rare), YES
    for cut, margins in _as_one(facet, together):
        cells = facet.cells("+".join(cut))
        schools = {(p, *values): t for (p, values), t in cells.items() if p != DISTRICT}
        district = {values: t for (p, values), t in cells.items() if p == DISTRICT}
        with_school = None if margins is None else [("school", *names) for names in margins]
        if schools:
            table = _table(("school", *cut), schools, facet.of, with_school)
            yield _Linked(cut, table, rule, alone=False, fresh=fresh, side=side)
        if district and cut:
            table = _table(cut, district, facet.of, margins)
            yield _Linked(cut, table, rule, alone=True, fresh=fresh, side=side)


def _as_one(
    facet: Facet, together: Sequence[Sequence[str]]
) -> list[tuple[tuple[str, ...], Sequence[Sequence[str]] | None]]:
    """Each cut by itself; or one table of all groups, of which only these cuts are printed."""
    if not together:
        return [(tuple(name for name in cut.split("+") if name), None) for cut in facet.cuts]
    finest = max((cut.split("+") for cut in facet.cuts), key=len)
    return [(tuple(finest), together)]


def _table(
    dims: Sequence[str],
    cells: Mapping[Cell, Tally],
    of: Of,
    margins: Sequence[Sequence[str]] | None,
) -> Table:
    if of is Of.HEADS:
        behind = {cell: int(tally.part) for cell, tally in cells.items()}
        return Table.of(dims, behind, margins=margins, zeros=len(dims) < 2)
    heads = {cell: tally.heads for cell, tally in cells.items()}
    if of is Of.AMOUNT:
        return Table.of(dims, heads, margins=margins)
    # A rate is a table with one more dimension. Its zeros stay: one may have to be withheld.
    counts = {(*cell, YES): int(tally.part) for cell, tally in cells.items()} | {
        (*cell, NO): tally.whole - int(tally.part) for cell, tally in cells.items()
    }
    linked = None if margins is None else [(*names, OUTCOME) for names in margins]
    return Table.of((*dims, OUTCOME), counts, margins=linked, zeros=True)
