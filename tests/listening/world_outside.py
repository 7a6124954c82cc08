"""A figure of somebody else's survey at Cottonwood, as the tests of this room need it."""

from typing import Any
from uuid import uuid4

from hearth.listening.actions.outside import keep_figures
from hearth.listening.models import ListeningProject, OutsideFile
from hearth.listening.rules.outside import Given, read


def with_figures_of_another_survey(project: ListeningProject) -> OutsideFile:
    """One line of CHKS, brought in by whoever began the project."""
    by: Any = project.made_by
    table = read("question,n,percent\nCaring relationships,212,58\n",
                 Given("CHKS", "2025-26", frozenset(), 11))  # fmt: skip
    return keep_figures(
        school=project.school, figures=table.figures, source="The report, page 4",
        terms="Published", by=by, key=uuid4(),
    )  # fmt: skip
