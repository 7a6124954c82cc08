"""Read one framework file, and say exactly what is wrong with it when something is."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from hearth.framework.words import Element, Family, FrameworkError, Source, Words

Entry = dict[str, Any]

SOURCE_FIELDS = {"key", "title", "publisher", "year", "url", "undated", "standing"}
FAMILY_FIELDS = {"key", "name", "plain", "source", "expected"}
ELEMENT_FIELDS = {"key", "family", "name", "plain", "practice", "strategy", "phase", "level",
                  "short", "fill"}  # fmt: skip


def parsed(file: str, text: str | None = None) -> dict[str, list[Entry]]:
    """The file's tables, as TOML gives them. Tests pass the text themselves."""
    if text is None:
        text = (files("hearth.framework") / file).read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    for name in tables.keys() - {"source", "family", "element", "link"}:
        raise FrameworkError(f"{file}: the table '{name}' is not one we know")
    return tables


def sources_in(file: str, tables: Mapping[str, list[Entry]]) -> Iterator[Source]:
    """Each place a list was read."""
    for entry in tables.get("source", []):
        key = checked_key(file, "source", entry, SOURCE_FIELDS)
        for needed in ("title", "publisher", "year", "url"):
            if not entry.get(needed):
                raise FrameworkError(f"{file}: source '{key}' has no {needed}")
        yield Source(**entry)


def families_in(
    file: str, tables: Mapping[str, list[Entry]], sources: Mapping[str, Source]
) -> Iterator[Family]:
    """Each list in the file; a list without a citation is refused."""
    for entry in tables.get("family", []):
        key = checked_key(file, "family", entry, FAMILY_FIELDS)
        cited = entry.get("source", "")
        if cited not in sources:
            raise FrameworkError(f"{file}: family '{key}' has no citation (source '{cited}')")
        yield Family(
            key=key,
            name=both_languages(file, key, entry, "name"),
            plain=both_languages(file, key, entry, "plain") if "plain" in entry else None,
            source=sources[cited],
            expected=entry.get("expected"),
        )


def elements_in(
    file: str, tables: Mapping[str, list[Entry]], families: Mapping[str, Family]
) -> Iterator[Element]:
    """Each entry, in the file's order."""
    for entry in tables.get("element", []):
        key = checked_key(file, "element", entry, ELEMENT_FIELDS)
        family = entry.get("family", "")
        if family not in families:
            raise FrameworkError(f"{file}: element '{key}' is of an unknown family '{family}'")
        yield Element(
            key=key,
            family=families[family],
            name=both_languages(file, key, entry, "name"),
            plain=both_languages(file, key, entry, "plain") if "plain" in entry else None,
            belongs_to=entry.get("practice") or entry.get("strategy", ""),
            phase=entry.get("phase", ""),
            level=entry.get("level", ""),
            short=both_languages(file, key, entry, "short") if "short" in entry else None,
            fill=both_languages(file, key, entry, "fill") if "fill" in entry else None,
        )


def links_in(file: str, tables: Mapping[str, list[Entry]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each crosswalk: from one key to the elements it serves."""
    for entry in tables.get("link", []):
        start = entry.get("from", "")
        targets = tuple(entry.get("to", ()))
        if not start or not targets or entry.keys() - {"from", "to"}:
            raise FrameworkError(f"{file}: link '{start}' must have exactly 'from' and 'to'")
        yield start, targets


def checked_key(file: str, kind: str, entry: Entry, fields: set[str]) -> str:
    """The entry's key, after refusing any field we do not know: a typing slip must not pass."""
    key = str(entry.get("key", ""))
    if not key:
        raise FrameworkError(f"{file}: one {kind} has no key")
    for unknown in sorted(entry.keys() - fields):
        raise FrameworkError(f"{file}: {kind} '{key}' has an unknown field '{unknown}'")
    return key


def both_languages(file: str, key: str, entry: Entry, field: str) -> Words:
    """A text in English and Spanish; one without the other is refused."""
    text = entry.get(field, {})
    for language in ("en", "es"):
        if not text.get(language):
            raise FrameworkError(f"{file}: '{key}' has no {field} in '{language}'")
    return Words(en=text["en"], es=text["es"])
