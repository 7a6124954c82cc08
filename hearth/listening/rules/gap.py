"""Where those who were asked the same see it differently, and whether the numbers can tell.

Only what a results page tells comes in here; what is withheld there is not among the `Seen`, so it
moves neither a sentence nor an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from hearth.kit.interval import CONFIDENCE, Count, is_gap
from hearth.listening.rules.questions import Question
from hearth.listening.rules.telling import portion


@dataclass(frozen=True, slots=True)
class Seen:
    """One audience: so many of so many answered favorably, out of answers worth `values`."""

    audience: str
    favorable: int
    answered: int
    values: tuple[int, ...]

    @property
    def percent(self) -> int:
        return portion(self.favorable, self.answered) or 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Who sees it less often than whom, by how many points, and whether that is clear."""

    low: str
    high: str
    points: int
    clear: bool


def is_favorable(question: Question) -> list[bool]:
    """Of each answer: does it lie above the middle? Of four the best two, of three the best."""
    worth = [question.worth(option.key) for option in question.options]
    return [2 * one > max(worth) + min(worth) for one in worth]


def values_of(question: Question) -> tuple[int, ...]:
    return tuple(sorted(option.value for option in question.options))


def difference(seen: Sequence[Seen]) -> Difference | None:
    """The widest clear difference, or the widest where none is clear.

    Only those who had the same answers to choose from are compared: half of a scale of four is not
    the best of three faces. The more pairs one looks at, the more often chance alone sets two
    apart, so each is held to its part of the five percent (Bonferroni).
    """
    pairs = [pair for pair in combinations(seen, 2) if pair[0].values == pair[1].values]
    if not pairs:
        return None
    confidence = 1 - (1 - CONFIDENCE) / len(pairs)
    found = [_between(one, other, confidence) for one, other in pairs]
    return max(found, key=lambda one: (one.clear, one.points))


def widest_first(found: Difference | None) -> tuple[bool, bool, int]:
    """By which to sort: clear ones first, the widest first; what cannot be compared last."""
    if found is None:
        return True, True, 0
    return False, not found.clear, -found.points


def _between(one: Seen, other: Seen, confidence: float) -> Difference:
    low, high = sorted((one, other), key=lambda each: each.favorable / each.answered)
    clear = is_gap(Count(high.favorable, high.answered), Count(low.favorable, low.answered),
                   confidence)  # fmt: skip
    # Of the percentages that stand there, so that a reader who subtracts them finds the same.
    return Difference(low.audience, high.audience, high.percent - low.percent, clear)
