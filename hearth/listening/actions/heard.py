"""The verb of hearing: what was heard, seen or read is written down once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import ListeningProject
from hearth.listening.models.grounds import may_here
from hearth.listening.models.heard import Heard


@transaction.atomic
def write_down(
    kind: type[Heard], *, project: ListeningProject, key: UUID, said: Mapping[str, Any], by: User
) -> Any:
    """Whoever works or decides at the school may. The same form sent twice is one row: what waited
    on a phone without a network may be sent again when the answer was lost. Other words sent by
    it, as after Back, are another row: nothing that was said is lost."""
    if not may_here(by, May.SEE_LISTENING, project.school_id):
        raise PermissionDenied
    row, made = kind.objects.get_or_create(
        key=key,
        defaults={**said, "district_id": project.district_id, "school_id": project.school_id,
                  "project": project, "made_by": by},
    )  # fmt: skip
    if not made and (row.made_by_id != by.pk or row.project_id != project.pk):
        raise PermissionDenied
    if not made and any(getattr(row, name) != value for name, value in said.items()):
        others = uuid5(key, repr(sorted(said.items())))
        return write_down(kind, project=project, key=others, said=said, by=by)
    if made:
        record(f"{kind._meta.model_name} written down", row, district_id=row.district_id, by=by)
    return row
