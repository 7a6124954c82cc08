"""Cottonwood listens: a project of Rosa's, as the other tests of this room need it."""

from datetime import date
from typing import Any

from hearth.listening.actions import project as projects
from hearth.listening.models import ListeningProject
from tests.cast import Cast

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
