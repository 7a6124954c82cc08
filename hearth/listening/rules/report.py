"""What differs between a version of a report and what would be told today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Told = Mapping[str, Any]
ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
# What is looked at of each, in the order in which it is named.
PARTS = {
    "finding": ("words", "words_es", "side", "about", "elements", "sure", "rests_on"),
    "recommendation": (
        "words",
        "words_es",
        "owner",
        "owner_es",
        "next_step",
        "next_step_es",
        "by_when",
    ),
    "quote": ("words",),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Of a finding, a recommendation or a quote: how it differs, and in which parts."""

    kind: str
    how: str
    then: str
    now: str
    parts: tuple[str, ...] = ()


def differences(then: Told, now: Told) -> list[Difference]:
    found = []
    for kind, parts in PARTS.items():
        old, new = dict(_rows(kind, then)), dict(_rows(kind, now))
        for pk in sorted(old.keys() | new.keys()):
            was, stands = old.get(pk), new.get(pk)
            if was is None:
                found.append(Difference(kind, ADDED, "", new[pk]["words"]))
            elif stands is None:
                found.append(Difference(kind, WITHDRAWN, was["words"], ""))
            elif other := tuple(
                part for part in parts if (was.get(part) or None) != (stands.get(part) or None)
            ):
                found.append(Difference(kind, CHANGED, was["words"], stands["words"], other))
    return found


def _rows(kind: str, told: Told) -> Iterator[tuple[int, Told]]:
    if kind == "quote":
        yield from ((row["pk"], row) for row in told["quotes"])
        return
    for finding in told["findings"]:
        if kind == "finding":
            yield finding["pk"], finding
        else:
            yield from ((row["pk"], row) for row in finding["recommendations"])
