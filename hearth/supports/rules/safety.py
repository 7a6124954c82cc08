"""Danger, as plain values: what set it going, who is paged after whom, and how soon."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from hearth.supports.rules.phrases import Found

PAGING = Path(__file__).parents[1] / "safety.toml"
NOW = "now"


def is_danger(urgency: str, heard: Sequence[Found]) -> bool:
    return urgency == NOW or bool(heard)


def words_heard(heard: Iterable[Found]) -> list[str]:
    """The words that were heard, each once and as much as was heard of them."""
    said = list(dict.fromkeys(" ".join(one.said.split()) for one in heard))
    return [words for words in said if not any(words in other for other in said if other != words)]


def ladder(
    on_call: int | None, on_call_next: int | None, principals: Iterable[int], team: Iterable[int]
) -> list[list[int]]:
    """Who is paged, rung by rung: the one on call, the next, the principals, and then everybody.

    Only those of the team are paged, for only they can open the call; a rung with nobody on it is
    left out, and nobody stands on two. With nobody on call at night, the principals come first.
    """
    everybody = list(team)
    wanted: list[list[int | None]] = [[on_call], [on_call_next], [*principals], [*everybody]]
    rungs, paged = [], set[int]()
    for rung in wanted:
        reached = [one for one in rung if one in everybody and one not in paged]
        fresh = [one for one in dict.fromkeys(reached) if one is not None]
        if fresh:
            rungs.append(fresh)
            paged.update(fresh)
    return rungs


@lru_cache
def _paging() -> tuple[tuple[date, int], ...]:
    rows = tomllib.loads(PAGING.read_text(encoding="utf-8"))["page"]
    return tuple((row["from"], row["minutes"]) for row in rows)


def minutes_to_the_next(on: date, table: Iterable[tuple[date, int]] | None = None) -> int:
    """How long one rung has before the next is paged, by the newest row that holds that day."""
    held = [row for row in (table or _paging()) if row[0] <= on]
    return max(held)[1] if held else 0
