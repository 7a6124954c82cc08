"""The framework, loaded once and checked as it is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from hearth.framework.reading import elements_in, families_in, links_in, parsed, sources_in
from hearth.framework.words import Element, Family, FrameworkError

FILES = (
    "elements.toml",
    "healing.toml",
    "strategies.toml",
    "artifacts.toml",
    "inventory.toml",
    "conditions.toml",
    "default_conditions.toml",
    "essentials.toml",
    "lcap.toml",
    "crosswalks.toml",
)
QUILT = ("pillars", "conditions", "commitments", "practices")


@dataclass(frozen=True, slots=True)
class Framework:
    """Every family and element by key, and the crosswalks between them."""

    families: Mapping[str, Family]
    elements: Mapping[str, Element]
    links: Mapping[str, tuple[str, ...]]


def assembled(texts: Mapping[str, str | None]) -> Framework:
    """One framework out of its files, refused whole when any of them is wrong."""
    families: dict[str, Family] = {}
    elements: dict[str, Element] = {}
    links: dict[str, tuple[str, ...]] = {}
    for file, text in texts.items():
        tables = parsed(file, text)
        sources = {source.key: source for source in sources_in(file, tables)}
        for family in families_in(file, tables, sources):
            refuse_twice(file, family.key, families)
            families[family.key] = family
        for entry in elements_in(file, tables, families):
            refuse_twice(file, entry.key, elements)
            elements[entry.key] = entry
        for start, targets in links_in(file, tables):
            refuse_twice(file, start, links)
            refuse_strangers(file, start, (start, *targets), elements)
            links[start] = targets
        for entry in elements.values():
            placed = tuple(key for key in (entry.belongs_to, entry.phase) if key)
            refuse_strangers(file, entry.key, placed, elements)
    return Framework(
        MappingProxyType(families), MappingProxyType(elements), MappingProxyType(links)
    )


def refuse_twice(file: str, key: str, known: Mapping[str, object]) -> None:
    """A key stands for one thing for ever."""
    if key in known:
        raise FrameworkError(f"{file}: the key '{key}' is used twice")


def refuse_strangers(
    file: str, key: str, named: tuple[str, ...], known: Mapping[str, object]
) -> None:
    """Whatever one entry points at must exist."""
    for stranger in named:
        if stranger not in known:
            raise FrameworkError(f"{file}: '{key}' points at '{stranger}', which does not exist")


@lru_cache(maxsize=1)
def load() -> Framework:
    """The framework as reviewed and shipped."""
    return assembled(dict.fromkeys(FILES))


def element(key: str) -> Element:
    """One element by its key."""
    if key not in load().elements:
        raise FrameworkError(f"the framework has no element '{key}'")
    return load().elements[key]


def elements(family: str | None = None) -> tuple[Element, ...]:
    """The sixteen elements in their order, or those of one family."""
    wanted = QUILT if family is None else (family,)
    return tuple(entry for entry in load().elements.values() if entry.family.key in wanted)


def families() -> tuple[Family, ...]:
    """The four families of the sixteen, in order."""
    return tuple(load().families[key] for key in QUILT)


def not_known(family: str) -> int:
    """How many entries the source speaks of that we do not know, and so do not show."""
    expected = load().families[family].expected
    return 0 if expected is None else expected - len(elements(family))


def served_by(key: str) -> tuple[Element, ...]:
    """The framework elements another list's entry serves, by our reading."""
    return tuple(element(target) for target in load().links.get(key, ()))


def that_serve(key: str) -> tuple[Element, ...]:
    """The entries of other lists that serve one framework element, by our reading."""
    return tuple(element(start) for start, targets in load().links.items() if key in targets)
