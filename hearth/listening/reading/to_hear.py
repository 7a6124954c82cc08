"""What waits for whoever runs a listening: words of harm, doubts, and what is to come back."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Func, IntegerField, Sum
from django.urls import reverse
from django.utils.translation import get_language

from hearth.access.models import User
from hearth.listening.models import ProjectDay, Survey, TextPage
from hearth.listening.models.finding import NotWhatWeSaid
from hearth.listening.rules.careful import tells_of_harm
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.questions import said_in

AT_MOST = 10
# A promise comes up a week before its day, a doubt for two weeks. What a survey holds back stands
# here while it runs and a month longer; by then it was read, and waits on the survey's own page.
AHEAD, DOUBTED, AFTER = timedelta(days=7), timedelta(days=14), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Words:
    """How many texts somebody must read, and where; the words themselves stand there alone."""

    url: str
    of: str
    school: str
    many: int
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    url: str
    what: str
    whom: str
    school: str
    day: date


@dataclass(frozen=True, slots=True)
class ToHear:
    held: list[Words] = field(default_factory=list)
    doubts: list[Words] = field(default_factory=list)
    promised: list[Promise] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.held or self.doubts or self.promised)


def to_hear(user: User, today: date) -> ToHear:
    """Three queries, however many schools."""
    return ToHear(_held(user, today), _doubts(user, today), _promised(user, today))


def _promised(user: User, today: date) -> list[Promise]:
    rows = ProjectDay.objects.run_by(user).filter(done_on=None, day__lte=today + AHEAD)
    rows = rows.exclude(to_whom="").select_related("school").order_by("day", "pk")[:AT_MOST]
    return [
        Promise(
            reverse("listening:project", args=[row.project_id]), row.said, row.whom,
            row.school.name, row.day,
        )
        for row in rows
    ]  # fmt: skip


def _held(user: User, today: date) -> list[Words]:
    language = (get_language() or "en")[:2]
    running = Survey.objects.run_by(user).filter(closes__gte=today - AFTER)
    length = Func(F("texts"), function="jsonb_array_length", output_field=IntegerField())
    rows = (
        TextPage.objects.filter(survey__in=running, held=True)
        .exclude(texts=[])
        .order_by("survey")
        .values_list("survey", "survey__title", "survey__school__name")
        .annotate(many=Sum(length))
    )
    return [
        Words(reverse("listening:held", args=[pk]), said_in(title, language)[0], school, many)
        for pk, title, school, many in rows[:AT_MOST]
    ]


def _doubts(user: User, today: date) -> list[Words]:
    """By project, those first of which one may tell of harm."""
    rows = NotWhatWeSaid.objects.run_by(user).filter(on__gte=today - DOUBTED)
    by_project: dict[int, list[NotWhatWeSaid]] = {}
    for row in rows.select_related("finding__project", "school").order_by("-on"):
        by_project.setdefault(row.finding.project_id, []).append(row)
    phrases = harm_phrases()
    found = [
        Words(
            reverse("listening:findings", args=[pk]), doubts[0].finding.project.called,
            doubts[0].school.name, len(doubts),
            any(tells_of_harm(one.words, phrases) for one in doubts),
        )
        for pk, doubts in by_project.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.harm)[:AT_MOST]
