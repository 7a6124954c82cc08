"""How an outcome is shared out: risk ratios as federal rules reckon them, shares, gaps, likeness.

All figures are exact fractions of whole counts; whoever shows one rounds it. Each says what it is
not: a ratio of a handful of children is no finding, so where the rules forbid one there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from hearth.insight.rules.dated import value
from hearth.insight.rules.rounding import PERCENT
from hearth.kit.interval import Count

Group = TypeVar("Group", bound=str)


@dataclass(frozen=True)
class Rule:
    """Whose rule, and its numbers: fewer cases or fewer children than these say nothing."""

    name: str
    min_cell: int
    min_n: int
    comparison_min_n: int
    years: int

    def carries(self, count: Count) -> bool:
        return count.part >= self.min_cell and count.whole >= self.min_n

    def carries_comparison(self, count: Count) -> bool:
        return count.part >= max(self.min_cell, 1) and count.whole >= self.comparison_min_n

    def threshold(self, on: date) -> Fraction:
        """Above this a ratio is too high. A state sets it; not every state's is known to us."""
        return Fraction(value("disproportionality", f"{self.name}_threshold", on))


def rule(name: str, on: date) -> Rule:
    def number(key: str) -> int:
        return int(value("disproportionality", f"{name}_{key}", on))

    return Rule(
        name, number("min_cell"), number("min_n"), number("comparison_min_n"), number("years")
    )


class Way(StrEnum):
    RISK_RATIO = "risk_ratio"
    ALTERNATE = "alternate"  # compared with the rest of the state: the district's rest is too few
    GROUP_TOO_FEW = "group_too_few"
    COMPARISON_TOO_FEW = "comparison_too_few"


@dataclass(frozen=True)
class RiskRatio:
    """A group's risk over the risk of all others, or the reason why none is reckoned."""

    way: Way
    value: Fraction | None
    group: Count
    comparison: Count | None


def risk(count: Count) -> Fraction:
    return Fraction(count.part, count.whole)


def others(counts: Mapping[Group, Count], group: Group) -> Count:
    """Everybody who is not of this group."""
    rest = [count for name, count in counts.items() if name != group]
    return Count(sum(c.part for c in rest), sum(c.whole for c in rest))


def risk_ratio(
    counts: Mapping[Group, Count],
    group: Group,
    rule: Rule,
    state: Mapping[Group, Count] | None = None,
) -> RiskRatio:
    """The risk ratio of 34 CFR 300.647; the alternate one where the district's rest is too few."""
    own, rest = counts[group], others(counts, group)
    if not rule.carries(own):
        return RiskRatio(Way.GROUP_TOO_FEW, None, own, None)
    if rule.carries_comparison(rest):
        return RiskRatio(Way.RISK_RATIO, risk(own) / risk(rest), own, rest)
    elsewhere = others(state, group) if state is not None else None
    if elsewhere is None or not rule.carries_comparison(elsewhere):
        return RiskRatio(Way.COMPARISON_TOO_FEW, None, own, elsewhere)
    return RiskRatio(Way.ALTERNATE, risk(own) / risk(elsewhere), own, elsewhere)


def too_high_throughout(years: Sequence[RiskRatio], rule: Rule, threshold: Fraction) -> bool:
    """Whether the ratio was above the threshold in each of the rule's years, the last ones.

    A year without a ratio breaks the chain: silence is not a finding.
    """
    last = years[-rule.years :]
    return len(last) == rule.years and all(
        year.value is not None and year.value > threshold for year in last
    )


def relative_rate(group: Count, reference: Count) -> Fraction | None:
    """One group's rate over another's, each out of those who reached the stage before."""
    if not group.whole or not reference.part:
        return None
    return risk(group) / risk(reference)


def composition(counts: Mapping[Group, Count]) -> dict[Group, Fraction] | None:
    """Each group's share of everybody with the outcome."""
    everybody = sum(count.part for count in counts.values())
    if not everybody:
        return None
    return {name: Fraction(count.part, everybody) for name, count in counts.items()}


def representation(counts: Mapping[Group, Count]) -> dict[Group, Fraction | None] | None:
    """A group's share of the outcome over its share of enrollment: 1 is as many as its size."""
    shares = composition(counts)
    enrolled = sum(count.whole for count in counts.values())
    if shares is None:
        return None
    return {
        name: shares[name] / Fraction(count.whole, enrolled) if count.whole else None
        for name, count in counts.items()
    }


def access_gap(reference: Count, group: Count) -> Fraction | None:
    """Percentage points by which a group is reached less than the reference."""
    if not reference.whole or not group.whole:
        return None
    return (risk(reference) - risk(group)) * PERCENT


def staff_parity(
    staff: Mapping[Group, int], students: Mapping[Group, int]
) -> dict[Group, Fraction | None]:
    """A group's share of the staff over its share of the students; None without students."""
    adults, children = sum(staff.values()), sum(students.values())
    return {
        name: Fraction(staff.get(name, 0) * children, adults * count) if adults and count else None
        for name, count in students.items()
    }


def diversity(counts: Mapping[Group, int]) -> Fraction | None:
    """The chance that two people drawn (with return) are of different groups (Simpson)."""
    everybody = sum(counts.values())
    if not everybody:
        return None
    return 1 - sum((Fraction(count, everybody) ** 2 for count in counts.values()), Fraction(0))
