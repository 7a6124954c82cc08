"""The sets of questions that come with Hearth: whole, or one question at a time."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

KEYS = ("students", "young", "sel", "families", "staff", "partners")


@dataclass(frozen=True)
class QuestionSet:
    key: str
    audience: str
    title: dict[str, str]
    intro: dict[str, str]
    sheet: tuple[dict[str, Any], ...]


@lru_cache
def shipped() -> dict[str, QuestionSet]:
    answers = {row["key"]: row["options"] for row in _read("answers")["answers"]}
    return {key: _set(_read(key), answers) for key in KEYS}


def bank() -> dict[str, dict[str, Any]]:
    """Every question that comes with Hearth, by its set and key: "families.welcome"."""
    return {f"{one.key}.{row['key']}": row for one in shipped().values() for row in one.sheet}


@lru_cache
def scale_words() -> dict[str, dict[str, str]]:
    """What each scale of the sets is called, by its key. One's own scale is called by its key."""
    return {row["key"]: row["words"] for row in _read("scales")["scale"]}


@lru_cache
def shared_words() -> dict[str, dict[str, str]]:
    """What each question that is put to several audiences asks, in few words, by its key."""
    return {row["key"]: row["words"] for row in _read("shared")["shared"]}


def _set(told: dict[str, Any], answers: dict[str, list[Any]]) -> QuestionSet:
    sheet = []
    for question in told["question"]:
        row = {key: value for key, value in question.items() if key != "answers"}
        if "answers" in question:
            row["options"] = answers[question["answers"]]
        sheet.append(row)
    return QuestionSet(told["key"], told["audience"], told["title"], told["intro"], tuple(sheet))


def _read(name: str) -> dict[str, Any]:
    text = (files("hearth.listening") / "sets" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
