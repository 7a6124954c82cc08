"""What Cottonwood heard this fall, and what its council made of it."""

from __future__ import annotations

from datetime import date, timedelta

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.listening.actions import project as projects
from hearth.listening.actions.phase import decide_phase
from hearth.listening.models import ListeningProject, StrategyPhase
from hearth.schools.models import District, School, Session

TITLE = "What makes a good day at Cottonwood?"


def tell_hearing(district: District, *, today: date) -> None:
    """Telling it twice adds nothing."""
    if StrategyPhase.objects.exists():
        return
    by = User.objects.get(email=BY_KEY["rosa"].email)
    with clock.on(today - timedelta(days=40)):
        project = _project(by, today)
    _phases(project, by, today)


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
