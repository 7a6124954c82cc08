"""`hearth import`: bring in a district's files, look back at them, undo the last one."""

import sys
from pathlib import Path
from typing import Any

import click
from django.db import OperationalError
from django.utils import timezone

from hearth.cli.bringing import (
    GONE_AWAY,
    REFUSED,
    Told,
    Wanted,
    bring,
    code_of,
    in_words,
    options,
)
from hearth.cli.extracts import COMMANDS
from hearth.cli.progress import Telling
from hearth.imports import actions
from hearth.imports.district import choose_district
from hearth.imports.kinds import Held
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import Checked, check
from hearth.schools.acting import acting_for
from hearth.schools.models import District


@click.group("import")
def imports() -> None:
    """Bring in a district's files."""


for command in COMMANDS:
    imports.add_command(command)


@imports.command()
@options
@click.option("--district", "named", default="", help="The district's name; made if it is new.")
def roster(named: str, path: Path, **asked: Any) -> None:
    """Load the OneRoster files at PATH, a zip or a folder.

    Ends with 0 when they are loaded, 1 when they have faults, 2 when too much would vanish and
    nobody confirmed it, 3 when they were refused.
    """

    def read(telling: Telling, _district: District | None) -> Held:
        return check(path, progress=telling.reading, today=timezone.localdate())

    def whose(held: Held | None) -> District:
        checked = held if isinstance(held, Checked) else None
        return choose_district(checked, name=named, otherwise=_title(path))

    bring(Wanted(path, **asked), read, whose)


def _title(path: Path) -> str:
    """A name for a first district whose file does not name it: that of the file."""
    return path.resolve().stem.replace("_", " ")


@imports.command("list")
@click.option("--district", "named", default="", help="Only this district.")
def list_runs(named: str) -> None:
    """The files that came in, newest first."""
    for district in _districts(named):
        with acting_for(district.pk):
            for run in ImportRun.objects.order_by("-pk")[:25]:
                state = "interrupted" if actions.is_interrupted(run) else run.get_state_display()
                click.echo(f"{run.pk:>6}  {run.at:%Y-%m-%d %H:%M}  {district.name}  {state}")


@imports.command()
@click.argument("run_id", metavar="RUN", type=int)
def undo(run_id: int) -> None:
    """Put back what was before RUN was loaded."""
    district = _district_of(run_id)
    _or_refuse(lambda: actions.undo_run(run_id=run_id, district_id=district.pk, by=None))
    click.echo("Undone. Everything is as it was before.")


@imports.command()
@click.argument("run_id", metavar="RUN", type=int)
def resume(run_id: int) -> None:
    """Take up RUN again after an interruption, and load it."""
    district = _district_of(run_id)

    def again() -> None:
        with acting_for(district.pk):
            actions.resume_run(run=ImportRun.objects.get(pk=run_id), by=None)
        with Telling() as telling:
            run, fit = actions.check_run(
                run_id=run_id, district_id=district.pk, tell=telling.step, plan=False
            )
            if fit is not None:
                run = actions.apply_run(
                    run_id=run_id, district_id=district.pk, by=None, tell=telling.step, checked=fit
                )
        with acting_for(district.pk):
            told = Told(run)
        click.echo(in_words(told))
        sys.exit(code_of(told, dry_run=False))

    _or_refuse(again)


@imports.command()
@click.argument("run_id", metavar="RUN", type=int)
def discard(run_id: int) -> None:
    """Forget the file of RUN, which was not loaded."""
    district = _district_of(run_id)

    def forget() -> None:
        with acting_for(district.pk):
            actions.discard_run(run=ImportRun.objects.get(pk=run_id), by=None)

    _or_refuse(forget)
    click.echo("Discarded.")


def _or_refuse(verb: Any) -> None:
    try:
        verb()
    except (actions.Refused, actions.NotLoaded) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(REFUSED)
    except OperationalError:
        click.echo(GONE_AWAY, err=True)
        sys.exit(REFUSED)


def _districts(named: str) -> list[District]:
    every = District.objects.order_by("name")
    return list(every.filter(name__iexact=named) if named else every)


def _district_of(run_id: int) -> District:
    """The district that has this run; runs can only be seen one district at a time."""
    for district in _districts(""):
        with acting_for(district.pk):
            if ImportRun.objects.filter(pk=run_id).exists():
                return district
    click.echo(f"There is no run {run_id}. `hearth import list` shows them.", err=True)
    sys.exit(REFUSED)
