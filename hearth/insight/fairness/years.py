"""Three years back: the federal rule finds something only where it held in each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.insight.fairness.beside import Told as Ratio
from hearth.insight.fairness.beside import federal
from hearth.insight.fairness.counts import Untold, Why
from hearth.insight.fairness.state import State
from hearth.insight.reading import Line, Told
from hearth.insight.rules.dated import NotKnown, school_year_end
from hearth.insight.rules.fairness import rule


@dataclass(frozen=True)
class Over:
    """One group over the years, the earliest first."""

    line: Line
    ratios: tuple[Ratio, ...]

    @property
    def throughout(self) -> bool:
        """In every year the interval says that it was more often than everybody else."""
        return all(not isinstance(one, Untold) and one.between.low > 1 for one in self.ratios)


def looked_back(one: Told) -> list[int]:
    """The years that the rule looks at, the earliest first."""
    back = rule("federal", school_year_end(one.year)).years
    return list(range(one.year - back + 1, one.year + 1))


def over_years(released: Sequence[Told], one: Told, by: str, part: str, state: State) -> list[Over]:
    """Each group's risk ratio in each year. A year of which nothing is told stays silent."""
    told = {each.year: each for each in released}
    return [
        Over(
            line,
            tuple(
                _ratio(told.get(year), line, by, part, state) for year in looked_back(one)
            ),
        )
        for line in one.lines(by, part)
    ]  # fmt: skip


def _ratio(one: Told | None, line: Line, by: str, part: str, state: State) -> Ratio:
    values = line.figure.spot.values
    if one is None:
        return Untold(Why.MISSING)
    figure = next((f.figure for f in one.lines(by, part) if f.figure.spot.values == values), None)
    if figure is None:
        return Untold(Why.MISSING)
    held = rule("federal", school_year_end(one.year))
    elsewhere = state.others(by, values[0]) if state.year and state.year <= one.year else None
    return federal(figure, one.everybody(part), held, elsewhere)[0]


def threshold_known(year: int) -> bool:
    try:
        rule("federal", school_year_end(year)).threshold(school_year_end(year))
    except NotKnown:
        return False
    return True
