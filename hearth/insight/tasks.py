"""Long work on the figures, done by the worker: a new mart after each load, and every night.

tasks.build.defer(district_id=district.pk)

One at a time for a district: a second waits for the first, and a third is not put on the list.
"""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hearth.insight.mart import build as building
from hearth.insight.mart.home import engine_here, home_of
from hearth.schools.models import District


@app.task(queue="insight")  # type: ignore[untyped-decorator]
def build(district_id: int) -> None:
    """Make a new mart of one district, current once it is whole."""
    building.build(
        district_id, home_of(district_id), today=timezone.localdate(), engine=engine_here()
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
