"""What Cottonwood heard this fall, and what its council made of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.listening.actions import project as projects
from hearth.listening.actions.coding import let_quote, sort
from hearth.listening.actions.finding import open_check, recommend, write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.phase import decide_phase
from hearth.listening.actions.reach import say_reached
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.actions.surveyed import take
from hearth.listening.models import (
    Document,
    Interview,
    ListeningProject,
    Statement,
    StrategyPhase,
    Survey,
    Visit,
)
from hearth.schools.models import District, School, Session

TITLE = "What makes a good day at Cottonwood?"


def tell_hearing(district: District, *, today: date) -> None:
    """Telling it twice adds nothing."""
    if StrategyPhase.objects.exists():
        return
    by = User.objects.get(email=BY_KEY["rosa"].email)
    with clock.on(today - timedelta(days=40)):
        project = _project(by, today)
    _heard(project, by, today)
    _sorted(project, by)
    _found(project, by, today)
    _reached(project, by)
    _phases(project, by, today)
    _told(project, by, today)


def _project(by: User, today: date) -> ListeningProject:
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    standing = ListeningProject.objects.filter(school=school).exclude(session=None).first()
    if standing:
        found: ListeningProject = standing
        return found
    year = Session.objects.filter(kind=Session.Kind.YEAR, starts__lte=today, ends__gte=today)
    return projects.begin_project(
        school=school,
        said={
            "session": year.first(), "title": TITLE,
            "purpose": "To hear what helps children feel at home here before the council plans.",
            "questions": ["When is a day here a good one?", "What gets in the way of it?"],
            "guiding_group": "Two students of grade 5, two families, Tom, Rosa, a partner",
            "starts": today - timedelta(days=40), "ends": today + timedelta(days=160),
            "consent_en": "You may leave out anything. Your name is not written down.",
            "consent_es": "Puede no contestar lo que no quiera. No se escribe su nombre.",
        },
        by=by,
    )  # fmt: skip


def _phases(project: ListeningProject, by: User, today: date) -> None:
    for strategy, phase, seen in (
        ("shared_commitment", "phase.engaging", ["interviews", "surveys"]),
        ("partnerships", "phase.visioning", ["feedback"]),
    ):
        said = {
            "phase": phase, "also": "", "decided_by": "School site council",
            "artifacts": [f"artifact.{strategy}.{one}" for one in seen],
            "decided_on": today - timedelta(days=12),
        }  # fmt: skip
        decide_phase(project=project, strategy=f"strategy.{strategy}", said=said, by=by)


TOLD: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("student", "yes", "en", "When we planted the garden, everybody wanted to hear how we do it at "
     "my grandfather's. I felt important.", "More days when we make things.", "The garden."),
    ("student", "other_words", "en", "At lunch it is loud and I do not know where to sit.",
     "A quiet corner at lunch.", "My class helps each other."),
    ("family", "yes", "es", "Cuando llamé, me contestaron en español y me esperaron.",
     "Juntas después de las seis.", "En la oficina nos conocen."),
    ("staff", "no", "en", "We plan alone; the bell decides.", "One hour a week together.",
     "People stay here for years."),
)  # fmt: skip
HANDS = (
    ("When I am sad, there is somebody here I can go to.", 41, 8, 6),
    ("We have a say in what we learn.", 24, 22, 9),
    ("Recess is long enough.", 6, 47, 2),
)


def _heard(project: ListeningProject, by: User, today: date) -> None:
    on = today - timedelta(days=30)

    def down(kind: Any, **said: Any) -> None:
        write_down(kind, project=project, key=uuid4(), said={"on": on, **said}, by=by)

    for role, quote, language, stories, needs, strengths in TOLD:
        down(Interview, role=role, quote=quote, language=language, stories=stories, needs=needs,
             strengths=strengths, group="")  # fmt: skip
    for words, agree, disagree, passed in HANDS:
        down(Statement, words=words, agree=agree, disagree=disagree, passed=passed)
    down(Visit, minutes=20, seen=["learners_talk", "belonging"],
         noticed="Pairs explained how they measured the beds; two did so in Spanish.",
         wondered="Do they choose what to measure next?")  # fmt: skip
    down(Document, title="Bell schedule 2026-27", link="bell-schedule.pdf", place="1",
         excerpt="Lunch and recess together: 30 minutes.")  # fmt: skip


def _sorted(project: ListeningProject, by: User) -> None:
    """Rosa and Grace each sorted what they heard; two of the words may leave."""
    grace = User.objects.get(email=BY_KEY["grace"].email)
    rows: list[Any] = [
        *Interview.objects.filter(project=project).order_by("pk"),
        *Statement.objects.filter(project=project).order_by("pk"),
    ]
    keys = ["default.real_work", "condition.relationships", "pillar.family_engagement",
            "default.time_together", "default.trust", "default.designed_together",
            "condition.relationships"]  # fmt: skip
    sides = ["strength", "opportunity", "strength", "opportunity", "strength", "neither",
             "opportunity"]  # fmt: skip
    for at, (row, key, side) in enumerate(zip(rows, keys, sides, strict=False)):
        sort(thing=row, keys=[key], side=side, by=by)
        if at < 6:
            sort(thing=row, keys=[key], side="opportunity" if at == 5 else side, by=grace)
    for at, words in ((0, "I felt important."), (2, "Me contestaron en español y me esperaron.")):
        if rows[at].quote == "yes":
            let_quote(interview=rows[at], words=words, looked=True, by=by)


def _found(project: ListeningProject, by: User, today: date) -> None:
    """Three that stand and one that waits for learners."""
    told = [("interview", pk) for pk in _keys(project, Interview)]
    said = [("statement", pk) for pk in _keys(project, Statement)]
    seen = [("visit", pk) for pk in _keys(project, Visit)]
    read = [("document", pk) for pk in _keys(project, Document)]
    asked = [
        ("surveyed", take(survey=survey, question="miss", by=by).pk)
        for survey in Survey.objects.filter(project=project, audience="students").exclude(
            sealed_at=None
        )
    ]
    for side, about, elements, sure, words, words_es, sources in (
        ("strength", "default.real_work", ["commitment.assets", "commitment.instruction"], "fair",
         "Children feel proud where their families' knowledge is used, as in the garden.",
         "Los niños sienten orgullo donde se usa lo que saben sus familias, como en el huerto.",
         [told[0], *seen]),
        ("strength", "pillar.family_engagement", [], "fair",
         "Families are answered in their language, and children know whom to go to.",
         "A las familias se les contesta en su idioma, y los niños saben a quién acudir.",
         [told[2], said[0]]),
        ("opportunity", "condition.relationships", [], "very",
         "Lunch and recess are short and loud, and some children sit alone.",
         "El almuerzo y el recreo son cortos y ruidosos, y algunos niños se sientan solos.",
         [told[1], said[2], *read, *asked]),
        ("opportunity", "default.time_together", ["pillar.collaborative_leadership"], "first",
         "Adults plan alone, because the day leaves no hour to plan together.",
         "Las personas adultas planean solas, porque el día no deja una hora para planear juntas.",
         [told[3], *read]),
    ):  # fmt: skip
        made = write_finding(
            project=project, sources=sources, by=by,
            said={"side": side, "about": about, "elements": elements, "sure": sure,
                  "words": words, "words_es": words_es},
        )  # fmt: skip
        if about == "condition.relationships":
            recommend(
                finding=made, words="A quiet corner at lunch that older students look after.",
                words_es="Un rincón tranquilo a la hora del almuerzo, que cuidan los mayores.",
                owner="Tom and two students of grade 5",
                owner_es="Tom y dos estudiantes de 5.º grado",
                next_step="Ask the student council where it should be",
                next_step_es="Preguntar al consejo estudiantil dónde debe estar",
                by_when=today + timedelta(days=25), by=by,
            )  # fmt: skip
    open_check(project=project, by=by)


def _keys(project: ListeningProject, kind: Any) -> list[int]:
    rows = kind.objects.filter(project=project).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _reached(project: ListeningProject, by: User) -> None:
    for group, people, anonymous, ways in (
        ("students", 55, 0, ["forum", "interview"]),
        ("families", 8, 21, ["interview", "meeting"]),
        ("staff", 9, 0, ["meeting"]),
        ("english_learner", 6, 0, ["forum"]),
    ):
        said = {"people": people, "anonymous": anonymous, "known": None, "by": ways,
                "rule": "Sign-in sheets, each person once a year"}  # fmt: skip
        say_reached(project=project, group=group, said=said, by=by)


def _told(project: ListeningProject, by: User, today: date) -> None:
    """The guiding group read it together, and two of it signed."""
    with clock.on(today - timedelta(days=3)):
        version, _new = make_report(project=project, by=by)
        grace = User.objects.get(email=BY_KEY["grace"].email)
        sign_report(
            report=version, speaks_for="the guiding group, which read it aloud together",
            words="This is what we heard. The quiet corner comes first.", by=grace,
        )  # fmt: skip
        sign_report(report=version, speaks_for="the coordinator's team", words="", by=by)
