"""The card of a measure: what it says, why it matters, of whom, and when we look at it again.

One reviewed file for each, `cards/<measure>.toml`, with every text in both languages.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from hearth.framework.elements import load
from hearth.framework.words import Words

FOLDER = Path(__file__).parent / "cards"
TEXTS = ("title", "why", "counted", "of", "population", "source")
TOLD_AS = ("percent", "average", "per_hundred", "share")
UNITS = ("students", "days", "referrals", "staff", "needs")
BETTER = ("lower", "higher", "neither")


class CardWrong(ValueError):
    """A card says something that cannot be; the message names the file and what to mend."""


@dataclass(frozen=True)
class Card:
    """`counted` is the numerator in words, `of` the denominator. `told_as` says how the two make a
    figure: percent, average (counted for each of), per_hundred, or share (of everybody's)."""

    key: str
    theme: str
    title: Words
    why: Words
    counted: Words
    of: Words
    population: Words
    unit: str
    told_as: str
    better: str
    elements: tuple[str, ...]
    source: Words
    url: str
    minimum_n: int
    reviewed: date
    next_review: date
    parts: Mapping[str, Words]
    # Whether its figure of a year that still runs may stand beside that of a whole year.
    so_far: bool = False


@lru_cache
def cards() -> dict[str, Card]:
    """Every card by the key of its measure."""
    return {file.stem: read(file) for file in sorted(FOLDER.glob("*.toml"))}


def read(file: Path) -> Card:
    """One card, refused with words where it is wrong."""
    told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    texts = {name: _words(file, name, told.pop(name, None)) for name in TEXTS}
    parts = {key: _words(file, key, text) for key, text in told.pop("parts", {}).items()}
    try:
        card = Card(
            **{"key": file.stem, "url": "", "minimum_n": 11, **texts, **told},
            parts=parts,
        )
    except TypeError as error:
        raise CardWrong(f"{file.name}: {error}") from error
    _check(file, card)
    return card


def _words(file: Path, name: str, text: Any) -> Words:
    if not isinstance(text, dict) or set(text) != {"en", "es"} or not all(text.values()):
        raise CardWrong(f"{file.name}: {name} needs a text in en and in es.")
    return Words(**text)


def _check(file: Path, card: Card) -> None:
    for value, allowed, name in (
        (card.unit, UNITS, "unit"),
        (card.told_as, TOLD_AS, "told_as"),
        (card.better, BETTER, "better"),
    ):
        if value not in allowed:
            raise CardWrong(f"{file.name}: {name} is one of {', '.join(allowed)}.")
    strangers = [key for key in card.elements if key not in load().elements]
    if strangers or not card.elements:
        raise CardWrong(f"{file.name}: name elements of the framework, not {strangers}.")
    if card.next_review <= card.reviewed:
        raise CardWrong(f"{file.name}: the next review comes after the last.")
