"""The questions of a survey in one language, as a page or a paper puts them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearth.listening.models import Survey
from hearth.listening.rules.questions import Kind, Question, said_in

NATIVE = {
    "en": "English", "es": "Español", "vi": "Tiếng Việt", "tl": "Tagalog", "zh": "中文",
    "ar": "العربية", "hmn": "Hmoob", "ko": "한국어", "pa": "ਪੰਜਾਬੀ", "ru": "Русский",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class ShownOption:
    key: str
    words: str
    face: int
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """One question. `lang` is the language its words are in, where some are not translated yet."""

    key: str
    kind: str
    number: int
    words: str
    lang: str
    help: str
    options: list[ShownOption]
    only_if: str
    only_if_words: str
    text: str

    @property
    def many(self) -> bool:
        return self.kind == Kind.MANY

    @property
    def written(self) -> bool:
        return self.kind == Kind.TEXT

    @property
    def dir(self) -> str:
        """Of the words, whatever the page around them is."""
        return "rtl" if self.lang in RIGHT_TO_LEFT else "ltr"


def shown(
    survey: Survey, language: str, told: Mapping[str, Sequence[str]] | None = None
) -> list[Shown]:
    """All of them, with what was chosen already."""
    by_key = {question.key: question for question in survey.questions}
    return [
        _one(number, question, by_key, language, (told or {}).get(question.key, ()))
        for number, question in enumerate(survey.questions, start=1)
    ]


def _one(
    number: int, question: Question, by_key: Mapping[str, Question], language: str,
    told: Sequence[str],
) -> Shown:  # fmt: skip
    words, lang = said_in(question.words, language)
    condition = question.only_if
    return Shown(
        key=question.key,
        kind=question.kind,
        number=number,
        words=words,
        lang=lang,
        help=said_in(question.help, language)[0],
        options=[
            ShownOption(o.key, said_in(o.words, language)[0], o.face, o.key in told)
            for o in question.options
        ],
        only_if=f"{condition[0]} {' '.join(sorted(condition[1]))}" if condition else "",
        only_if_words=_condition(question, by_key, language),
        text=" ".join(told) if question.kind is Kind.TEXT else "",
    )


def _condition(question: Question, by_key: Mapping[str, Question], language: str) -> str:
    """The answers that lead here, for paper and where no script runs: "Mostly / Very much"."""
    if question.only_if is None or question.only_if[0] not in by_key:
        return ""
    before, options = question.only_if
    named = [said_in(o.words, language)[0] for o in by_key[before].options if o.key in options]
    return " / ".join(named)
