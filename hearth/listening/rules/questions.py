"""What a survey asks: questions as plain values, read from the sheet that a survey keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST_TEXT = 2000
Words = Mapping[str, str]
Answers = Mapping[str, tuple[str, ...]]


class Kind(StrEnum):
    CHOICE = "choice"  # one of several
    SCALE = "scale"  # one of several, each worth a number
    MANY = "many"  # any of several
    TEXT = "text"  # in one's own words


@dataclass(frozen=True)
class Option:
    key: str
    words: Words
    value: int = 0
    face: int = 0  # which drawn face stands beside it, for those who do not read yet


@dataclass(frozen=True)
class Question:
    """`scale` names what several questions ask together; `shared` is the same question put to
    others, in their words; `group` says that answers are told by what was chosen here."""

    key: str
    kind: Kind
    words: Words
    help: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    scale: str = ""
    shared: str = ""
    reverse: bool = False
    group: bool = False
    only_if: tuple[str, frozenset[str]] | None = None

    @property
    def counted(self) -> bool:
        return self.kind is not Kind.TEXT

    def worth(self, chosen: str) -> int:
        values = {option.key: option.value for option in self.options}
        most, least = max(values.values()), min(values.values())
        return most + least - values[chosen] if self.reverse else values[chosen]


def questions_of(sheet: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The sheet as it is kept, one mapping a question."""
    return [_question(row) for row in sheet]


def _question(row: Mapping[str, Any]) -> Question:
    condition = row.get("if")
    return Question(
        key=row["key"],
        kind=Kind(row["kind"]),
        words=row["words"],
        help=row.get("help", {}),
        options=tuple(
            Option(o["key"], o["words"], int(o.get("value", 0)), int(o.get("face", 0)))
            for o in row.get("options", ())
        ),
        scale=row.get("scale", ""),
        shared=row.get("shared", ""),
        reverse=bool(row.get("reverse")),
        group=bool(row.get("group")),
        only_if=(condition["question"], frozenset(condition["options"])) if condition else None,
    )


def said_in(words: Words, language: str) -> tuple[str, str]:
    """The words in this language and which it is; in English, or whichever there is, without it."""
    for code in (language, "en", *words):
        if words.get(code):
            return words[code], code
    return "", language


def group_question(questions: Sequence[Question]) -> Question | None:
    return next((question for question in questions if question.group), None)


def scales(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions of each scale that has more than one: alone, one has nothing to agree with."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        if question.kind is Kind.SCALE and question.scale:
            found.setdefault(question.scale, []).append(question)
    return {scale: items for scale, items in found.items() if len(items) > 1}


def is_asked(question: Question, answers: Answers) -> bool:
    """Is this question for somebody who answered so far like this?"""
    if question.only_if is None:
        return True
    before, options = question.only_if
    return bool(options & set(answers.get(before, ())))


def read_answers(
    questions: Sequence[Question], told: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """What was chosen and written. What no option knows, and what was not asked, is left out."""
    answers: dict[str, tuple[str, ...]] = {}
    for question in questions:
        if not is_asked(question, answers):
            continue
        said = told.get(question.key, ())
        if question.kind is Kind.TEXT:
            text = " ".join(said).replace("\x00", "").strip()[:LONGEST_TEXT]
            chosen: tuple[str, ...] = (text,) if text else ()
        else:
            known = tuple(o.key for o in question.options if o.key in set(said))
            chosen = known if question.kind is Kind.MANY else known[:1]
        if chosen:
            answers[question.key] = chosen
    return answers
