"""What Cottonwood listens for: a survey of students that is counted, one of families that runs, and
one of the staff by links of their own, with a reminder behind it and one to come.

Every answer is invented, out of a seed. A class of four is among them, and is not told.
"""

import random
from datetime import date, timedelta
from typing import Any

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY
from hearth.demo.cast import SCHOOL as SCHOOLS
from hearth.demo.stories_sides import tell_sides
from hearth.listening.actions import answering
from hearth.listening.actions import project as projects
from hearth.listening.actions import survey as surveys
from hearth.listening.actions.asking import ask_everybody
from hearth.listening.actions.reminding import plan_reminder
from hearth.listening.models import ListeningProject, Survey
from hearth.listening.rules.sets import shipped
from hearth.schools.models import District, School, Session

GOOD = ("The library stays open", "Soccer at lunch", "The jokes in math", "Art on Fridays",
        "My friends", "The garden")  # fmt: skip
BETTER = ("A longer lunch", "More music", "Cleaner restrooms", "Somebody to talk to in the morning",
          "Less noise in the hallway", "More time outside")  # fmt: skip
HELD = "I am afraid to go home on Fridays."
FAMILY_GOOD = (("es", "Nos llaman por nuestro nombre."), ("en", "The teachers write back."),
               ("es", "El jardín."), ("en", "The walking school bus."))  # fmt: skip
FAMILY_NEED = (
    ("es", "Reuniones por la noche y quien cuide a los niños."), ("en", "Forms in our language."),
    ("es", "Ayuda para pagar los lentes."),
)  # fmt: skip


def tell_listening(district: District, *, today: date) -> None:
    """The project, once; both surveys with it."""
    school = School.objects.get(source_id=SCHOOLS["cottonwood"].source_id)
    if ListeningProject.objects.filter(school=school).exists():
        return
    rosa = User.objects.get(email=BY_KEY["rosa"].email)
    with clock.on(today - timedelta(days=40)):
        project = _project(school, rosa, today)
    _students(project, rosa, today)
    tell_sides(project, rosa, today)
    _families(project, rosa, today)
    _staff(project, rosa, today)


def _project(school: School, rosa: User, today: date) -> ListeningProject:
    year = Session.objects.filter(kind="schoolYear", starts__lte=today, ends__gte=today).first()
    project = projects.begin_project(
        school=school, by=rosa,
        said={
            "session": year,
            "title": "What is a good day at Cottonwood?",
            "title_es": "¿Cómo es un buen día en Cottonwood?",
            "purpose": "To hear from every family and every class before we plan next year.",
            "purpose_es": "Escuchar a cada familia y a cada clase antes de planear el próximo año.",
            "questions": ["When do you feel at home here?", "What makes a day hard?",
                          "What must stay as it is?"],
            "questions_es": ["¿Cuándo se siente aquí como en casa?", "¿Qué hace difícil un día?",
                             "¿Qué debe quedarse como está?"],
            "guiding_group": "Two students of grade 5, three families, Tom, Amina and Rosa.",
            "guiding_group_es": "Dos estudiantes de 5.º grado, tres familias, Tom, Amina y Rosa.",
            "story": "We set out to ask about good days, and heard about gardens. Children told us "
                     "where they feel proud: wherever something that their family knows is used. "
                     "We had not expected how often lunch would be named, and by how many kinds of "
                     "people.\nFewer families than we wanted have spoken yet. What stands here is "
                     "a beginning.",
            "story_es": "Salimos a preguntar por los buenos días y nos hablaron de huertos. Los "
                        "niños nos contaron dónde sienten orgullo: donde se usa algo que su "
                        "familia sabe. No esperábamos que tanta gente distinta nombrara el "
                        "almuerzo.\nTodavía han hablado menos familias de las que queríamos. Esto "
                        "es un comienzo.",
            "starts": today - timedelta(days=40), "ends": today + timedelta(days=120),
            "consent_en": "We ask so that the school gets better. Leave out what you like. The "
                          "guiding group reads what everybody said together.",
            "consent_es": "Preguntamos para mejorar la escuela. Deje sin contestar lo que quiera. "
                          "El grupo guía lee junto lo que dijeron todas las personas.",
        },
    )  # fmt: skip
    for days, what, what_es, to_whom, to_whom_es in (
        (14, "The guiding group reads what students said",
         "El grupo guía lee lo que dijeron los estudiantes", "", ""),
        (21, "One page of what we heard, read aloud",
         "Una página de lo que oímos, leída en voz alta", "every class", "cada clase"),
        (35, "An evening with food and interpreters",
         "Una noche con comida e intérpretes", "families", "las familias"),
    ):  # fmt: skip
        projects.add_day(
            project=project, day=today + timedelta(days=days), what=what, what_es=what_es,
            to_whom=to_whom, to_whom_es=to_whom_es, by=rosa,
        )  # fmt: skip
    return project


