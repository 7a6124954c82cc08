"""The worker's list, seen from one run: what waits to be done for it, or is being done."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.imports.models import ImportRun

QUEUE = "imports"
ALIVE = timedelta(minutes=1)
"""A worker that has not been heard of for so long is gone, and its job with it."""


def job_of(run: ImportRun) -> ProcrastinateJob | None:
    """The job that waits for this run or is being done, the oldest first."""
    heard = timezone.now() - ALIVE
    doing = Q(status="doing", worker__last_heartbeat__gt=heard)
    jobs = ProcrastinateJob.objects.filter(
        Q(status="todo") | doing, queue_name=QUEUE, args__run_id=run.pk
    )
    return jobs.order_by("pk").first()


def verb_of(job: ProcrastinateJob) -> str:
    """What the job does: check, apply or undo."""
    return str(job.task_name).rpartition(".")[2]


@transaction.atomic
def take_back(*, run: ImportRun, by: User) -> bool:
    """Take the run off the list, if its turn has not come yet; say whether it was there."""
    job = job_of(run)
    if job is None or job.status != "todo" or not app.job_manager.cancel_job_by_id(job.pk):
        return False
    record(f"{run.kind} taken off the list", run, district_id=run.district_id, by=by)
    return True
