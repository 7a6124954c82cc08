"""Where students, families, staff and partners see the same thing differently.

All of it is worked out of what the results pages tell, and of nothing else: of sealed surveys, one
for each audience, the newest that asks it. Surveys are never added up, so there is no total from
which one of them could be taken away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hearth.listening.models import Audience, ListeningProject, Survey
from hearth.listening.reading.results import Told, shared_of
from hearth.listening.rules.gap import (
    Difference,
    Seen,
    difference,
    is_favorable,
    values_of,
    widest_first,
)
from hearth.listening.rules.layout import ALL
from hearth.listening.rules.questions import Question, said_in
from hearth.listening.rules.sets import shared_words

ALWAYS = (Audience.STUDENTS, Audience.FAMILIES, Audience.STAFF, Audience.PARTNERS)
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Side:
    """One audience: what it was asked in its own words, and what may be told of it. Without `seen`
    too few answered; without a survey that asks it, it is not `counted` yet or was not asked."""

    audience: str
    counted: bool = True
    survey: Survey | None = None
    words: str = ""
    lang: str = ""
    seen: Seen | None = None
    too_many: bool = False
    question: str = ""

    @property
    def name(self) -> str:
        return capfirst(str(Audience(self.audience).label))

    @property
    def told(self) -> str:
        if self.seen:
            shown = {"percent": self.seen.percent, "n": self.seen.answered}
            return _("%(percent)s %% of %(n)s") % shown
        if self.survey:
            return _("too few to tell")
        return _("not asked this") if self.counted else _("not counted yet")


@dataclass(frozen=True, slots=True)
class Gap:
    """What several were asked, with what each audience said and how far they are apart."""

    key: str
    title: str
    sides: list[Side]
    found: Difference | None

    @property
    def sentence(self) -> str:
        return sentence(self.found)

    @property
    def seen(self) -> list[Seen]:
        return [side.seen for side in self.sides if side.seen]


def gaps(project: ListeningProject, language: str, today: date) -> list[Gap]:
    """Each question that several audiences are asked, the widest clear difference first."""
    rows = Survey.objects.filter(project=project).exclude(sealed_at=None).select_related("box")
    surveys = list(rows.order_by("-closes", "-pk"))
    by_key: dict[str, dict[str, Side]] = {}
    for survey in surveys:
        for key, side in _sides(survey, language, today):
            by_key.setdefault(key, {}).setdefault(side.audience, side)
    order = list(shared_words())
    counted = {survey.audience for survey in surveys}
    found = [_gap(key, sides, counted, language) for key, sides in by_key.items()]
    found.sort(key=lambda one: order.index(one.key) if one.key in order else len(order))
    return sorted(found, key=lambda one: widest_first(one.found))


def for_report(project: ListeningProject, today: date) -> list[dict[str, Any]]:
    """The same as a version of the report would keep it: JSON, in every language of the house.
    `sentence(Difference(**row["found"]))` says it in the language of the reader."""
    told = {language: gaps(project, language, today) for language in LANGUAGES}
    return [
        {
            "key": one.key,
            "words": {lang: told[lang][at].title for lang in LANGUAGES},
            "sides": [{"audience": seen.audience, "percent": seen.percent,
                       "answered": seen.answered} for seen in one.seen],
            "found": {"low": one.found.low, "high": one.found.high, "points": one.found.points,
                      "clear": one.found.clear},
        }
        for at, one in enumerate(told[LANGUAGES[0]])
        if one.found
    ]  # fmt: skip


def sentence(found: Difference | None) -> str:
    if found is None:
        return _("Nobody to compare with yet.")
    if not found.clear:
        return _("No clear difference.")
    said = ngettext(
        "%(low)s see this %(n)s point less often than %(high)s.",
        "%(low)s see this %(n)s points less often than %(high)s.",
        found.points,
    )
    return capfirst(
        said % {"low": within(found.low), "n": found.points, "high": within(found.high)}
    )


def within(audience: str) -> str:
    """An audience within a sentence; some languages put an article before it."""
    return {
        Audience.STUDENTS: pgettext("within a sentence", "students"),
        Audience.YOUNG: pgettext("within a sentence", "young children"),
        Audience.FAMILIES: pgettext("within a sentence", "families"),
        Audience.STAFF: pgettext("within a sentence", "staff"),
        Audience.PARTNERS: pgettext("within a sentence", "partners"),
        Audience.NEIGHBORS: pgettext("within a sentence", "neighbors"),
    }[Audience(audience)]


def _sides(survey: Survey, language: str, today: date) -> Iterator[tuple[str, Side]]:
    told = {question.key: one for question, one in shared_of(survey, survey.box, language, today)}
    people = survey.box.counts[survey.places[ALL] - 1]
    too_many = survey.known is not None and people > survey.known
    for question in _shared(survey.questions):
        words, lang = said_in(question.words, language)
        one = told.get(question.key)
        seen = _seen(survey, question, one) if one and one.enough else None
        yield question.shared, Side(survey.audience, True, survey, words, lang, seen, too_many,
                                    question.key)  # fmt: skip


def _shared(questions: Iterable[Question]) -> list[Question]:
    """One for each mark: a sheet may have been put together of two sets."""
    found: dict[str, Question] = {}
    for question in questions:
        if question.shared and any(is_favorable(question)):
            found.setdefault(question.shared, question)
    return list(found.values())


def _seen(survey: Survey, question: Question, told: Told) -> Seen:
    pairs = zip(is_favorable(question), told.lines, strict=True)
    favorable = sum(line.count for good, line in pairs if good)
    return Seen(survey.audience, favorable, told.answered, values_of(question))


def _gap(key: str, sides: dict[str, Side], counted: set[str], language: str) -> Gap:
    shown = [one for one in Audience.values if one in sides or one in ALWAYS]
    ordered = [sides.get(one) or Side(one, one in counted) for one in shown]
    title = said_in(shared_words().get(key, {}), language)[0]
    return Gap(
        key, title or next(side.words for side in ordered if side.words), ordered,
        difference([side.seen for side in ordered if side.seen]),
    )  # fmt: skip
