"""The small frozen things the framework is made of."""

from dataclasses import dataclass


class FrameworkError(ValueError):
    """A framework file says something wrong; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both of our languages."""

    en: str
    es: str

    def said_in(self, language: str) -> str:
        """The text in a language such as `es` or `es-mx`; English where we have no other."""
        return self.es if language.split("-")[0] == "es" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list was read. `undated`: its page has no date, so the year is that of reading."""

    key: str
    title: str
    publisher: str
    year: int
    url: str
    undated: bool = False
    standing: str = "published"


@dataclass(frozen=True, slots=True)
class Family:
    """A list with a name, such as the four pillars."""

    key: str
    name: Words
    source: Source
    plain: Words | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One entry of a family; `belongs_to`, `phase` and `level` place an activity or an action."""

    key: str
    family: Family
    name: Words
    plain: Words | None = None
    belongs_to: str = ""
    phase: str = ""
    level: str = ""
    short: Words | None = None  # where the whole name is too long for a tile
    fill: Words | None = None  # of the sixteen: what would fill an empty tile, and who can do it

    @property
    def source(self) -> Source:
        """An element is cited as its family is."""
        return self.family.source
