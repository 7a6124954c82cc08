"""Everybody else in the state, for the alternate risk ratio: the state's own printed counts."""

from dataclasses import dataclass, field

from hearth.insight.beside import EVERYBODY, PRINTED_AS
from hearth.kit.interval import Count
from hearth.records.models import PublicFigure

YES = "yes"
NAMED = {
    ("race", "american_indian"): "american_indian_alaska_native",
    ("race", "asian"): "asian",
    ("race", "black"): "african_american",
    ("race", "filipino"): "filipino",
    ("race", "hispanic"): "hispanic_latino",
    ("race", "pacific_islander"): "pacific_islander",
    ("race", "white"): "white",
    ("race", "two_or_more"): "two_or_more_races",
    ("race", "not_reported"): "race_not_reported",
    ("gender", "F"): "female",
    ("gender", "M"): "male",
    ("gender", "X"): "non_binary",
    ("english_learner", YES): "english_learners",
    ("disability", YES): "students_with_disabilities",
    ("disadvantaged", YES): "socioeconomically_disadvantaged",
    ("foster", YES): "foster",
    ("homeless", YES): "homeless",
    ("migrant", YES): "migrant",
}


@dataclass(frozen=True)
class State:
    """What the state printed of itself in the newest year up to the one shown."""

    year: int | None = None
    source: str = ""
    printed: dict[str, Count] = field(default_factory=dict)

    def others(self, cut: str, value: str) -> Count | None:
        """Everybody in the state who is not of this group, where both are printed."""
        every = self.printed.get(EVERYBODY)
        # "Not an English learner" stands nowhere; everybody who is not that is one.
        other = self.printed.get(NAMED.get((cut, YES), "")) if value == "no" else None
        if other is not None:
            return other
        mine = self.printed.get(NAMED.get((cut, value), ""))
        if every is None or mine is None:
            return None
        part, size = every.part - mine.part, every.whole - mine.whole
        return Count(part, size) if 0 <= part <= size and size else None


def state_of(measure: str, year: int) -> State:
    printed = PRINTED_AS.get(measure)
    if printed is None:
        return State()
    rows = PublicFigure.objects.filter(
        near=PublicFigure.Near.STATE, measure=printed, year__lte=year,
        numerator__isnull=False, denominator__gt=0,
    ).order_by("-year")  # fmt: skip
    found = list(rows[: 2 * len(NAMED)])
    newest = [row for row in found if row.year == found[0].year]
    if not newest:
        return State()
    counts = {
        row.group: Count(row.numerator, row.denominator)
        for row in newest
        if row.numerator is not None and row.denominator and row.numerator <= row.denominator
    }
    return State(newest[0].year, newest[0].source, counts)
