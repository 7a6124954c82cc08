"""Findings with what each rests on: strengths first, and drafts with the reason why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearth.listening.models import Finding, ListeningProject
from hearth.listening.models.finding import FindingSource, NotWhatWeSaid
from hearth.listening.rules.careful import tells_of_harm
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.findings import LEARNERS, Source, why_draft


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding, how many sources of how many kinds it has, and what is missing."""

    row: Finding
    sources: int
    kinds: int
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody who was heard wrote, and whether it may tell of harm."""

    row: NotWhatWeSaid
    harm: bool


def standing(project: ListeningProject) -> list[Standing]:
    rows = (
        Finding.objects.filter(project=project)
        .order_by("-side", "pk")
        .prefetch_related("sources__interview", "recommendations")
    )
    return [_with(row) for row in rows]


def what_stands(project: ListeningProject) -> list[Standing]:
    return [one for one in standing(project) if not one.missing]


def doubts_of(project: ListeningProject) -> list[Doubt]:
    """For whoever runs the listening alone. What may tell of harm first, then the newest."""
    rows = NotWhatWeSaid.objects.filter(finding__project=project).select_related("finding")
    phrases = harm_phrases()
    found = [Doubt(row, tells_of_harm(row.words, phrases)) for row in rows.order_by("-pk")]
    return sorted(found, key=lambda one: not one.harm)


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
