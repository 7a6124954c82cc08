"""How it stands with one element of the framework, in a word of `standing.toml`."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from hearth.listening.rules.dated import read


def status(facts: Collection[str], on: date) -> str:
    """The key of the first word that fits what is so."""
    so = set(facts)
    return next(str(row["key"]) for row in _in_force(on) if so.issuperset(row["when"]))


def said(key: str, language: str, on: date) -> str:
    """The word in one language. One that is no longer in force is told as it last was."""
    spoken = "es" if language.startswith("es") else "en"
    every = [row for one in _editions() for row in one["status"]]
    words = {row["key"]: str(row[spoken]) for row in every}
    words |= {row["key"]: str(row[spoken]) for row in _in_force(on)}
    return words[key]


def asked_by(scales: Iterable[str]) -> set[str]:
    """The elements that these scales of a survey ask about."""
    rows = {row["key"]: row["elements"] for row in read("standing.toml")["scale"]}
    return {key for scale in scales for key in rows.get(scale, ())}


def _editions() -> list[dict[str, Any]]:
    return sorted(read("standing.toml")["edition"], key=lambda one: str(one["from"]))


def _in_force(on: date) -> list[dict[str, Any]]:
    held = [one for one in _editions() if one["from"] <= on] or _editions()[:1]
    rows: list[dict[str, Any]] = held[-1]["status"]
    return rows
