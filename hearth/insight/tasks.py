"""Long work on the figures, done by the worker: a new mart after each load, and every night; a
table of two groups when somebody asked for it.

tasks.build.defer(district_id=district.pk)
tasks.ask_together(district.pk, measure="enrolled", year=2026, groups=("race", "gender"), by=user)

One mart at a time for a district: a second waits for the first, and a third is not put on the list.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from hearth.access.models import User
from hearth.insight import actions
from hearth.insight.mart import build as building
from hearth.insight.mart import store
from hearth.insight.mart.home import engine_here, home_of, open_mart
from hearth.insight.models import AskedTable
from hearth.schools.acting import acting_for
from hearth.schools.models import District

QUEUE = "insight"
ALIVE = timedelta(minutes=1)
"""A worker that has not been heard of for so long is gone, and its job with it."""
SETTLE = timedelta(minutes=2)
"""A morning's files come one after the other: one mart of all of them, not one of each."""


@app.task(queue=QUEUE)  # type: ignore[untyped-decorator]
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


def ask_together(
    district_id: int, *, measure: str, year: int, groups: Sequence[str], by: User
) -> AskedTable:
    """Write down that this table is wanted, and have it built. Asked twice, it is one job."""
    with transaction.atomic():
        asked = actions.ask_for_table(
            district_id=district_id, measure=measure, year=year, groups=groups, by=by
        )
        if asked.is_waiting and not has_job(asked):
            build_together.defer(asked_id=asked.pk, district_id=district_id)
    return asked


def has_job(asked: AskedTable) -> bool:
    """Whether a job waits for this table, or a worker that is alive is building it."""
    jobs = ProcrastinateJob.objects.filter(
        Q(status="todo") | _doing(), queue_name=QUEUE, args__asked_id=asked.pk
    )
    return bool(jobs.exists())


@app.task(queue=QUEUE)  # type: ignore[untyped-decorator]
def build_together(asked_id: int, district_id: int) -> None:
    """Build one measure by two groups; or say that it cannot be told, or did not finish."""
    with acting_for(district_id):
        if actions.begin_table(asked_id=asked_id) is None:
            return
    try:
        with acting_for(district_id), open_mart(district_id) as mart:
            stamp = store.current(home_of(district_id)).stamp
            actions.tell_asked(
                asked_id=asked_id, mart=mart, stamp=stamp, today=timezone.localdate()
            )
    except actions.TakenBack:
        return
    except Exception:
        with acting_for(district_id):
            actions.give_table_up(asked_id=asked_id)
        raise


@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]
@app.task(queue=QUEUE)  # type: ignore[untyped-decorator]
def take_up_again(timestamp: int) -> None:
    """A worker that was killed leaves its table waiting: every few minutes it gets a new job."""
    for district in District.objects.all():
        with acting_for(district.pk):
            waiting = AskedTable.objects.filter(standing=AskedTable.Standing.WAITING)
            for asked in waiting.select_for_update().order_by("asked_at", "pk"):
                if not has_job(asked):
                    build_together.defer(asked_id=asked.pk, district_id=district.pk)


def build_soon(district_id: int) -> None:
    """Have a mart built once this morning's files are in, unless that is on the list already."""
    name = _lock(district_id)
    with suppress(AlreadyEnqueued):
        build.configure(
            lock=name, queueing_lock=name, schedule_in={"seconds": int(SETTLE.total_seconds())}
        ).defer(district_id=district_id)


def hasten(district_id: int) -> None:
    """No more files come this morning: a mart that waits for them is built now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE lock = %s AND status = 'todo'",
            [_lock(district_id)],
        )


def is_being_built(district_id: int) -> bool:
    """Whether a mart of the district is on the list, or being built by a worker that is alive."""
    jobs = ProcrastinateJob.objects.filter(Q(status="todo") | _doing(), lock=_lock(district_id))
    return bool(jobs.exists())


def _doing() -> Q:
    return Q(status="doing", worker__last_heartbeat__gt=timezone.now() - ALIVE)


def _lock(district_id: int) -> str:
    return f"mart-{district_id}"


@app.periodic(cron="40 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queue=QUEUE)  # type: ignore[untyped-decorator]
def build_every_mart(timestamp: int) -> None:
    """Each night, after old files were forgotten: answers have become late, days have passed."""
    for district in District.objects.all():
        build_soon(district.pk)
