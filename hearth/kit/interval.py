"""How sure a figure is: intervals for a share, for a gap between two shares, and for a ratio.

A gap is called a gap only when its interval leaves out "no difference".
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, log, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
HALF = 0.5


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low

    def leaves_out(self, value: float) -> bool:
        return not self.low <= value <= self.high


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError("A part is neither negative nor more than its whole.")

    @property
    def share(self) -> float:
        return self.part / self.whole


@lru_cache
def _spread(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(count: Count, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval of a share: honest for few people and for none or all of them."""
    if not count.whole:
        return None
    z, n, p = _spread(confidence), count.whole, count.share
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if count.part == 0 else max(0.0, middle - reach)
    high = 1.0 if count.part == n else min(1.0, middle + reach)
    return Interval(low, high)


def gap(one: Count, other: Count, confidence: float = CONFIDENCE) -> Interval | None:
    """Newcombe's interval of one share minus another, out of the two Wilson intervals."""
    of_one, of_other = wilson(one, confidence), wilson(other, confidence)
    if of_one is None or of_other is None:
        return None
    p, q = one.share, other.share
    down = sqrt((p - of_one.low) ** 2 + (of_other.high - q) ** 2)
    up = sqrt((of_one.high - p) ** 2 + (q - of_other.low) ** 2)
    return Interval(p - q - down, p - q + up)


def is_gap(one: Count, other: Count, confidence: float = CONFIDENCE) -> bool:
    """Whether the two shares may be called different. Nobody to compare with is no gap."""
    between = gap(one, other, confidence)
    return between is not None and between.leaves_out(0.0)


def ratio(one: Count, other: Count, confidence: float = CONFIDENCE) -> Interval | None:
    """The interval of one share over another, by the logarithm of their ratio.

    A half is added to those with and to those without only where there would be no interval
    otherwise: nobody in one of the parts, or everybody in both. Where nobody stands below the
    line there is no upper end.
    """
    if not one.whole or not other.whole or (one.part == 0 and other.part == 0):
        return None
    whole = one.part == one.whole and other.part == other.whole
    add = HALF if one.part == 0 or other.part == 0 or whole else 0.0
    a, n = one.part + add, one.whole + 2 * add
    c, m = other.part + add, other.whole + 2 * add
    middle = log(a / n) - log(c / m)
    reach = _spread(confidence) * sqrt(1 / a - 1 / n + 1 / c - 1 / m)
    low = 0.0 if one.part == 0 else exp(middle - reach)
    return Interval(low, inf if other.part == 0 else exp(middle + reach))
