"""What a small school may borrow from its likes: an estimate, and shown as one.

Of eight children one is twelve percent. The rate of a small group jumps from year to year by
chance alone, so beside it stands an estimate drawn toward all groups of its kind together, the
more so the smaller the group (empirical Bayes, beta-binomial, fitted by moments).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hearth.kit.interval import Count


@dataclass(frozen=True)
class Likeness:
    """What groups of one kind have in common, as if `borrowed` children stood behind each.

    `borrowed` is None where the groups differ no more than chance lets them: then each group's
    best estimate is the rate of all together.
    """

    middle: float
    borrowed: float | None

    def estimate(self, count: Count) -> float:
        if self.borrowed is None:
            return self.middle
        if not count.whole and not self.borrowed:
            return self.middle
        return (count.part + self.borrowed * self.middle) / (count.whole + self.borrowed)

    def own_weight(self, count: Count) -> float:
        """How much of the estimate is the group's own: 0 nothing, 1 all of it."""
        if self.borrowed is None:
            return 0.0
        together = count.whole + self.borrowed
        return count.whole / together if together else 0.0


def likeness(counts: Iterable[Count]) -> Likeness | None:
    """Fitted to groups of one kind (the schools of a district, say). One group has no likes."""
    groups = [count for count in counts if count.whole]
    if len(groups) < 2:
        return None
    everyone = sum(group.whole for group in groups)
    middle = sum(group.part for group in groups) / everyone
    by_chance = middle * (1 - middle)
    if not by_chance:
        return Likeness(middle, None)
    apart = sum(group.whole * (group.share - middle) ** 2 for group in groups)
    free = len(groups) - 1
    room = everyone - sum(group.whole**2 for group in groups) / everyone - free
    alike = (apart - by_chance * free) / (by_chance * room) if room > 0 else 0.0
    if alike <= 0:
        return Likeness(middle, None)
    return Likeness(middle, max(0.0, 1 / alike - 1))
