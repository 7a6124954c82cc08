"""Counts as a test writes them down, and what somebody makes of all that is printed of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hearth.disclosure import OUTCOME, TOTAL, audit
from hearth.insight.disclose import Shown, Withheld
from hearth.insight.disclose.counts import DISTRICT, NO, WHOLE, YES, Facet, Key, Tally
from hearth.insight.disclose.figures import figures
from hearth.insight.disclose.protecting import Verdicts
from tests.insight import worlds

JULY = date(2026, 7, 1)
Cells = dict[tuple[str, str, tuple[str, ...]], Tally]


def facet(tallies: Cells, measure: str = "chronic_absence", month: date | None = None) -> Facet:
    return Facet(measure, 2026, "", month, tallies)


def told_by(cut: str, schools: Mapping[str, Mapping[str, tuple[int, int]]]) -> Cells:
    """(part, whole) of each group at each school, with every margin."""
    found: Counter[tuple[Any, ...]] = Counter()
    for school, groups in schools.items():
        for group, (part, whole) in groups.items():
            for place in (school, DISTRICT):
                for cell in ((place, cut, (group,)), (place, "", ())):
                    found[cell, "part"] += part
                    found[cell, "whole"] += whole
    return {cell: Tally(found[cell, "part"], found[cell, "whole"]) for cell, _side in found}


def made(cuts: Iterable[str], sizes: Mapping[int, int], seed: int) -> Cells:
    """The counts of a made district, straight from its students."""
    students, years = worlds.students(sizes, seed=seed)
    found: Counter[tuple[Any, ...]] = Counter()
    for row, year in zip(students, years, strict=True):
        away = year["excused"] >= 18
        for place in (str(row["school"]), DISTRICT):
            for cell in [(place, "", ()), *((place, cut, (_said(row[cut]),)) for cut in cuts)]:
                found[cell, "whole"] += 1
                found[cell, "part"] += away
    return {cell: Tally(found[cell, "part"], found[cell, "whole"]) for cell, _side in found}


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, value)


def recovered(one: Facet, found: Verdicts, cut: str) -> list[Any]:
    """What somebody learns who has every printed count of a cut, its margins and the district."""
    shown, withheld = {}, []
    hidden = found.of(one)
    for (place, of, values), tally in one.tallies.items():
        if of not in (cut, ""):
            continue
        counts = {YES: int(tally.part), NO: tally.whole - int(tally.part), WHOLE: tally.whole}
        for side, count in counts.items():
            cell = (place or TOTAL, *(values or (TOTAL,)), TOTAL if side == WHOLE else side)
            if Key(place, of, values, side) in hidden:
                withheld.append(cell)
            else:
                shown[cell] = count
    return audit(("school", cut, OUTCOME), shown, withheld, explain=False)


def at(one: Facet, found: Verdicts, place: str, cut: str, *values: str) -> Shown | Withheld:
    told = figures(one, found, JULY, {})[place]
    return next(f for f in told if (f.spot.cut, f.spot.values) == (cut, values))


def read(
    one: Facet, found: Verdicts, place: str, cut: str = "", *values: str
) -> tuple[int, int] | None:
    """So many of so many, as a page tells it; nothing where it is withheld."""
    figure = at(one, found, place, cut, *values)
    return (int(figure.part), figure.whole) if isinstance(figure, Shown) else None


def less(more: tuple[int, int] | None, *others: tuple[int, int] | None) -> tuple[int, int] | None:
    """What somebody learns who takes figures from another: nothing, if one of them is missing."""
    if more is None or None in others:
        return None
    told = [other for other in others if other is not None]
    return more[0] - sum(part for part, _n in told), more[1] - sum(n for _part, n in told)
