"""Each group beside everybody else, beside one other group, and its share of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hearth.insight.disclose import Figure, Shown
from hearth.insight.fairness.counts import Compared, Untold, Why, beside, others, own, whole
from hearth.insight.rules.fairness import (
    Rule,
    Way,
    access_gap,
    composition,
    relative_rate,
    representation,
    risk_ratio,
)
from hearth.kit import interval
from hearth.kit.interval import Count, Interval

ONE, NONE = Fraction(1), Fraction(0)
REFUSED = {
    Way.GROUP_TOO_FEW: Why.GROUP_TOO_FEW,
    Way.COMPARISON_TOO_FEW: Why.COMPARISON_TOO_FEW,
}
GROUP, REST = "group", "rest"
Told = Compared | Untold


@dataclass(frozen=True)
class Group:
    """One group's row. `elsewhere`: the risk ratio is the alternate one, against the state's."""

    figure: Figure
    rest: Count | Untold
    risk: Told
    elsewhere: bool
    rate: Told
    apart: Told
    share: Told
    weight: Told

    @property
    def own(self) -> Count | Untold:
        return own(self.figure)

    @property
    def difference(self) -> int:
        """1 clearly more than everybody else, -1 clearly less, 0 no clear difference or not told;
        by the same interval as on the measure's own page."""
        mine = self.own
        if isinstance(mine, Untold) or isinstance(self.rest, Untold):
            return 0
        if not interval.is_gap(mine, self.rest):
            return 0
        return 1 if mine.share > self.rest.share else -1

    @property
    def told(self) -> bool:
        return not isinstance(self.own, Untold) and not isinstance(self.rest, Untold)


def group(
    figure: Figure, everybody: Figure | None, reference: Figure | None, rule: Rule,
    state: Count | None = None,
) -> Group:  # fmt: skip
    """`state`: everybody else in the state, where the state printed them."""
    risk, elsewhere = federal(figure, everybody, rule, state)
    return Group(
        figure=figure,
        rest=others(figure, everybody),
        risk=risk,
        elsewhere=elsewhere,
        rate=_rate(figure, reference),
        apart=_apart(figure, reference),
        share=_share(figure, everybody),
        weight=_weight(figure, everybody),
    )


def reference_of(figures: Sequence[Figure], asked: str = "") -> Figure | None:
    """The group that was asked for; else the largest of those that are told."""
    shown = [one for one in figures if isinstance(one, Shown)]
    named = [one for one in shown if "+".join(one.spot.values) == asked]
    return named[0] if named else max(shown, key=lambda one: one.whole, default=None)


def federal(
    figure: Figure, everybody: Figure | None, rule: Rule, state: Count | None
) -> tuple[Told, bool]:
    """The risk ratio as 34 CFR 300.647 reckons it, and whether it is the alternate one."""
    mine, rest = own(figure), others(figure, everybody)
    if isinstance(mine, Untold):
        return mine, False
    if isinstance(rest, Untold):
        return rest, False
    found = risk_ratio(
        {GROUP: mine, REST: rest}, GROUP, rule, {REST: state} if state is not None else None
    )
    if found.value is None or found.comparison is None:
        return Untold(REFUSED[found.way]), False
    return _compared(found.value, mine, found.comparison), found.way is Way.ALTERNATE


def _rate(figure: Figure, reference: Figure | None) -> Told:
    mine, theirs = own(figure), beside(figure, reference)
    if isinstance(mine, Untold):
        return mine
    if isinstance(theirs, Untold):
        return theirs
    times = relative_rate(mine, theirs)
    return Untold(Why.NOBODY) if times is None else _compared(times, mine, theirs)


def _compared(times: Fraction, mine: Count, theirs: Count) -> Told:
    between = interval.ratio(mine, theirs)
    return Untold(Why.NOBODY) if between is None else Compared(times, between, mine, theirs, ONE)


def _apart(figure: Figure, reference: Figure | None) -> Told:
    """Percentage points by which the group is reached less than the reference."""
    mine, theirs = own(figure), beside(figure, reference)
    if isinstance(mine, Untold):
        return mine
    if isinstance(theirs, Untold):
        return theirs
    points, between = access_gap(theirs, mine), interval.gap(theirs, mine)
    if points is None or between is None:
        return Untold(Why.NOBODY)
    hundred = Interval(between.low * 100, between.high * 100)
    return Compared(points, hundred, mine, theirs, NONE)


def _share(figure: Figure, everybody: Figure | None) -> Told:
    """The group's share of everybody with the outcome, beside its share of everybody."""
    mine, rest = own(figure), others(figure, everybody)
    if isinstance(mine, Untold):
        return mine
    if isinstance(rest, Untold):
        return rest
    shares = composition({GROUP: mine, REST: rest})
    if shares is None:
        return Untold(Why.NOBODY)
    counted = Count(mine.part, mine.part + rest.part)
    here = Count(mine.whole, mine.whole + rest.whole)
    between = interval.wilson(counted)
    assert between is not None  # noqa: S101  somebody has the outcome
    return Compared(shares[GROUP], between, counted, here, Fraction(here.part, here.whole))


def _weight(figure: Figure, everybody: Figure | None) -> Told:
    """Representation: share of the outcome over share of everybody."""
    mine, rest = own(figure), others(figure, everybody)
    every = whole(figure, everybody)
    if isinstance(mine, Untold):
        return mine
    if isinstance(rest, Untold) or isinstance(every, Untold):
        return rest if isinstance(rest, Untold) else Untold(Why.EVERYBODY)
    weights, ratio = representation({GROUP: mine, REST: rest}), interval.ratio(mine, rest)
    weight = weights[GROUP] if weights else None
    if weight is None or ratio is None:
        return Untold(Why.NOBODY)
    size = mine.whole / every.whole
    between = Interval(_weighed(ratio.low, size), _weighed(ratio.high, size))
    return Compared(weight, between, mine, every, ONE)


def _weighed(times: float, size: float) -> float:
    """Of a ratio to everybody else, the ratio to all together: a group is part of the whole."""
    return times / (size * times + 1 - size) if times != float("inf") else 1 / size
