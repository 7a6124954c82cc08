"""What Sycamore and Larkspur heard, signed as well: so that there is something side by side."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import uuid4

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY
from hearth.demo.cast import SCHOOL as SCHOOLS
from hearth.listening.actions import project as projects
from hearth.listening.actions.coding import let_quote
from hearth.listening.actions.finding import recommend, write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Document, Interview, ListeningProject, Statement, Visit
from hearth.schools.models import District, School, Session

KINDS: dict[str, Any] = {
    "interview": Interview, "statement": Statement, "visit": Visit, "document": Document,
}  # fmt: skip
CONSENT = {
    "consent_en": "You may leave out anything. Your name is not written down.",
    "consent_es": "Puede no contestar lo que no quiera. No se escribe su nombre.",
}


def tell_elsewhere(district: District, *, today: date) -> None:
    """Helen leads the listening of both; telling it twice adds nothing."""
    helen = User.objects.get(email=BY_KEY["helen"].email)
    text = (files("hearth.demo") / "hearing_elsewhere.toml").read_text(encoding="utf-8")
    for told in tomllib.loads(text)["school"]:
        school = School.objects.get(source_id=SCHOOLS[told["key"]].source_id)
        if not ListeningProject.objects.filter(school=school).exists():
            _tell(school, told, helen, today)


def _tell(school: School, told: dict[str, Any], by: User, today: date) -> None:
    year = Session.objects.filter(kind="schoolYear", starts__lte=today, ends__gte=today).first()
    said = {
        "session": year, "starts": today - timedelta(days=50), "ends": today + timedelta(days=150),
        **{f"{name}{at}": told[f"{name}{at}"] for at in ("", "_es")
           for name in ("title", "purpose", "questions", "guiding_group")},
    }  # fmt: skip
    with clock.on(today - timedelta(days=50)):
        project = projects.begin_project(school=school, said=said | CONSENT, by=by)
        things = _heard(project, told, by, today - timedelta(days=30))
    with clock.on(today - timedelta(days=6)):
        for each in told["finding"]:
            _found(project, each, things, by, today)
        version, _new = make_report(project=project, by=by)
        sign_report(report=version, speaks_for=told["speaks_for"], words="", by=by)


def _heard(
    project: ListeningProject, told: dict[str, Any], by: User, on: date
) -> dict[str, tuple[str, int]]:
    """By its kind and place in the file: "interview 0"."""
    things = {}
    for kind, model in KINDS.items():
        for at, row in enumerate(told.get(kind, ())):
            words = {name: row[name] for name in row if name != "let_out"}
            made = write_down(
                model, project=project, key=uuid4(), said={"on": on} | words, by=by
            )  # fmt: skip
            if "let_out" in row:
                let_quote(interview=made, words=row["let_out"], looked=True, by=by)
            things[f"{kind} {at}"] = (kind, made.pk)
    return things


def _found(
    project: ListeningProject, told: dict[str, Any], things: dict[str, tuple[str, int]], by: User,
    today: date,
) -> None:  # fmt: skip
    made = write_finding(
        project=project, said=told, sources=[things[name] for name in told["rests_on"]], by=by
    )
    if "recommend" in told:
        said = {name: words for name, words in told["recommend"].items() if name != "days"}
        by_when = today + timedelta(days=told["recommend"]["days"])
        recommend(finding=made, by_when=by_when, by=by, **said)
