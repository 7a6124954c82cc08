"""What a page of this room asks of the database, with one row of everything and with many."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.listening.actions import coding, finding
from hearth.listening.actions import project as projects
from hearth.listening.actions import survey as surveys
from hearth.listening.actions.asking import ask_everybody
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.surveyed import take
from hearth.listening.models import (
    Document,
    Interview,
    Statement,
    Survey,
    Visit,
)
from tests.cast import Cast
from tests.listening.world import SHEET, counted
from tests.listening.world import say as answer
from tests.listening.world_outside import with_figures_of_another_survey

DAY = date(2026, 10, 5)
TOLD: dict[Any, dict[str, Any]] = {
    Interview: {"role": "student", "quote": "yes", "stories": "We plant in the garden."},
    Statement: {"words": "Recess is too short.", "agree": 19, "disagree": 3, "passed": 2},
    Visit: {"minutes": 10, "noticed": "They plant."},
    Document: {"title": "The plan", "excerpt": "A garden."},
}
PAGES: dict[str, Callable[[Survey], str]] = {
    "projects": lambda survey: "",
    "waiting": lambda survey: "waiting/",
    "project": lambda survey: f"{survey.project_id}/",
    "survey": lambda survey: f"surveys/{survey.pk}/",
    "results": lambda survey: f"surveys/{survey.pk}/results/",
    "heard": lambda survey: f"{survey.project_id}/heard/",
    "sorting": lambda survey: f"{survey.project_id}/sorting/",
    "gap": lambda survey: f"{survey.project_id}/gap/",
    "outside": lambda survey: f"{survey.project_id}/outside/",
    "findings": lambda survey: f"{survey.project_id}/findings/",
    "reached": lambda survey: f"{survey.project_id}/reached/",
}
AT_MOST = 12


def more(cast: Cast, survey: Survey) -> None:
    """One more of everything that stands on these pages."""
    project = survey.project
    projects.begin_project(
        school=cast.cottonwood, by=cast.rosa,
        said={name: getattr(project, name) for name in projects.FIELDS},
    )  # fmt: skip
    for to_whom in ("", "families"):
        projects.add_day(project=project, day=DAY, what="A forum", to_whom=to_whom, by=cast.rosa)
    taken = take(survey=survey, question="home", by=cast.rosa)
    sources = [("surveyed", taken.pk)]
    for kind, said in TOLD.items():
        row = write_down(kind, project=project, key=uuid4(), said={"on": DAY} | said, by=cast.rosa)
        sources.append((str(kind._meta.model_name), row.pk))
        for by in (cast.rosa, cast.grace):
            coding.sort(thing=row, keys=["default.strengths"], side="strength", by=by)
    for kept in (sources, sources[:1]):
        made = finding.write_finding(
            project=project, sources=kept, by=cast.rosa,
            said={"side": "strength", "about": "default.real_work", "sure": "fair",
                  "words": "Children feel proud in the garden."},
        )  # fmt: skip
        finding.recommend(finding=made, words="A bed", owner="Tom", next_step="Ask the city",
                          by_when=DAY + timedelta(days=90), by=cast.rosa)  # fmt: skip
        finding.doubt(finding=made, words="It was the cooking, too.")
    finding.open_check(project=project, by=cast.rosa)
    with_figures_of_another_survey(project)
    said = {
        "title": {"en": "Again"}, "intro": {}, "audience": "families", "way": "open",
        "languages": ["en"], "sheet": SHEET, "opens": date(2020, 1, 1), "closes": date(2039, 1, 1),
        "known": None, "known_by_group": {},
    }  # fmt: skip
    surveys.make_survey(project=project, said=said, by=cast.rosa)
    own = said | {"way": "personal", "audience": "students"}
    asked = surveys.make_survey(project=project, said=own, by=cast.rosa)
    ask_everybody(survey=asked, by=cast.rosa)
    answer(surveys.open_survey(survey=asked, by=cast.rosa), slot=0, home="3")


def asked(cast: Cast, address: str) -> list[str]:
    rosa = Client()
    rosa.force_login(cast.rosa)
    rosa.get(address)
    with CaptureQueriesContext(connection) as found:
        assert rosa.get(address).status_code == 200
    # Savepoints, and the district that comes back after the page, stand only in tests.
    return [one["sql"] for one in found if not one["sql"].startswith(
        ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SELECT set_config('hearth."))]  # fmt: skip


def test_a_page_asks_as_often_of_many_rows_as_of_few(cast: Cast) -> None:
    survey = counted(cast)
    few: dict[str, int] = {}
    for rows in (1, 4):
        for _row in range(rows):
            more(cast, survey)
        for name, address in PAGES.items():
            found = asked(cast, f"/listening/{address(survey)}")
            few.setdefault(name, len(found))
            assert len(found) <= AT_MOST, "\n".join([name, *found])
            assert len(found) <= few[name], "\n".join([name, *found])
