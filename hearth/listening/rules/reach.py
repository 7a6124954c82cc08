"""R1: how many of those there are were reached, in the bands of the state's form.

A total that nobody reported is "not reported", never nought; a group of few is not told at all.
"""

from collections.abc import Sequence

NOT_REPORTED, FEW, NONE = "not_reported", "few", "0"


def band(people: int | None, known: int | None, *, upper: Sequence[int], fewest: int) -> str:
    """One of "0", "1-24" and so on; or why there is none."""
    if people is None or not known:
        return NOT_REPORTED
    if known < fewest:
        return FEW
    if people == 0:
        return NONE
    lower = 1
    for top in upper[:-1]:
        if people * 100 < (top + 1) * known:
            return f"{lower}-{top}"
        lower = top + 1
    return f"{lower}-{upper[-1]}"


def is_missing(found: str, upper: Sequence[int]) -> bool:
    """Below the highest band: they are still to be heard."""
    return found not in (NOT_REPORTED, FEW) and not found.endswith(f"-{upper[-1]}")


def points_at_few(people: int, others_waiting: int, fewest: int) -> bool:
    """Nobody of a group has answered: then whoever sees by name who has not must see enough others
    among them, or the list says who is of the group."""
    return people == 0 and others_waiting < fewest
