"""Cottonwood listens: a project of Rosa's and a survey, as the tests of this room need them."""

from datetime import date
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Concat

from hearth.listening.actions import answering
from hearth.listening.actions import project as projects
from hearth.listening.actions import survey as surveys
from hearth.listening.actions.asking import ask_everybody
from hearth.listening.models import Box, ListeningProject, Participation, Survey, Way
from hearth.people.models import Person
from tests.cast import Cast
from tests.makers import make_student

SAID: dict[str, Any] = {
    "session": None,
    "title": "What is a good day here?",
    "purpose": "To know what helps students to belong, before we plan next year.",
    "questions": ["When do you feel at home here?", "What makes a day hard?"],
    "guiding_group": "Two students, two families, Tom, Rosa",
    "starts": date(2026, 9, 1),
    "ends": date(2027, 5, 28),
    "consent_en": "You may leave out anything. Nobody sees who answered what.",
    "consent_es": "Puede dejar sin contestar lo que quiera. Nadie ve quién contestó qué.",
}


def begin(cast: Cast, **said: Any) -> ListeningProject:
    return projects.begin_project(school=cast.cottonwood, said=SAID | said, by=cast.rosa)


AGREE = [
    {"key": str(n), "value": n, "words": {"en": words, "es": words}}
    for n, words in enumerate(["Not at all", "A little", "Mostly", "Very much"], start=1)
]
SHEET: list[dict[str, Any]] = [
    {
        "key": "grade", "kind": "choice", "group": True, "words": {"en": "Which grade are you in?"},
        "options": [{"key": f"g{n}", "words": {"en": f"Grade {n}"}} for n in (3, 4, 5)],
    },
    {"key": "home", "kind": "scale", "scale": "belonging", "words": {"en": "I feel at home here."},
     "options": AGREE},
    {"key": "known", "kind": "scale", "scale": "belonging", "options": AGREE,
     "words": {"en": "Somebody here knows me well."}},
    {"key": "who", "kind": "text", "words": {"en": "Who?"},
     "if": {"question": "known", "options": ["3", "4"]}},
    {"key": "help", "kind": "many", "words": {"en": "What helps you?"},
     "options": [{"key": k, "words": {"en": k.title()}} for k in ("friends", "teachers", "music")]},
    {"key": "better", "kind": "text", "words": {"en": "What would be better?"}},
]  # fmt: skip


def make(cast: Cast, **said: Any) -> Survey:
    """A survey of Cottonwood's students, open for years, so that a test need not choose its day."""
    words = {
        "title": {"en": "A good day", "es": "Un buen día"}, "intro": {"en": "We want to know."},
        "audience": "students", "way": "open", "languages": ["en", "es"], "sheet": SHEET,
        "opens": date(2020, 1, 1), "closes": date(2039, 1, 1), "known": 60,
        "known_by_group": {"g3": 20, "g4": 20, "g5": 20},
    }  # fmt: skip
    return surveys.make_survey(project=begin(cast), said=words | said, by=cast.rosa)


def opened(cast: Cast, **said: Any) -> Survey:
    """Open, and one by links of their own with room for sixty-four, as if as many were asked."""
    survey = make(cast, **said)
    if survey.way == Way.PERSONAL:
        Participation.objects.create(
            survey=survey, district_id=survey.district_id, answered=bytes(8)
        )
    return surveys.open_survey(survey=survey, by=cast.rosa)


def asked_by_mail(cast: Cast, people: int = 3) -> Survey:
    """Open, with a link of their own for so many students in all, each with an e-mail."""
    for number in range(people - 2):
        make_student(cast.cottonwood, f"Learner{number}", "Here")
    Person.objects.filter(student__school=cast.cottonwood).update(
        email=Concat(Value("learner"), "pk", Value("@example.org"), output_field=CharField())
    )
    survey = make(cast, way="personal")
    ask_everybody(survey=survey, by=cast.rosa)
    return surveys.open_survey(survey=survey, by=cast.rosa)


def say(survey: Survey, slot: int | None = None, language: str = "en", **told: str) -> None:
    """One answer: say(survey, grade="g4", home="3", help="friends music")."""
    answering.answer(
        survey=survey, language=language, today=date(2026, 11, 2), slot=slot,
        told={key: [words] if key in ("who", "better") else words.split()
              for key, words in told.items()},
    )  # fmt: skip


def count(survey: Survey, *place: str) -> int:
    counts: list[int] = Box.objects.get(survey=survey).counts
    return counts[survey.places[place] - 1]


def counted(cast: Cast, answers: int = 12) -> Survey:
    """The same, answered and sealed."""
    survey = opened(cast)
    for n in range(answers):
        say(survey, grade="g3", home=str(1 + n % 4), better=f"Idea {n}")
    return surveys.seal(survey=survey, by=cast.rosa)
