"""What makes Cottonwood's quilt whole: findings, a step since last year, what came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.listening.actions.finding import recommend, write_finding
from hearth.listening.actions.phase import decide_phase
from hearth.listening.actions.project import add_day, begin_project, day_is_done
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import (
    Finding,
    Interview,
    ListeningProject,
    Statement,
    Visit,
)
from hearth.schools.models import District, Session

# Side, elements, English, Spanish, and what it rests on: the n-th of a kind.
FOUND: tuple[tuple[str, list[str], str, str, list[tuple[str, int]]], ...] = (
    ("strength", ["condition.social_emotional", "condition.supports", "pillar.integrated_supports"],
     "When somebody is sad, there is a grown-up they can go to.",
     "Cuando alguien está triste, hay un adulto a quien acudir.",
     [("statement", 0), ("interview", 1)]),
    ("strength", ["commitment.instruction", "commitment.assets"],
     "What grandparents know is taught in the garden, in two languages.",
     "Lo que saben los abuelos se enseña en el jardín, en dos idiomas.",
     [("interview", 0), ("visit", 0)]),
    ("strength", ["pillar.family_engagement"],
     "At the office people are known by name, and answered in their language.",
     "En la oficina conocen a la gente por su nombre y responden en su idioma.",
     [("interview", 2), ("statement", 0)]),
    ("opportunity", ["condition.instruction", "commitment.shared_decisions"],
     "Children want a say in what they learn next.",
     "Los niños quieren opinar sobre lo que aprenderán después.",
     [("statement", 1), ("visit", 0)]),
    ("opportunity", ["pillar.extended_learning"],
     "Recess is too short for making things; children ask for more days with the garden.",
     "El recreo no alcanza para crear cosas; los niños piden más días en el jardín.",
     [("statement", 2), ("interview", 0)]),
)  # fmt: skip
NEXT = (
    "condition.instruction", "Tom and the student council", "Tom y el consejo estudiantil",
    "Begin each unit with the children's questions",
    "Empezar cada unidad con las preguntas de los niños",
    "Collect three questions of each class by the winter break",
    "Reunir tres preguntas de cada clase antes de las vacaciones de invierno",
)  # fmt: skip
STRATEGIES = {
    "shared_commitment.interviews": "engaging",
    "community_based_learning.units": "engaging",
    "collaborative_leadership.minutes": "visioning",
}


def tell_quilt(district: District, *, today: date) -> None:
    """Telling it twice adds nothing."""
    project = (
        ListeningProject.objects.filter(school__source_id=SCHOOL["cottonwood"].source_id)
        .exclude(session=None)
        .order_by("-starts", "pk")
        .first()
    )
    if project is None or Finding.objects.filter(words=FOUND[0][2]).exists():
        return
    by = User.objects.get(email=BY_KEY["rosa"].email)
    _found(project, by, today)
    _phases(project, by, today)
    day = add_day(
        project=project, day=today - timedelta(days=6), by=by,
        what="Read aloud in every class what students said", to_whom="students",
        what_es="Se leyó en cada clase lo que dijeron los estudiantes", to_whom_es="estudiantes",
    )  # fmt: skip
    day_is_done(day=day, by=by)
    _signed(project, by, today)


def _found(project: ListeningProject, by: User, today: date) -> None:
    kinds: dict[str, Any] = {"interview": Interview, "statement": Statement, "visit": Visit}
    heard = {
        kind: [row.pk for row in model.objects.filter(project=project).order_by("pk")]
        for kind, model in kinds.items()
    }
    for side, elements, words, words_es, rests_on in FOUND:
        made = write_finding(
            project=project, by=by, sources=[(kind, heard[kind][at]) for kind, at in rests_on],
            said={"side": side, "about": elements[0], "elements": elements, "sure": "fair",
                  "words": words, "words_es": words_es},
        )  # fmt: skip
        key, owner, owner_es, idea, idea_es, step, step_es = NEXT
        if key in elements:
            recommend(
                finding=made, words=idea, words_es=idea_es, owner=owner, owner_es=owner_es,
                next_step=step, next_step_es=step_es, by_when=today + timedelta(days=40), by=by,
            )  # fmt: skip


def _phases(project: ListeningProject, by: User, today: date) -> None:
    """Where the council saw the school a year ago, and where it sees it now."""
    with clock.on(today - timedelta(days=300)):
        earlier = _last_year(project, by, today)
        for strategy in STRATEGIES:
            _decide(earlier, strategy, "visioning", by, today - timedelta(days=310))
    for strategy, phase in STRATEGIES.items():
        _decide(project, strategy, phase, by, today - timedelta(days=12))


def _decide(project: ListeningProject, strategy: str, phase: str, by: User, on: date) -> None:
    said = {"phase": f"phase.{phase}", "artifacts": [f"artifact.{strategy}"], "also": "",
            "decided_by": "School site council", "decided_on": on}  # fmt: skip
    decide_phase(project=project, strategy=f"strategy.{strategy.split('.')[0]}", said=said, by=by)


def _last_year(project: ListeningProject, by: User, today: date) -> ListeningProject:
    now: Any = project.session
    begins, ends = now.starts - timedelta(days=365), now.starts - timedelta(days=60)
    year = Session.objects.create(
        district_id=project.district_id, kind=Session.Kind.YEAR, starts=begins, ends=ends,
        title=f"{begins.year}-{ends.year}",
    )  # fmt: skip
    said = {
        name: getattr(project, name)
        for name in ("questions", "questions_es", "consent_en", "consent_es")
    }
    return begin_project(
        school=project.school, by=by,
        said=said | {
            "session": year, "title": "A first round of listening",
            "title_es": "Una primera ronda de escucha",
            "purpose": "To learn how to listen before we ask everybody.",
            "purpose_es": "Aprender a escuchar antes de preguntar a todas las personas.",
            "guiding_group": "Rosa, Grace and two families", "starts": begins, "ends": ends,
        },
    )  # fmt: skip


def _signed(project: ListeningProject, by: User, today: date) -> None:
    """The guiding group read what was added, and signed it."""
    with clock.on(today - timedelta(days=1)):
        version, _new = make_report(project=project, by=by)
        grace = User.objects.get(email=BY_KEY["grace"].email)
        for who, speaks_for in ((grace, "the guiding group"), (by, "the coordinator's team")):
            sign_report(report=version, speaks_for=speaks_for, words="", by=who)
