"""`hearth import`: bring in a district's roster files, look back at them, undo the last one."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.db import OperationalError, transaction
from django.utils import timezone

from hearth.cli.progress import Telling
from hearth.imports import actions, faults, preview, vault
from hearth.imports.district import Unclear, choose_district
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import BundleRefused, Checked, check
from hearth.schools.acting import acting_for
from hearth.schools.models import District

LOADED, FAULTY, STOPPED, REFUSED = 0, 1, 2, 3
State = ImportRun.State
GONE_AWAY = (
    "The database went away. A file is loaded whole or not at all: when the database is back, "
    "`hearth import list` says which, and `hearth import resume` takes up what was interrupted."
)


@click.group("import")
def imports() -> None:
    """Bring in a district's roster files."""


@imports.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--district", "named", default="", help="The district's name; made if it is new.")
@click.option("--confirm", "confirmed", multiple=True, metavar="TABLE",
              help="Let much go from this table. May be given more than once.")  # fmt: skip
@click.option("--faults", "faults_file", type=click.Path(dir_okay=False, path_type=Path),
              help="Write what is wrong to this CSV file.")  # fmt: skip
def roster(
    path: Path,
    dry_run: bool,
    as_json: bool,
    named: str,
    confirmed: tuple[str, ...],
    faults_file: Path | None,
) -> None:
    """Load the OneRoster files at PATH, a zip or a folder.

    Ends with 0 when they are loaded, 1 when they have faults, 2 when too much would vanish and
    nobody confirmed it, 3 when they were refused.
    """
    with Telling(silent=as_json) as telling:
        try:
            checked = check(path, progress=telling.reading, today=timezone.localdate())
            if dry_run:
                told = _try_out(path, checked, named, telling)
            else:
                told = _bring_in(path, checked, named, confirmed, telling)
        except BundleRefused as refusal:
            telling.end(as_json, {"state": "refused"}, f"{refusal.what} {refusal.mend}")
            sys.exit(FAULTY)
        except (actions.Refused, actions.NotLoaded, Unclear) as refusal:
            telling.end(as_json, {"state": "refused"}, str(refusal))
            sys.exit(REFUSED)
        except OperationalError:
            telling.end(as_json, {"state": "interrupted"}, GONE_AWAY)
            sys.exit(REFUSED)
        except (KeyboardInterrupt, actions.Cancelled):
            telling.end(as_json, {"state": "stopped"}, "Stopped. Nothing was changed.")
            sys.exit(REFUSED)
    if faults_file:
        with faults_file.open("w", newline="", encoding="utf-8-sig") as out:
            faults.write_csv(told.kept, out)
    click.echo(json.dumps(_as_document(told), indent=1) if as_json else _in_words(told))
    sys.exit(_code(told, dry_run=dry_run))


class Told:
    """A run and what it found, read while its district's rows can be seen."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.kept = list(run.faults.order_by("-blocking", "file", "line", "pk"))


def _bring_in(
    path: Path, checked: Checked, named: str, confirmed: tuple[str, ...], telling: Telling
) -> Told:
    district = choose_district(checked, name=named, otherwise=_title(path))
    with acting_for(district.pk):
        run = actions.receive(file=path, name=path.name, district=district, by=None)
    run, fit = actions.check_run(
        run_id=run.pk, district_id=district.pk, tell=telling.step, checked=checked, plan=False
    )
    if fit is not None:
        run.confirmed = [table.strip().lower() for table in confirmed]
        with acting_for(district.pk):
            run.save(update_fields=["confirmed"])
        run = actions.apply_run(
            run_id=run.pk, district_id=district.pk, by=None, tell=telling.step, checked=fit
        )
    with acting_for(district.pk):
        return Told(run)


def _title(path: Path) -> str:
    """A name for a first district whose file does not name it: that of the file."""
    return path.resolve().stem.replace("_", " ")


def _try_out(path: Path, checked: Checked, named: str, telling: Telling) -> Told:
    """Everything but the load, taken back at the end; even a new district."""
    with transaction.atomic():
        district = choose_district(checked, name=named, otherwise=_title(path))
        with acting_for(district.pk):
            run = actions.receive(file=path, name=path.name, district=district, by=None)
            vault.delete(run.vault_key)
            run, _ = actions.check_run(
                run_id=run.pk, district_id=district.pk, tell=telling.step, checked=checked
            )
            told = Told(run)
        transaction.set_rollback(True)
    return told


def _code(told: Told, *, dry_run: bool) -> int:
    if told.run.state == State.FAULTY:
        return FAULTY
    unconfirmed = set(told.run.vanishing) - set(told.run.confirmed)
    if unconfirmed:
        return STOPPED
    return LOADED if dry_run or told.run.state == State.APPLIED else REFUSED


def _as_document(told: Told) -> dict[str, Any]:
    rows = list(faults.as_rows(told.kept))
    blocking = sum(fault.blocking for fault in told.kept)
    return {
        "run": told.run.pk,
        "state": str(told.run.state),
        "counts": told.run.counts,
        "vanishing": told.run.vanishing,
        "faults": rows[:blocking],
        "notes": rows[blocking:],
        "totals": told.run.totals,
    }


def _in_words(told: Told) -> str:
    run, lines = told.run, []
    for fault, row in zip(told.kept, faults.as_rows(told.kept), strict=True):
        place = ", ".join(
            part
            for part in (row["file"], f"line {row['line']}" if row["line"] else "", row["column"])
            if part
        )
        lines.append(f"{'FAULT' if fault.blocking else 'note '} {place}: {row['what']}")
        lines.append(f"      {row['mend']}")
    if run.counts:
        lines += _table(run)
    unconfirmed = [table for table in run.vanishing if table not in run.confirmed]
    if run.state == State.FAULTY:
        lines.append("Nothing was loaded. Mend the faults above and try again.")
    elif unconfirmed:
        options = " ".join(f"--confirm {table}" for table in unconfirmed)
        lines.append(f"Stopped: more than a tenth would go from {', '.join(unconfirmed)}.")
        lines.append(f"If that is right, run the same command with {options}")
    elif run.state == State.APPLIED:
        changed = preview.changes(run.counts)
        lines.append(
            f"Loaded as run {run.pk}." if changed else "Nothing was new. All is as it was."
        )
    return "\n".join(lines)


def _table(run: ImportRun) -> list[str]:
    kinds = ("new", "changed", "gone", "same", "before")
    rows = [f"{'':14}" + "".join(f"{kind:>10}" for kind in kinds)]
    for name, count in run.counts.items():
        rows.append(f"{name:14}" + "".join(f"{count[kind]:>10,}" for kind in kinds))
    return rows


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
        click.echo(_in_words(told))
        sys.exit(_code(told, dry_run=False))

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
