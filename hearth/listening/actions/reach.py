"""The verb of reach: the team says how many of a group were heard, and how it counted."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import ListeningProject
from hearth.listening.models.grounds import may_here
from hearth.listening.models.reach import Reach


@transaction.atomic
def say_reached(
    *, project: ListeningProject, group: str, said: Mapping[str, Any], by: User
) -> Reach:
    if not may_here(by, May.RUN_LISTENING, project.school_id):
        raise PermissionDenied
    row: Reach = Reach.objects.update_or_create(
        project=project, group=group, district_id=project.district_id, school_id=project.school_id,
        defaults={**said, "anonymous": said.get("anonymous") or 0, "made_by": by},
    )[0]  # fmt: skip
    record("people reached", row, district_id=row.district_id, by=by, facts={"group": group})
    return row
