"""How far two people who sorted the same things agree, beyond what chance alone would do."""

from collections import Counter
from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (Educational and Psychological Measurement 20, 1960): observed agreement less
    chance's, over all that chance leaves. None where it says nothing: no things, or one word for
    all of them by both."""
    count = len(pairs)
    if not count:
        return None
    first = Counter(one for one, _two in pairs)
    second = Counter(two for _one, two in pairs)
    chance = sum(first[key] * second[key] for key in first)
    agreed = sum(one == two for one, two in pairs)
    if chance == count * count:
        return None
    return (count * agreed - chance) / (count * count - chance)
