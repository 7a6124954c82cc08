"""Long work, done by the worker. Defer each with the run's and the district's key.

tasks.check.defer(run_id=run.pk, district_id=run.district_id)
tasks.apply.defer(run_id=run.pk, district_id=run.district_id, by_id=user.pk)
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.imports import actions
from hearth.schools.acting import acting_for
from hearth.schools.models import District


@app.task(queue="imports")  # type: ignore[untyped-decorator]
def check(run_id: int, district_id: int) -> None:
    """Read the file and prepare its preview."""
    try:
        actions.check_run(run_id=run_id, district_id=district_id)
    except actions.Cancelled:
        return


@app.task(queue="imports")  # type: ignore[untyped-decorator]
def apply(run_id: int, district_id: int, by_id: int | None = None) -> None:
    """Load the file."""
    try:
        actions.apply_run(run_id=run_id, district_id=district_id, by=_user(by_id))
    except actions.Cancelled:
        return


@app.task(queue="imports")  # type: ignore[untyped-decorator]
def undo(run_id: int, district_id: int, by_id: int | None = None) -> None:
    """Put back what was before the file was loaded."""
    actions.undo_run(run_id=run_id, district_id=district_id, by=_user(by_id))


@app.periodic(cron="15 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queue="imports")  # type: ignore[untyped-decorator]
def forget_old_files(timestamp: int) -> None:
    """Each night: delete raw files whose retention date has passed."""
    for district in District.objects.all():
        with acting_for(district.pk):
            actions.forget_old_files(today=timezone.localdate())


def _user(key: int | None) -> User | None:
    return User.objects.filter(pk=key).first() if key else None
