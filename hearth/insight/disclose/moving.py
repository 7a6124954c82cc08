"""Who went from one school of the district to another: the schools' sum less the district.

A student of two schools counts at each and once in the district, so the difference counts those
few, by group and by how they fare. Where it counts one or two, one school's figure is withheld.
"""

from collections.abc import Iterator, Mapping

from hearth.insight.disclose.cells import EVERYBODY
from hearth.insight.disclose.counts import DISTRICT, NO, WHOLE, YES, Facet, Key, Of, Tally

Places = Mapping[str, Tally]


def between_schools(facet: Facet, withheld: set[Key], least: int, only: str | None) -> set[Key]:
    """What to withhold, so that no difference counts one or two. `only`: the cut still open."""
    more: set[Key] = set()
    for cut, values, places in _groups(facet):
        if only not in (None, cut) or DISTRICT not in places or len(places) < 2:
            continue
        for side in small_sides(facet, cut, places, least):
            keys = [Key(place, cut, values, each) for place in places for each in _with(side)]
            if withheld.isdisjoint(keys):
                school = min((n.heads, place) for place, n in places.items() if place != DISTRICT)
                more |= {Key(school[1], cut, values, each) for each in _hides(side)}
    return more


def small_sides(facet: Facet, cut: str, places: Places, least: int) -> list[str]:
    """The sides on which the difference counts one or two. How many went from school to school is
    no secret of anybody; of which group they are, and how they fare, is."""
    gaps = {side: _gap(facet, places, side) for side in _told(facet)}
    return [
        side for side, gap in gaps.items()
        if 0 < abs(gap) < least and (side, cut) != (WHOLE, EVERYBODY)
    ]  # fmt: skip


def _groups(facet: Facet) -> Iterator[tuple[str, tuple[str, ...], Places]]:
    found: dict[tuple[str, tuple[str, ...]], dict[str, Tally]] = {}
    for (place, cut, values), tally in facet.tallies.items():
        found.setdefault((cut, values), {})[place] = tally
    for (cut, values), places in found.items():
        yield cut, values, places


def _gap(facet: Facet, places: Places, side: str) -> int:
    def count(tally: Tally) -> int:
        sides = {WHOLE: tally.heads, YES: int(tally.part), NO: tally.whole - int(tally.part)}
        return sides[side]

    schools = sum(count(tally) for place, tally in places.items() if place != DISTRICT)
    return schools - count(places[DISTRICT])


def _told(facet: Facet) -> tuple[str, ...]:
    return (YES, NO, WHOLE) if facet.of is Of.PEOPLE else (WHOLE,)


def _with(side: str) -> tuple[str, ...]:
    """A figure is told only where all its sides are; the size of a group also without it."""
    return (WHOLE,) if side == WHOLE else (YES, NO, WHOLE)


def _hides(side: str) -> tuple[str, ...]:
    return (YES, NO, WHOLE) if side == WHOLE else (YES, NO)
