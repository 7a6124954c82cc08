"""Findings with what each rests on: strengths first, and drafts with the reason why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from hearth.listening.models import Audience, Finding, ListeningProject
from hearth.listening.models.finding import FindingSource, NotWhatWeSaid
from hearth.listening.models.heard import Role
from hearth.listening.rules.careful import tells_of_harm
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.findings import LEARNERS, Source, why_draft

VOICE_OF = {
    Audience.STUDENTS: Role.STUDENT, Audience.YOUNG: Role.STUDENT, Audience.FAMILIES: Role.FAMILY,
    Audience.STAFF: Role.STAFF, Audience.PARTNERS: Role.PARTNER, Audience.NEIGHBORS: Role.PARTNER,
}  # fmt: skip


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
    sources = FindingSource.objects.select_related("interview", "surveyed")
    rows = (
        Finding.objects.filter(project=project)
        .order_by("-side", "pk")
        .prefetch_related(Prefetch("sources", sources), "recommendations")
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
    """What a survey told and its texts are one kind: they are of the same people on one day."""
    return [Source(row.thing[0], _who(row)) for row in rows]


def _who(row: FindingSource) -> str:
    """Statements are a student forum's: learners said them."""
    if row.interview:
        return row.interview.role
    if row.surveyed:
        return VOICE_OF[Audience(row.surveyed.audience)].value
    return LEARNERS if row.statement_id else ""


def _with(row: Any) -> Standing:
    sources = sources_of(row.sources.all())
    return Standing(row, len(sources), len({one.kind for one in sources}), why_draft(sources))
