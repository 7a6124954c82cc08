"""How well the questions of a scale agree with one another."""

from collections.abc import Mapping, Sequence


def alpha(
    many: int, sums: Mapping[str, float], crosses: Mapping[tuple[str, str], float]
) -> float | None:
    """Cronbach's alpha out of sums alone: `crosses` holds each pair of questions once, and each
    with itself. None where all answered alike, or there is nothing to compare."""
    if many < 2 or len(sums) < 2:
        return None

    def together(one: str, other: str) -> float:
        return crosses[one, other] / many - sums[one] / many * sums[other] / many

    alone = sum(together(key, key) for key in sums)
    pairs = sum(together(one, other) for one, other in crosses if one != other)
    whole = alone + 2 * pairs
    if whole <= 0:
        return None
    return len(sums) / (len(sums) - 1) * (1 - alone / whole)


def in_words(value: float, bounds: Sequence[tuple[float, str]]) -> str:
    """The key of the first bound that the value reaches; `bounds` begin with the greatest."""
    return next((key for least, key in bounds if value >= least), "")
