"""Findings with what each rests on: strengths first, and drafts with the reason why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearth.listening.models import Finding, ListeningProject
from hearth.listening.models.finding import FindingSource
from hearth.listening.rules.findings import LEARNERS, Source, why_draft


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding, how many sources of how many kinds it has, and what is missing."""

    row: Finding
    sources: int
    kinds: int
    missing: list[str]


def standing(project: ListeningProject) -> list[Standing]:
    rows = (
        Finding.objects.filter(project=project)
        .order_by("-side", "pk")
        .prefetch_related("sources__interview", "recommendations")
    )
    return [_with(row) for row in rows]


def what_stands(project: ListeningProject) -> list[Standing]:
    return [one for one in standing(project) if not one.missing]


def sources_of(rows: Iterable[FindingSource]) -> list[Source]:
    """Statements are a student forum's: learners said them."""
    found = []
    for row in rows:
        kind, _pk = row.thing
        role = LEARNERS if kind == "statement" else row.interview.role if row.interview else ""
        found.append(Source(kind, role))
    return found


def _with(row: Any) -> Standing:
    sources = sources_of(row.sources.all())
    return Standing(row, len(sources), len({one.kind for one in sources}), why_draft(sources))
