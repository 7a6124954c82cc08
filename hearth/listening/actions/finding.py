"""The verbs of findings: write one with its sources, recommend, open the page, doubt."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import Finding, ListeningProject, MemberCheck
from hearth.listening.models.finding import FindingSource, NotWhatWeSaid, Recommendation
from hearth.listening.models.grounds import may_here

TOLD = ("side", "about", "words", "sure")
ALSO: dict[str, Any] = {"elements": (), "words_es": ""}


@transaction.atomic
def write_finding(
    *, project: ListeningProject, said: Mapping[str, Any], sources: Sequence[tuple[str, int]],
    by: User, finding: Finding | None = None,
) -> Finding:  # fmt: skip
    """With what it rests on. Written anew, how it was stays in its history."""
    _may_run(by, project.school_id)
    of = {"district_id": project.district_id, "school_id": project.school_id}
    row = finding or Finding(project=project, made_by=by, **of)
    for name in TOLD:
        setattr(row, name, said[name])
    for name, nothing in ALSO.items():
        setattr(row, name, said.get(name, nothing))
    row.elements = list(row.elements)
    row.save()
    FindingSource.objects.filter(finding=row).delete()
    FindingSource.objects.bulk_create(
        FindingSource(finding=row, **of, **{f"{kind}_id": pk}) for kind, pk in sources
    )
    record("finding written", row, district_id=row.district_id, by=by,
           facts={"sources": len(sources)})  # fmt: skip
    return row


@transaction.atomic
def recommend(
    *, finding: Finding, words: str, owner: str, next_step: str, by_when: date, by: User,
    words_es: str = "", next_step_es: str = "",
) -> Recommendation:  # fmt: skip
    _may_run(by, finding.school_id)
    row: Recommendation = Recommendation.objects.create(
        district_id=finding.district_id, school_id=finding.school_id, finding=finding,
        words=words, owner=owner, next_step=next_step, by_when=by_when,
        words_es=words_es, next_step_es=next_step_es,
    )  # fmt: skip
    record("recommended", row, district_id=row.district_id, by=by)
    return row


@transaction.atomic
def open_check(*, project: ListeningProject, by: User) -> MemberCheck:
    """Pressed twice, it is one page."""
    _may_run(by, project.school_id)
    row: MemberCheck
    row, made = MemberCheck.objects.get_or_create(
        project=project,
        defaults={"district_id": project.district_id, "school_id": project.school_id,
                  "opened_on": timezone.localdate()},
    )  # fmt: skip
    if made:
        record("page for those who were heard opened", row, district_id=row.district_id, by=by)
    return row


@transaction.atomic
def doubt(*, finding: Finding, words: str) -> NotWhatWeSaid:
    """Somebody who was heard; who, stands nowhere."""
    row: NotWhatWeSaid = NotWhatWeSaid.objects.create(
        district_id=finding.district_id, school_id=finding.school_id, finding=finding,
        words=words, on=timezone.localdate(),
    )  # fmt: skip
    record("not what we said", row, district_id=row.district_id, by=None)
    return row


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
