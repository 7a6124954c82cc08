"""What there is to sort, what this person sorted, and how far two of them agree."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.listening.models import (
    Document,
    Interview,
    ListeningProject,
    Statement,
    Surveyed,
    Visit,
)
from hearth.listening.models.coding import Coding
from hearth.listening.rules.kappa import kappa

MODELS: dict[str, Any] = {
    "interview": Interview, "statement": Statement, "visit": Visit, "document": Document,
    "surveyed": Surveyed,
}  # fmt: skip
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to sort: who said it in which way, its words, and the side this reader took."""

    kind: str
    pk: int
    who: str
    words: str
    mine: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people, the things both sorted, on how many they took the same side, and kappa."""

    names: tuple[str, str]
    both: int
    same: int
    value: float | None


def who_of(row: Any) -> str:
    """The kind of source, and who spoke, where somebody did: a finding needs two kinds, and
    learners among them."""
    if isinstance(row, Interview):
        return _("Interview: %(who)s") % {"who": row.get_role_display()}
    if isinstance(row, Surveyed):
        return _("Survey: %(who)s") % {"who": row.get_audience_display()}
    return {
        Statement: _("What a forum said"), Visit: _("Classroom visit"), Document: _("Document"),
    }[type(row)]  # fmt: skip


def words_of(row: Any) -> str:
    if isinstance(row, Surveyed):
        return row.in_words((get_language() or "en")[:2])
    parts = {
        Interview: ("stories", "strengths", "needs"), Statement: ("words",),
        Visit: ("noticed", "wondered"), Document: ("excerpt",),
    }[type(row)]  # fmt: skip
    return "\n".join(said for said in (getattr(row, part) for part in parts) if said)


def things(project: ListeningProject, user: User) -> list[Thing]:
    """Everything of the project that this person may read, what is not sorted yet first."""
    mine = {one.thing: one.get_side_display() for one in
            Coding.objects.filter(project=project, made_by=user)}  # fmt: skip
    rows = [
        Thing(kind, row.pk, who_of(row), words_of(row), str(mine.get((kind, row.pk), "")))
        for kind, model in MODELS.items()
        for row in model.objects.visible_to(user).filter(project=project).order_by("pk")
    ]
    return sorted(rows, key=lambda one: one.mine != "")


def agreements(project: ListeningProject, user: User) -> list[Agreement]:
    """Each pair over what both sorted, out of what is open to this reader."""
    # By name for the order on the page, and by key: two who share a name are two.
    sides: dict[tuple[str, int], dict[tuple[str, int], str]] = defaultdict(dict)
    open_rows = Coding.objects.open_to(user).filter(project=project).select_related("made_by")
    for row in open_rows:
        sides[row.thing][row.made_by.name, row.made_by_id] = row.side
    pairs: dict[tuple[tuple[str, int], tuple[str, int]], list[tuple[str, str]]] = defaultdict(list)
    for by_coder in sides.values():
        for one, two in combinations(sorted(by_coder), 2):
            pairs[one, two].append((by_coder[one], by_coder[two]))
    return [
        Agreement((one[0], two[0]), len(found), sum(left == right for left, right in found),
                  kappa(found) if len(found) >= FEWEST else None)
        for (one, two), found in sorted(pairs.items())
    ]  # fmt: skip
