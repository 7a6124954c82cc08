"""Long work on the figures, done by the worker: a new mart after each load, and every night.

tasks.build.defer(district_id=district.pk)

One at a time for a district: a second waits for the first, and a third is not put on the list.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hearth.access.models import User
from hearth.insight import actions
from hearth.insight.mart import build as building
from hearth.insight.mart import store
from hearth.insight.mart.home import engine_here, home_of, open_mart
from hearth.schools.acting import acting_for
from hearth.schools.models import District


@app.task(queue="insight")  # type: ignore[untyped-decorator]
def build(district_id: int) -> None:
    """Make a new mart of one district, current once it is whole; then tell what may be told."""
    building.build(
        district_id, home_of(district_id), today=timezone.localdate(), engine=engine_here()
    )
    release(district_id)


def release(district_id: int) -> int:
    """Tell the standing figures out of the current mart; say how many tables that made."""
    with acting_for(district_id), open_mart(district_id) as mart:
        return actions.release_standing(
            district_id=district_id,
            mart=mart,
            stamp=store.current(home_of(district_id)).stamp,
            today=timezone.localdate(),
        )


def tell_together(
    district_id: int, *, measure: str, year: int, groups: Sequence[str], by: User, today: date
) -> str:
    """Build one measure by two groups while somebody waits for it; say its cut."""
    with open_mart(district_id) as mart:
        return actions.tell_crossed(
            district_id=district_id,
            mart=mart,
            stamp=store.current(home_of(district_id)).stamp,
            today=today,
            measure=measure,
            year=year,
            groups=groups,
            by=by,
        )


def build_soon(district_id: int) -> None:
    """Have a mart built when the worker comes to it, unless that is on its list already."""
    name = f"mart-{district_id}"
    with suppress(AlreadyEnqueued):
        build.configure(lock=name, queueing_lock=name).defer(district_id=district_id)


@app.periodic(cron="40 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queue="insight")  # type: ignore[untyped-decorator]
def build_every_mart(timestamp: int) -> None:
    """Each night, after old files were forgotten: answers have become late, days have passed."""
    for district in District.objects.all():
        build_soon(district.pk)
