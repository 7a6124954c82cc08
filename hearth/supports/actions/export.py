"""Ask for a file of the board's rows; a job makes it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.supports.models import Export
from hearth.supports.rules.keeping import export_kept_until
from hearth.supports.tasks import taking_out


@transaction.atomic
def ask_for_export(*, wanted: Mapping[str, str], nonce: UUID, district_id: int, by: User) -> Export:
    """Somebody wants the board's rows as a file. A job makes it; the same form twice is one."""
    export, is_new = Export.objects.get_or_create(
        nonce=nonce,
        by=by,
        defaults={
            "district_id": district_id,
            "wanted": dict(wanted),
            "kept_until": export_kept_until(timezone.localdate()),
        },
    )
    if is_new:
        # Which filters, never what was searched for: that may be a child's name.
        facts = {name: value for name, value in wanted.items() if name != "q"}
        record("export_asked", export, district_id=district_id, by=by, facts={"filters": facts})
        taking_out.make_export.defer(export_id=export.pk, district_id=district_id)
    return export
