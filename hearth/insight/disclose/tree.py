"""What became of those who asked, as a tree of twos: each split is of one side of the split above.

One table of all outcomes would be withheld nearly everywhere, and splits beside each other would
give away what they share. Of a tree nothing but its own split is new: the whole of a split is told
already by the side above it, and where that side is withheld, nothing under it is told.
"""

from collections.abc import Mapping, Sequence

from hearth.insight.disclose.counts import NO, WHOLE, YES, Facet, Key
from hearth.insight.disclose.protecting import Verdicts, verdicts

BECAME = "what_became"
ROOT = ("unmet_need", "")
Split = tuple[str, str]

# Each part: which side of which split it is a part of. What stands above comes first.
UNDER: Mapping[str, tuple[Split, str]] = {
    "not_enough": (ROOT, YES),
    "no_answer": ((BECAME, "not_enough"), NO),
    "no_capacity": ((BECAME, "no_answer"), NO),
    "not_eligible": ((BECAME, "no_capacity"), NO),
    "met": (ROOT, NO),
    "said_no": ((BECAME, "met"), NO),
    "linked": ((BECAME, "said_no"), NO),
    "waiting": ((BECAME, "linked"), NO),
}
SIDES = (YES, NO, WHOLE)


def without_tree(facets: Sequence[Facet]) -> list[Facet]:
    return [facet for facet in facets if facet.measure != BECAME]


def down_the_tree(
    facets: Sequence[Facet], earlier: Mapping[str, Mapping[Key, int]], found: Verdicts
) -> Verdicts:
    """Each split in turn, at the places where the side above it is told whole."""
    of = {(facet.measure, facet.part): facet for facet in facets}
    for part, (above, _side) in UNDER.items():
        facet, over = of.get((BECAME, part)), of.get(above)
        if facet is None:
            continue
        hidden = found.of(over) if over else set()
        closed = [
            cell for cell in facet.tallies
            if over is None or any(Key(*cell, each) in hidden for each in SIDES)
        ]  # fmt: skip
        found.add(facet, [Key(*cell, side) for cell in closed for side in SIDES])
        found = verdicts([facet], earlier, found)
    return found
