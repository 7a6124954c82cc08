"""A forum's statements in order: what is shared, where people differ, and what is still open."""

from datetime import date

from hearth.listening.models import ListeningProject
from hearth.listening.models.heard import Statement
from hearth.listening.rules import forum
from hearth.listening.rules.hearing import number


def by_standing(project: ListeningProject, today: date) -> dict[str, list[Statement]]:
    limits = {key: number(key, today) for key in ("shared", "differ", "fewest")}
    found: dict[str, list[Statement]] = {
        key: [] for key in (forum.SHARED, forum.AGAINST, forum.DIFFER, forum.OPEN, forum.FEW)
    }
    for row in Statement.objects.filter(project=project).order_by("on", "pk"):
        found[forum.stands(row.agree, row.disagree, row.passed, **limits)].append(row)
    return found
