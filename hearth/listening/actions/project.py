"""The verbs of listening projects: begin one, change it, set its days."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import ListeningProject, ProjectDay
from hearth.listening.models.grounds import may_here
from hearth.listening.rules.once import key_for
from hearth.schools.models import School

FIELDS = (
    "session", "title", "purpose", "questions", "guiding_group", "starts", "ends", "consent_en",
    "consent_es",
)  # fmt: skip
ALSO: dict[str, Any] = {
    "title_es": "", "purpose_es": "", "questions_es": (), "guiding_group_es": "",
    "story": "", "story_es": "",
}  # fmt: skip


@transaction.atomic
def begin_project(
    *, school: School, said: Mapping[str, Any], by: User, form: UUID | None = None
) -> ListeningProject:
    """The same form sent twice is one project."""
    _may_run(by, school.pk)
    told = _told(said)
    of = {"district_id": school.district_id, "school": school, "made_by": by}
    project: ListeningProject
    project, made = ListeningProject.objects.get_or_create(
        key=key_for(form, school.pk, told), defaults={**of, **told}
    )
    if made:
        record("listening project begun", project, district_id=project.district_id, by=by)
    return project


@transaction.atomic
def change_project(
    *, project: ListeningProject, said: Mapping[str, Any], by: User
) -> ListeningProject:
    """How it was before stays in its history."""
    _may_run(by, project.school_id)
    told = _told(said)
    changed = sorted(name for name, value in told.items() if getattr(project, name) != value)
    for name in changed:
        setattr(project, name, told[name])
    if changed:
        project.save(update_fields=changed)
    record("listening project changed", project, district_id=project.district_id, by=by,
           facts={"fields": changed})  # fmt: skip
    return project


@transaction.atomic
def add_day(
    *, project: ListeningProject, day: date, what: str, to_whom: str, by: User,
    what_es: str = "", to_whom_es: str = "", form: UUID | None = None,
) -> ProjectDay:  # fmt: skip
    """The same form sent twice is one day."""
    _may_run(by, project.school_id)
    said = {"day": day, "what": what, "to_whom": to_whom, "what_es": what_es,
            "to_whom_es": to_whom_es}  # fmt: skip
    of = {"district_id": project.district_id, "school_id": project.school_id, "project": project}
    added: ProjectDay
    added, made = ProjectDay.objects.get_or_create(
        key=key_for(form, project.pk, said), defaults={**of, **said}
    )
    if made:
        record("listening day added", added, district_id=added.district_id, by=by)
    return added


@transaction.atomic
def day_is_done(*, day: ProjectDay, by: User) -> ProjectDay:
    _may_run(by, day.school_id)
    if day.done_on is None:
        day.done_on = timezone.localdate()
        day.save(update_fields=["done_on"])
        record("listening day done", day, district_id=day.district_id, by=by)
    return day


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    also = {name: said.get(name, nothing) for name, nothing in ALSO.items()}
    also["questions_es"] = list(also["questions_es"])
    return {name: said[name] for name in FIELDS} | also


def _may_run(by: User, school_id: int) -> None:
    if not may_here(by, May.RUN_LISTENING, school_id):
        raise PermissionDenied
