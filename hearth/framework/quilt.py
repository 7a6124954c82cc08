"""The framework at a glance: one tile for each of the sixteen elements, and never a score.

Pure: the rooms' words come in, tiles go out. A tile with nothing on it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.framework.elements import element, elements
from hearth.framework.words import Element


@dataclass(frozen=True, slots=True)
class Doing:
    """One short sentence of what we do now, with the page that shows it.

    A count of children belongs in `text` only after the caller has made sure it may be shown.
    """

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One element as a reader meets it, in their language."""

    key: str
    family: str
    family_plain: str
    name: str
    plain: str
    doing: tuple[Doing, ...]
    heard: str
    changed: str
    missing: str
    cited: str
    year: int
    url: str


def quilt(doing: Mapping[str, Sequence[Doing]], language: str) -> tuple[Tile, ...]:
    """The sixteen tiles in order. A room that names an unknown element is refused."""
    for key in doing:
        element(key)
    return tuple(tile(one, tuple(doing.get(one.key, ())), language) for one in elements())


def tile(one: Element, doing: tuple[Doing, ...], language: str) -> Tile:
    """One element beside what the rooms say they do for it."""
    return Tile(
        key=one.key,
        family=one.family.name.said_in(language),
        family_plain=one.family.plain.said_in(language) if one.family.plain else "",
        name=one.name.said_in(language),
        plain=one.plain.said_in(language) if one.plain else "",
        doing=doing,
        heard=_("Nothing recorded yet: listening has not begun here."),
        changed=_("Nothing recorded yet."),
        missing=what_is_missing(bool(doing)),
        cited=f"{one.source.title}, {one.source.year}",
        year=one.source.year,
        url=one.source.url,
    )


def what_is_missing(something_done: bool) -> str:
    """Say plainly what a reader cannot learn from this tile yet."""
    if something_done:
        return _("What people say about it, and whether it helps.")
    return _("All three, so far.")
