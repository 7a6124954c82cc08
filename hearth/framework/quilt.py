"""The framework at a glance: one tile for each of the sixteen elements, and never a score.

Pure: the rooms' words come in, tiles go out. What a room says in the same words of several schools
stands once, with how many schools say it; which of them is told on the element's own page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hearth.framework.elements import element, elements
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.framework.words import Element

Schools = Mapping[int, str]  # the schools that the page is about, by name


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, where it holds, and what stands behind it."""

    text: str
    where: str
    url: str
    count: int
    strength: bool
    behind: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four things of a tile, in words: strengths first."""

    side: Side
    name: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def more(self) -> int:
        return len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Tile:
    """One element as a reader meets it, in their language."""

    key: str
    family: str
    family_key: str
    family_plain: str
    name: str
    short: str
    plain: str
    fill: str
    parts: tuple[Part, ...]
    gap: str
    cited: str
    year: int
    url: str

    @property
    def is_empty(self) -> bool:
        return all(part.side == Side.MISSING for part in self.parts)


def quilt(spoken: Iterable[Spoken], schools: Schools, language: str) -> tuple[Tile, ...]:
    """The sixteen tiles in order. A room that names an unknown element is refused."""
    said: dict[str, list[Said]] = {}
    for room in spoken:
        for key, rows in room.items():
            said.setdefault(element(key).key, []).extend(rows)
    return tuple(_tile(one, said.get(one.key, []), schools, language) for one in elements())


def _tile(one: Element, said: list[Said], schools: Schools, language: str) -> Tile:
    parts = [Part(side, name, _lines(side, said, schools)) for side, name in names().items()]
    told = [part for part in parts if part.lines]
    return Tile(
        key=one.key,
        family=one.family.name.said_in(language),
        family_key=one.family.key,
        family_plain=one.family.plain.said_in(language) if one.family.plain else "",
        name=one.name.said_in(language),
        short=(one.short or one.name).said_in(language),
        plain=one.plain.said_in(language) if one.plain else "",
        fill=one.fill.said_in(language) if one.fill else "",
        parts=tuple(told),
        gap=_gap({part.side for part in told}),
        cited=f"{one.source.title}, {one.source.year}",
        year=one.source.year,
        url=one.source.url,
    )


def names() -> dict[Side, str]:
    return {
        Side.DOING: pgettext("an element of the framework", "We do"),
        Side.HEARD: pgettext("an element of the framework", "We heard"),
        Side.CHANGED: pgettext("an element of the framework", "It changed"),
        Side.MISSING: pgettext("an element of the framework", "Missing"),
    }


def _lines(side: Side, said: list[Said], schools: Schools) -> tuple[Line, ...]:
    """The same words once, however many schools they come from; what most share stands first."""
    alike: dict[str, list[Said]] = {}
    for row in said:
        if row.side == side:
            alike.setdefault(row.text, []).append(row)
    shared = sorted(alike.items(), key=lambda one: -len({row.school for row in one[1]}))
    lines = [_line(text, rows, schools) for text, rows in shared]
    return tuple(sorted(lines, key=lambda line: not line.strength))


def _line(text: str, rows: list[Said], schools: Schools) -> Line:
    urls = {row.url for row in rows}
    of_schools = {row.school for row in rows if row.school in schools}
    several = len(schools) > 1
    behind = [
        Behind(f"{_school(row, schools)}: {one.text}", one.url)
        if several and row.school in schools
        else one
        for row in rows
        for one in row.behind
    ]
    if several and of_schools and not behind:
        behind = [Behind(name) for key, name in schools.items() if key in of_schools]
    return Line(
        text=text,
        where=said_where(len(of_schools), len(schools)) if several and of_schools else "",
        url=urls.pop() if len(urls) == 1 else "",
        count=sum(row.count for row in rows),
        strength=any(row.strength for row in rows),
        behind=tuple(behind),
    )


def _school(row: Said, schools: Schools) -> str:
    return schools[row.school] if row.school is not None else ""


def said_where(some: int, schools: int) -> str:
    """How many schools, in words that put none before another."""
    if some == schools:
        return _("at every school")
    words = ngettext("at one of %(all)s schools", "at %(some)s of %(all)s schools", some)
    return words % {"some": some, "all": schools}


def _gap(told: set[Side]) -> str:
    """What a reader cannot learn from this tile yet. It may be told to others."""
    heard, changed = Side.HEARD in told, Side.CHANGED in told
    if not told - {Side.MISSING} or (heard and changed):
        return ""
    if heard:
        return _("What changed is not told here yet.")
    if changed:
        return _("What people say of it is not told here yet.")
    return _("What people say of it, and what changed, is not told here yet.")
