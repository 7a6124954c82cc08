"""The public shares and the name lists, read once from `shares.toml` and `names.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Names:
    """The names one community gives its children, and how family names pass on."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    called: dict[str, str]
    mother_keeps: float
    double: float
    join: str


@dataclass(frozen=True, slots=True)
class Community:
    """Families who share a home language, a race or ethnicity as the state counts it, and names."""

    key: str
    race: str
    language: str
    share: float
    names: Names


@dataclass(frozen=True, slots=True)
class Weights:
    """Choices and their running weights, as `random.choices` wants them."""

    choices: tuple[str, ...]
    running: tuple[float, ...]

    @classmethod
    def of(cls, weights: dict[str, float]) -> Weights:
        return cls(tuple(weights), tuple(accumulate(weights.values())))


@dataclass(frozen=True, slots=True)
class Shares:
    """Everything that decides how many there are of whom."""

    race: dict[str, float]
    grades: dict[str, float]
    sex: Weights
    language: dict[str, float]
    communities: tuple[Community, ...]
    community_ends: tuple[float, ...]
    children: Weights
    guardians: Weights
    household: dict[str, float]
    continuation: float
    reach: dict[str, Weights]

    def reach_for(self, language: str) -> Weights:
        return self.reach.get(language) or self.reach["other"]


def counted(weights: Sequence[float]) -> Weights:
    """Weights for one, two, three ... of something."""
    return Weights.of({str(number): weight for number, weight in enumerate(weights, start=1)})


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def read_names() -> dict[str, Names]:
    return {
        key: Names(
            girls=tuple(table["girls"]),
            boys=tuple(table["boys"]),
            families=tuple(table["families"]),
            called=table["called"],
            mother_keeps=table["mother_keeps"],
            double=table["double"],
            join=table["join"],
        )
        for key, table in read_toml("names.toml").items()
    }


def read_shares() -> Shares:
    table = read_toml("shares.toml")
    names = read_names()
    communities = tuple(
        Community(row["key"], row["race"], row["language"], row["share"], names[row["names"]])
        for row in table["community"]
    )
    household = dict(table["household"])
    return Shares(
        race=table["race"],
        grades=table["grades"],
        sex=Weights.of(table["sex"]),
        language=table["language"],
        communities=communities,
        community_ends=tuple(accumulate(community.share for community in communities)),
        children=counted(household.pop("children")),
        guardians=counted(household.pop("guardians")),
        household=household,
        continuation=table["continuation"]["share"],
        reach={language: Weights.of(weights) for language, weights in table["reach"].items()},
    )


SHARES: Final = read_shares()
