"""The words and numbers of `hearing.toml`."""

from datetime import date

from hearth.listening.rules.careful import tells_of_harm
from hearth.listening.rules.dated import read


def asks(language: str) -> list[str]:
    return _said("ask", language)


def forum_steps(language: str) -> list[str]:
    return _said("step", language)


def look_fors(language: str) -> list[tuple[str, str]]:
    said = "es" if language.startswith("es") else "en"
    return [(row["key"], row[said]) for row in read("hearing.toml")["look_for"]]


def _said(of: str, language: str) -> list[str]:
    said = "es" if language.startswith("es") else "en"
    return [row[said] for row in read("hearing.toml")[of]]


def number(key: str, on: date) -> int:
    """The newest that holds on that day."""
    rows = [r for r in read("hearing.toml")["number"] if r["key"] == key and r["from"] <= on]
    return int(max(rows, key=lambda row: row["from"])["value"])


def band_tops(on: date) -> list[int]:
    """The highest percentage of each of the state's bands on that day."""
    rows = [row for row in read("hearing.toml")["band"] if row["from"] <= on]
    tops: list[int] = max(rows, key=lambda row: row["from"])["upper"]
    return tops


def hints(text: str) -> list[str]:
    """The keys that words of the text point to. A person decides; nothing is applied by itself."""
    rows = read("hearing.toml")["glossary"]
    return [row["key"] for row in rows if tells_of_harm(text, row["words"])]
