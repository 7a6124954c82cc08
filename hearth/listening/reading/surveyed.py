"""What of a sealed survey may be a source: a question with its shares, or one of its texts."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from hearth.listening.models import Survey, Surveyed
from hearth.listening.reading.results import Told, results
from hearth.listening.rules.questions import questions_of

LANGUAGES = ("en", "es")


def as_told(survey: Survey, key: str, said: str, today: date) -> dict[str, Any] | None:
    """Of a question its shares; with `said`, that text of it. Nothing, where it is not told."""
    if survey.sealed_at is None:
        return None
    told = {language: _told(survey, key, language, today) for language in LANGUAGES}
    one = told["en"]
    if one is None or not one.enough:
        return None
    if said:
        return next((text for text in one.texts if _lines(text["said"]) == _lines(said)), None)
    if not one.lines:
        return None
    lines = zip(*(each.lines for each in told.values() if each), strict=True)
    return {
        "answered": one.answered,
        "lines": [
            {"words": dict(zip(LANGUAGES, (line.words for line in pair), strict=True)),
             "percent": pair[0].percent}
            for pair in lines
        ],
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    """A browser sends back other ends of lines than it was given."""
    return text.splitlines()


def _told(survey: Survey, key: str, language: str, today: date) -> Told | None:
    found = results(survey, language, today).questions
    return next((one for one in found if one.key == key), None)


def asked_words(survey: Survey, key: str) -> Mapping[str, str]:
    return next(one.words for one in questions_of(survey.sheet) if one.key == key)


def key_of(survey: Survey, question: str, said: str) -> UUID:
    """The same thing has the same key, so that it is taken once, however often somebody presses."""
    return uuid5(survey.key, f"{question}\0{said}")


def taken(survey: Survey) -> dict[str, set[str]]:
    """Of each question the texts that are sources already; "" stands for its shares."""
    found: dict[str, set[str]] = {}
    for question, told in Surveyed.objects.filter(survey=survey).values_list("question", "told"):
        found.setdefault(question, set()).add(told.get("said", ""))
    return found
