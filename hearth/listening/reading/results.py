"""What a sealed survey tells: of everybody, of groups that are enough, and in people's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.listening.models import Box, Survey
from hearth.listening.rules import dated
from hearth.listening.rules.alpha import alpha, in_words
from hearth.listening.rules.layout import ALL, Place
from hearth.listening.rules.questions import Kind, Question, group_question, said_in, scales
from hearth.listening.rules.sets import scale_words
from hearth.listening.rules.telling import groups_told, portion

# What a reader may make of alpha. George and Mallery, SPSS for Windows Step by Step (2003), p. 231.
BOUNDS = ((0.9, "excellent"), (0.8, "good"), (0.7, "acceptable"), (0.0, "weak"))


@dataclass(frozen=True)
class Line:
    """One option: how many chose it, their percentage, and those of each group that is told."""

    words: str
    count: int
    percent: int | None
    groups: list[tuple[str, int | None]]


@dataclass(frozen=True)
class Told:
    """One question. Without `lines` and `texts` too few have answered it."""

    key: str
    words: str
    lang: str
    answered: int
    lines: list[Line] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    groups_held: bool = False
    texts: list[dict[str, Any]] = field(default_factory=list)
    enough: bool = True


@dataclass(frozen=True)
class Agreement:
    scale: str
    items: int
    people: int
    value: str
    word: str


@dataclass(frozen=True)
class Rate:
    """How many of a group answered, of how many there are."""

    words: str
    answered: int
    known: int | None
    percent: int | None

    @property
    def missing(self) -> int | None:
        return None if self.percent is None else 100 - self.percent


@dataclass(frozen=True)
class Results:
    people: int
    least: int
    enough: bool
    too_many: bool
    questions: list[Told] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    scales: list[Agreement] = field(default_factory=list)


class Counts:
    """A box read by the names of its places."""

    def __init__(self, survey: Survey, counts: Sequence[int]) -> None:
        self._places, self._counts = survey.places, counts

    def at(self, *place: str) -> int:
        return self._counts[self._places[place] - 1]

    def all(self, kind: str, scale: str) -> dict[Place, int]:
        """Of one scale the sums, or the products: by the keys of their questions."""
        return {
            place[2:]: self._counts[at - 1]
            for place, at in self._places.items()
            if place[:2] == (kind, scale)
        }


def results(survey: Survey, language: str, today: date) -> Results:
    """Of sealed surveys alone: two looks at one that runs would tell who came between them."""
    counts = Counts(survey, Box.objects.get(survey=survey).counts)
    people, least = counts.at(*ALL), dated.number("least", today)
    too_many = survey.known is not None and people > survey.known
    if people < least:
        return Results(people, least, enough=False, too_many=too_many)
    texts = _texts(survey)
    return Results(
        people, least, enough=True, too_many=too_many,
        questions=[
            _told(survey, question, counts, language, least, texts)
            for question in survey.questions
            if not question.group  # of whom, the rates say: of a small group not even how many
        ],
        rates=_rates(survey, counts, language),
        scales=[found for scale, items in scales(survey.questions).items()
                if (found := _agreement(counts, scale, items, language, least))],
    )  # fmt: skip


def shared_of(survey: Survey, box: Box, language: str, today: date) -> list[tuple[Question, Told]]:
    """The questions that others are asked too, each as `results` tells it; without a query."""
    counts, least = Counts(survey, box.counts), dated.number("least", today)
    if survey.sealed_at is None or counts.at(*ALL) < least:
        return []
    return [
        (question, _told(survey, question, counts, language, least, {}))
        for question in survey.questions
        if question.shared and question.kind is Kind.SCALE and not question.group
    ]


def _told(
    survey: Survey, question: Question, counts: Counts, language: str, least: int,
    texts: dict[str, list[dict[str, Any]]],
) -> Told:  # fmt: skip
    words, lang = said_in(question.words, language)
    answered = counts.at("answered", question.key)
    if answered < least:
        return Told(question.key, words, lang, answered, enough=False)
    if question.kind is Kind.TEXT:
        return Told(question.key, words, lang, answered, texts=texts.get(question.key, []))
    group = group_question(survey.questions)
    groups: dict[str, str] = {}
    held = False
    if group:
        named = {o.key: said_in(o.words, language)[0] for o in group.options}
        sizes = {key: counts.at("of", key, question.key) for key in named}
        told = groups_told(sizes, answered, least)
        groups = {key: words for key, words in named.items() if key in told}
        held = len(groups) < len(named)
    return Told(
        question.key, words, lang, answered, groups=list(groups.values()), groups_held=held,
        lines=[
            Line(
                said_in(option.words, language)[0],
                number := counts.at("option", question.key, option.key),
                portion(number, answered),
                [
                    (name, portion(counts.at("of", key, question.key, option.key),
                                   counts.at("of", key, question.key)))
                    for key, name in groups.items()
                ],
            )
            for option in question.options
        ],
    )  # fmt: skip


def _texts(survey: Survey) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for page in survey.pages.filter(held=False).order_by("pk"):
        found.setdefault(page.question, []).extend(page.texts)
    return found


def _rates(survey: Survey, counts: Counts, language: str) -> list[Rate]:
    """Of the groups that are told: of the others not even how many came."""
    group = group_question(survey.questions)
    rows = []
    for option in group.options if group else ():
        came = counts.at("of", option.key)
        known = survey.known_by_group.get(option.key)
        if came:
            words = said_in(option.words, language)[0]
            rows.append(
                Rate(words, came, known, portion(min(came, known), known) if known else None)
            )
    return rows


def _agreement(
    counts: Counts, scale: str, items: Sequence[Question], language: str, least: int
) -> Agreement | None:
    people = counts.at("scale", scale)
    if people < least:
        return None
    sums = {key: float(n) for (key,), n in counts.all("sum", scale).items()}
    crosses = {(one, other): float(n) for (one, other), n in counts.all("cross", scale).items()}
    value = alpha(people, sums, crosses)
    if value is None:
        return None
    words = said_in(scale_words().get(scale, {}), language)[0] or scale
    return Agreement(words, len(items), people, f"{value:.2f}", in_words(value, BOUNDS))
