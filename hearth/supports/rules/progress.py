"""Counts against a goal line: where they lie, where they tend, and whether to look together.

What comes out is a prompt to review with its reason, never a decision: rules on the last few
counts are easily wrong, so people look, and ask first whether the plan was carried out.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from statistics import median

THRESHOLDS = Path(__file__).parents[1] / "progress.toml"
WEEK = 7


class Says(StrEnum):
    """What a row of counts prompts people to do."""

    STEP_DOWN = "step_down"  # the last ones are all better than the goal line
    REVIEW = "review"  # the last ones all fall short of it
    GO_ON = "go_on"  # some do, some do not
    TOO_FEW = "too_few"


class Side(StrEnum):
    ABOVE = "above"
    BELOW = "below"
    ON = "on"


@dataclass(frozen=True)
class Count:
    on: date
    value: Fraction


@dataclass(frozen=True)
class GoalLine:
    """Straight from the first count to the hoped-for one; before and after it runs level."""

    baseline: Fraction
    baseline_on: date
    target: Fraction
    target_on: date

    @property
    def rises(self) -> bool:
        return self.target > self.baseline

    @property
    def per_week(self) -> float:
        days = (self.target_on - self.baseline_on).days
        return float((self.target - self.baseline) * WEEK / days)

    def at(self, day: date) -> Fraction:
        """Exact, so that a count on the line is on it."""
        days = (self.target_on - self.baseline_on).days
        gone = min(max((day - self.baseline_on).days, 0), days)
        return self.baseline + (self.target - self.baseline) * Fraction(gone, days)

    def side(self, count: Count) -> Side:
        line = self.at(count.on)
        if count.value == line:
            return Side.ON
        return Side.ABOVE if count.value > line else Side.BELOW


@dataclass(frozen=True)
class Trend:
    """The line through the counts: the median of the slopes between every two of them
    (Theil and Sen), so that one odd day does not bend it."""

    begins: date
    ends: date
    at_begin: float
    per_week: float

    @property
    def at_end(self) -> float:
        return self.at_begin + self.per_week * (self.ends - self.begins).days / WEEK


@dataclass(frozen=True)
class Reading:
    """What the counts say. `side` is where the last ones lie; `per_week` is the needed rate."""

    says: Says
    side: Side | None
    counted: int
    needed: int
    since: date | None
    trend: Trend | None
    trusted: bool
    per_week: float


def read(line: GoalLine, counts: Sequence[Count], phases: Sequence[date] = ()) -> Reading:
    """What these counts say of this goal. After a change only what was counted since speaks."""
    began = max((day for day in phases), default=None)
    ordered = sorted(counts, key=lambda count: count.on)
    since = [count for count in ordered if began is None or count.on >= began]
    day = since[-1].on if since else line.baseline_on
    in_a_row = points_needed("in_a_row", day)
    last = {line.side(count) for count in since[-in_a_row:]}
    side = last.pop() if len(last) == 1 and len(since) >= in_a_row else None
    return Reading(
        says=_says(line, side, enough=len(since) >= in_a_row),
        side=side,
        counted=len(since),
        needed=in_a_row,
        since=began,
        trend=trend_of(since) if len(since) >= points_needed("for_a_trend", day) else None,
        trusted=len(since) >= points_needed("to_trust_a_trend", day),
        per_week=line.per_week,
    )


def _says(line: GoalLine, side: Side | None, *, enough: bool) -> Says:
    if not enough:
        return Says.TOO_FEW
    if side is None or side is Side.ON:
        return Says.GO_ON
    better = Side.ABOVE if line.rises else Side.BELOW
    return Says.STEP_DOWN if side is better else Says.REVIEW


def trend_of(counts: Sequence[Count]) -> Trend | None:
    """The line through counts of at least two days, in the order of their days."""
    days = [(count.on - counts[0].on).days for count in counts]
    values = [float(count.value) for count in counts]
    slopes = [
        (values[b] - values[a]) / (days[b] - days[a])
        for a, b in combinations(range(len(counts)), 2)
        if days[b] != days[a]
    ]
    if not slopes:
        return None
    slope = median(slopes)
    start = median(value - slope * day for day, value in zip(days, values, strict=True))
    return Trend(counts[0].on, counts[-1].on, start, slope * WEEK)


@dataclass(frozen=True)
class Threshold:
    key: str
    valid_from: date
    points: int
    source: str


@lru_cache
def thresholds() -> tuple[Threshold, ...]:
    rows = tomllib.loads(THRESHOLDS.read_text())["threshold"]
    return tuple(Threshold(r["key"], r["from"], r["points"], r["source"]) for r in rows)


def points_needed(key: str, on: date) -> int:
    """Of several dated rows the newest that holds already; before the first, the first."""
    rows = sorted((t for t in thresholds() if t.key == key), key=lambda t: t.valid_from)
    held = [row for row in rows if row.valid_from <= on]
    return (held or rows)[-1 if held else 0].points
