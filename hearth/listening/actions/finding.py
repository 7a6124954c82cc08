"""The verbs of findings: write one with its sources, recommend, open the page, doubt."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import Finding, ListeningProject, MemberCheck
from hearth.listening.models.finding import FindingSource, NotWhatWeSaid, Recommendation
from hearth.listening.models.grounds import may_here
from hearth.listening.rules.once import key_for

TOLD = ("side", "about", "words", "sure")
ALSO: dict[str, Any] = {"elements": (), "words_es": ""}


@transaction.atomic
def write_finding(
    *, project: ListeningProject, said: Mapping[str, Any], sources: Sequence[tuple[str, int]],
    by: User, finding: Finding | None = None, form: UUID | None = None,
) -> Finding:  # fmt: skip
    """With what it rests on. Written anew, how it was stays in its history. The same form sent
    twice is one finding."""
    _may_run(by, project.school_id)
    # Two presses at once come one after the other.
    ListeningProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    key = key_for(form, project.pk, said, sources) if finding is None else None
    sent: Finding | None = Finding.objects.filter(key=key).first() if key else None
    if sent:
        return sent
    of = {"district_id": project.district_id, "school_id": project.school_id}
    row = finding or Finding(project=project, key=key, made_by=by, **of)
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
    words_es: str = "", owner_es: str = "", next_step_es: str = "", form: UUID | None = None,
) -> Recommendation:  # fmt: skip
    """The same form sent twice is one recommendation."""
    _may_run(by, finding.school_id)
    said = {"words": words, "owner": owner, "next_step": next_step, "by_when": by_when,
            "words_es": words_es, "owner_es": owner_es, "next_step_es": next_step_es}  # fmt: skip
    of = {"district_id": finding.district_id, "school_id": finding.school_id, "finding": finding}
    row: Recommendation
    row, made = Recommendation.objects.get_or_create(
        key=key_for(form, finding.pk, said), defaults={**of, **said}
    )
    if made:
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
    """Somebody who was heard; who, stands nowhere. The same words on the same day are said once."""
    Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    row: NotWhatWeSaid
    row, made = NotWhatWeSaid.objects.get_or_create(
        finding=finding, words=words, on=timezone.localdate(),
        defaults={"district_id": finding.district_id, "school_id": finding.school_id},
    )  # fmt: skip
    if made:
        record("not what we said", row, district_id=row.district_id, by=None)
    return row


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
