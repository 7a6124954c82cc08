"""What staff and partners said beside students, and what two surveys of others told.

Every answer and every figure is invented.
"""

import random
from datetime import date, timedelta
from uuid import uuid4

from hearth.access.models import User
from hearth.demo import clock
from hearth.listening.actions import answering
from hearth.listening.actions import survey as surveys
from hearth.listening.actions.outside import keep_figures
from hearth.listening.models import ListeningProject
from hearth.listening.rules import dated
from hearth.listening.rules.outside import Given, read
from hearth.listening.rules.sets import shipped

OTHERS = """survey,question,group,n,percent
CHKS,Caring adult relationships,,84,63
CHKS,School connectedness,,84,57
CHKS,Perceived school safety,,83,71
CHKS,Meaningful participation,,84,34
CHKS,Meaningful participation,Grade: 5,46,37
CHKS,Meaningful participation,Grade: 3,38,30
CSSS,Caring adult relationships,,29,90
CSSS,Perceived school safety,,29,83
"""


def tell_sides(project: ListeningProject, rosa: User, today: date) -> None:
    _grown_ups(project, rosa, today)
    _others(project, rosa)


def _grown_ups(project: ListeningProject, rosa: User, today: date) -> None:
    """Staff and partners, who see most things as better than students do."""
    lot = random.Random(34)  # noqa: S311 - made answers
    opens = today - timedelta(days=28)
    for key, many, moods in (("staff", 31, [2, 3, 3, 4, 4, 4]), ("partners", 14, [2, 3, 3, 3, 4])):
        with clock.on(opens):
            chosen = shipped()[key]
            said = {
                "title": chosen.title, "intro": chosen.intro, "audience": chosen.audience,
                "way": "open", "languages": ["en", "es"], "sheet": list(chosen.sheet),
                "opens": opens, "closes": today - timedelta(days=10), "known": many + 4,
                "known_by_group": {},
            }  # fmt: skip
            survey = surveys.make_survey(project=project, said=said, by=rosa)
            survey = surveys.open_survey(survey=survey, by=rosa)
            for _ in range(many):
                told = {q.key: [str(lot.choice(moods))] for q in survey.questions
                        if q.kind == "scale"}  # fmt: skip
                told["listened"] = [str(lot.choice([1, 2, 3, 3]))]
                told["work"] = ["teaching"]
                answering.answer(survey=survey, told=told, language="en", today=opens)
        with clock.on(today - timedelta(days=9)):
            surveys.seal(survey=survey, by=rosa)


def _others(project: ListeningProject, rosa: User) -> None:
    """An invented table, as a district would send it: figures of many, and one group of few."""
    least = dated.number("least", project.starts)
    year = f"{project.starts.year - 1}-{project.starts.year % 100:02}"
    table = read(OTHERS, Given("", year, frozenset(), least))
    keep_figures(
        school=project.school, figures=table.figures, by=rosa, key=uuid4(),
        source="Report of last spring (invented), pages 4 and 9",
        terms="Given by the district, for the school's own planning",
    )  # fmt: skip
