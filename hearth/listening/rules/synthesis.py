"""Schools side by side on the elements: what is strong where, what is shared, who may visit whom.

Words go in and names come out. Nothing is counted into a figure, and no school stands before
another: an opportunity at one school is a reason to visit the next, and never a place in a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STRONG = frozenset({"strength", "both"})
WANTED = frozenset({"opportunity", "both"})
UNHEARD = frozenset({"silent", "unasked", "untold"})


@dataclass(frozen=True, slots=True)
class Visit:
    """On one element: those who could visit, and those who could show."""

    element: str
    show: tuple[int, ...]
    visit: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Every list in the order of the elements, every school in the order in which it came."""

    strong: tuple[tuple[str, tuple[int, ...]], ...]
    shared: tuple[str, ...]
    learn: tuple[Visit, ...]
    together: tuple[tuple[str, tuple[int, ...]], ...]
    outside: tuple[tuple[str, tuple[int, ...]], ...]
    ask_next: tuple[str, ...]


def picture(stands: Mapping[int, Mapping[str, str]]) -> Picture:
    """Of the schools whose report somebody signed; no other is looked at."""
    every = tuple(next(iter(stands.values()), {}))
    strong = {key: _where(key, stands, STRONG) for key in every}
    wanted = {key: _where(key, stands, WANTED) for key in every}
    # Where something is strong only in part, whoever tells of it as a strength may be visited.
    visits = [Visit(key, strong[key], tuple(s for s in wanted[key] if s not in strong[key]))
              for key in every]  # fmt: skip
    return Picture(
        strong=tuple((key, found) for key, found in strong.items() if found),
        shared=tuple(k for k in every if len(stands) > 1 and len(strong[k]) == len(stands)),
        learn=tuple(one for one in visits if one.show and one.visit),
        together=tuple((key, found) for key, found in wanted.items() if len(found) > 1),
        outside=tuple((key, found) for key, found in wanted.items() if found and not strong[key]),
        ask_next=tuple(key for key in every if len(_where(key, stands, UNHEARD)) == len(stands)),
    )


def _where(
    key: str, stands: Mapping[int, Mapping[str, str]], words: frozenset[str]
) -> tuple[int, ...]:
    return tuple(school for school, told in stands.items() if told[key] in words)
