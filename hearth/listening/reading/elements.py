"""The sixteen elements as a version of a report tells them: the word, and what stands behind it.

Of a school only its newest signed version counts. Whoever reads, reads what they may see anyway.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.access.models import User
from hearth.framework.elements import elements
from hearth.listening.models import ListeningProject, Report
from hearth.listening.models.coding import Coding
from hearth.listening.rules.standing import asked_by, said, status

Row = Mapping[str, Any]
SIDES = {"strength": "told_good", "opportunity": "told_hard"}


@dataclass(frozen=True, slots=True)
class Behind:
    """A finding that was told: its words, and how many sources of which kinds it rests on."""

    pk: int
    project: int
    words: str
    words_es: str
    sure: str
    sources: int
    kinds: Mapping[str, int]

    def in_(self, language: str) -> str:
        return self.words_es or self.words if language.startswith("es") else self.words


@dataclass(frozen=True, slots=True)
class Stands:
    """One element: the key of its word, the word, and the findings behind it."""

    key: str
    status: str
    word: str
    strengths: tuple[Behind, ...] = ()
    opportunities: tuple[Behind, ...] = ()


def keys() -> tuple[str, ...]:
    return tuple(one.key for one in elements())


def newest_signed(reader: User, schools: Collection[int] | None = None) -> dict[int, Report]:
    """Of each school that the reader may see, the newest version somebody signed. One query."""
    rows = Report.objects.visible_to(reader).filter(signed__isnull=False)
    if schools is not None:
        rows = rows.filter(school__in=schools)
    newest = rows.order_by("school_id", "-made_at", "-pk").distinct("school_id")
    return {row.school_id: row for row in newest.select_related("school", "project")}


def not_signed(language: str, today: date, *, begun: bool) -> dict[str, Stands]:
    """What is said of a school without a signed version: never that it does badly."""
    key = status(["unsigned" if begun else "not_begun"], today)
    return {each: Stands(each, key, said(key, language, today)) for each in keys()}


def of_version(report: Report, language: str, today: date) -> dict[str, Stands]:
    """No query: a version keeps everything it tells."""
    return {key: _one(key, report, language, today) for key in keys()}


def how_they_stand(
    project: ListeningProject, findings: Collection[Row], today: date, *, listened: bool,
    scales: Collection[str] = (),
) -> dict[str, str]:  # fmt: skip
    """What a new version keeps: for each element the key of its word. One query."""
    facts: dict[str, set[str]] = {key: {"listened"} if listened else set() for key in keys()}
    for key in facts.keys() & asked_by(scales):
        facts[key].add("asked")
    for sorted_to, side in Coding.objects.filter(project=project).values_list("keys", "side"):
        for key in facts.keys() & set(sorted_to):
            facts[key] |= {"heard"} | ({SIDES[side]} if side in SIDES else set())
    for row in findings:
        for key in facts.keys() & about(row):
            facts[key].add(row["side"])
    return {key: status(found, today) for key, found in facts.items()}


def about(row: Row) -> set[str]:
    """What a told finding speaks of: what it is about, and the elements its team named."""
    return {row["about"], *row.get("elements", ())}


def _one(key: str, report: Report, language: str, today: date) -> Stands:
    told = report.told
    rows = [row for row in told["findings"] if key in about(row)]
    sides = {row["side"] for row in rows}
    word = told.get("elements", {}).get(key) or status({*sides, "untold"}, today)
    by_side = {
        side: tuple(_behind(row, report.project_id) for row in rows if row["side"] == side)
        for side in SIDES
    }
    return Stands(key, word, said(word, language, today), *by_side.values())


def _behind(row: Row, project: int) -> Behind:
    kinds = Counter(source.partition("-")[0] for source in row["rests_on"])
    return Behind(
        row["pk"], project, row["words"], row.get("words_es", ""), row["sure"], row["sources"],
        dict(sorted(kinds.items())),
    )  # fmt: skip