def _make(project: ListeningProject, key: str, rosa: User, **said: Any) -> Survey:
    chosen = shipped()[key]
    words = {
        "title": chosen.title, "intro": chosen.intro, "audience": chosen.audience, "way": "open",
        "languages": ["en", "es"], "sheet": list(chosen.sheet),
    }  # fmt: skip
    return surveys.make_survey(project=project, said=words | said, by=rosa)


def _students(project: ListeningProject, rosa: User, today: date) -> None:
    lot = random.Random(12)  # noqa: S311 - made answers
    opens = today - timedelta(days=30)
    with clock.on(opens):
        survey = _make(
            project, "students", rosa, opens=opens, closes=today - timedelta(days=10),
            known=90, known_by_group={"g3": 34, "g4": 30, "g5": 26},
        )  # fmt: skip
        survey = surveys.open_survey(survey=survey, by=rosa)
        for grade, many in (("g3", 29), ("g4", 24), ("g5", 18), ("g6", 4)):
            for _ in range(many):
                answering.answer(survey=survey, told=_of_student(survey, grade, lot),
                                 language=lot.choice(["en", "en", "es"]), today=opens)  # fmt: skip
        answering.answer(survey=survey, told={"better": [HELD]}, language="en", today=opens)
    with clock.on(today - timedelta(days=9)):
        surveys.seal(survey=survey, by=rosa)


def _of_student(survey: Survey, grade: str, lot: random.Random) -> dict[str, list[str]]:
    mood = lot.choice([1, 2, 3, 3, 4, 4])
    told = {"grade": [grade]}
    for question in survey.questions:
        if question.kind == "scale":
            value = min(4, max(1, mood + lot.choice([-1, 0, 0, 1])))
            told[question.key] = [str(5 - value if question.reverse else value)]
    told["where"] = [lot.choice(["yard", "halls", "restrooms"])]
    if lot.random() < 0.4:
        told["good"] = [lot.choice(GOOD)]
    if lot.random() < 0.5:
        told["better"] = [lot.choice(BETTER)]
    return told


def _families(project: ListeningProject, rosa: User, today: date) -> None:
    lot = random.Random(21)  # noqa: S311 - made answers
    opens = today - timedelta(days=5)
    with clock.on(opens):
        survey = _make(
            project, "families", rosa, opens=opens, closes=today + timedelta(days=16), known=80,
            known_by_group={"en": 30, "es": 38, "vi": 9},
        )  # fmt: skip
        survey = surveys.open_survey(survey=survey, by=rosa)
    for home, many in (("es", 17), ("en", 13), ("vi", 3)):
        for _ in range(many):
            told = {"language": [home], "when": [lot.choice(["evening", "before", "home"])]}
            for key in ("welcome", "known", "help", "listened", "safe", "words"):
                told[key] = [str(lot.choice([2, 3, 3, 4]))]
            language, words = lot.choice(FAMILY_GOOD)
            told["good"] = [words]
            if lot.random() < 0.5:
                language, words = lot.choice(FAMILY_NEED)
                told["need"] = [words]
            answering.answer(survey=survey, told=told, language=language, today=today)


def _staff(project: ListeningProject, rosa: User, today: date) -> None:
    """Half of the staff have answered. No letter leaves a demonstration."""
    lot = random.Random(33)  # noqa: S311 - made answers
    opens = today - timedelta(days=8)
    with clock.on(opens):
        survey = _make(
            project, "staff", rosa, way="personal", opens=opens, closes=today + timedelta(days=12)
        )
        many = ask_everybody(survey=survey, by=rosa)
        survey = surveys.open_survey(survey=survey, by=rosa)
        gone = plan_reminder(survey=survey, day=opens + timedelta(days=4), by=rosa)
    plan_reminder(survey=survey, day=today + timedelta(days=3), by=rosa)
    gone.sent, gone.without = max(many - many // 3 - 2, 0), min(2, many)
    gone.save(update_fields=["sent", "without"])
    for slot in range(many // 2):
        told = {
            question.key: [lot.choice(question.options).key]
            for question in survey.questions
            if question.kind == "scale"
        }
        answering.answer(survey=survey, told=told, language="en", today=today, slot=slot)
