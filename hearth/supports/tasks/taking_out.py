"""A file of the board's rows: made by a job as the one who asked for it, forgotten on its day."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.kit.sheets import as_csv
from hearth.kit.spoken import house_language
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from hearth.supports.models import Export, Referral
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.reading.columns import leaving
from hearth.supports.reading.narrowing import Wanted, narrow
from hearth.supports.rules import NotAllowed

AT_A_TIME = 500


@app.task(queue="exports", name="supports.make_export")  # type: ignore[untyped-decorator]  # the library's types are not followed
def make_export(*, export_id: int, district_id: int) -> None:
    """Make the file, or say in the history that it could not be made."""
    try:
        with acting_for(district_id):
            make(export_id=export_id)
    except Exception:
        with acting_for(district_id):
            give_up(export_id=export_id)
        raise


@app.periodic(cron="25 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queue="exports", name="supports.forget_exports")  # type: ignore[untyped-decorator]
def forget_exports(timestamp: int) -> None:
    """Each night: delete the files whose day has passed."""
    for district in District.objects.all():
        with acting_for(district.pk):
            forget_old(today=timezone.localdate())


def rows_for(wanted: Wanted, user: User) -> ReferralQuerySet:
    """What this user may take out today, under these filters of the board."""
    may = Referral.objects.where_team_may(user, May.EXPORT_ROWS)
    return narrow(may, wanted, user, timezone.localdate()).order_by("asked_at", "pk")


@transaction.atomic
def make(*, export_id: int) -> None:
    """Write the file with the rights that its asker holds now, not with those of the machine."""
    export = Export.objects.select_for_update().select_related("by").get(pk=export_id)
    if export.standing != Export.Standing.WAITING:
        return
    user = export.by
    if not user.is_active or not user.may(May.EXPORT_ROWS):
        raise NotAllowed("whoever asked may not take rows out any more")
    columns = leaving()
    with translation.override(house_language(user.language)):
        rows = rows_for(export.wanted, user).with_people()
        export.content, export.rows = as_csv(
            [column.heading for column in columns],
            ([column.read(row) for column in columns] for row in rows.iterator(AT_A_TIME)),
        )
    export.standing = Export.Standing.READY
    export.save(update_fields=["content", "rows", "standing"])
    record(
        "export_made", export, district_id=export.district_id, by=user, facts={"rows": export.rows}
    )


@transaction.atomic
def give_up(*, export_id: int) -> None:
    """It could not be made. The history says so, and the form can be sent again."""
    waiting = Export.objects.filter(pk=export_id, standing=Export.Standing.WAITING)
    waiting.update(standing=Export.Standing.FAILED)


@transaction.atomic
def forget_old(*, today: date) -> int:
    """The list is deleted when its day has passed; that it was taken out stays in the history."""
    old = Export.objects.filter(standing=Export.Standing.READY, kept_until__lt=today)
    for export in old.defer("content"):
        record("export_forgotten", export, district_id=export.district_id, by=None)
    return old.update(standing=Export.Standing.FORGOTTEN, content=None)
