"""Bring a file in from the command line: read, check, load, and say what came of it."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from django.db import OperationalError, transaction

from hearth.cli.progress import Telling
from hearth.imports import actions, faults, preview, vault
from hearth.imports.district import Unclear
from hearth.imports.extracts import Reading
from hearth.imports.kinds import Held
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import BundleRefused
from hearth.schools.acting import acting_for
from hearth.schools.models import District

LOADED, FAULTY, STOPPED, REFUSED = 0, 1, 2, 3
State = ImportRun.State
GONE_AWAY = (
    "The database went away. A file is loaded whole or not at all: when the database is back, "
    "`hearth import list` says which, and `hearth import resume` takes up what was interrupted."
)


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for at the command line."""

    path: Path
    dry_run: bool
    as_json: bool
    confirmed: tuple[str, ...]
    faults_file: Path | None
    kind: str = "roster"
    source: str = ""
    reading: Reading | None = None


Whose = Callable[[Held | None], District]
Read = Callable[[Telling, District | None], Held]


def options(command: Callable[..., None]) -> Callable[..., None]:
    """What every kind of file may be asked with."""
    for option in reversed([
        click.argument("path", type=click.Path(path_type=Path)),
        click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
        click.option("--confirm", "confirmed", multiple=True, metavar="TABLE",
                     help="Let much go from this table. May be given more than once."),
        click.option("--faults", "faults_file", type=click.Path(dir_okay=False, path_type=Path),
                     help="Write what is wrong to this CSV file."),
    ]):  # fmt: skip
        command = option(command)
    return command


def bring(wanted: Wanted, read: Read, whose: Whose, *, whose_first: bool = False) -> None:
    """Do it, say it, and end with the code that tells how it went.

    A roster says itself whose it is; of any other file that is known before it is read.
    """
    with Telling(silent=wanted.as_json) as telling:
        try:
            district = whose(None) if whose_first else None
            held = read(telling, district)
            told = (_try_out if wanted.dry_run else _bring_in)(wanted, held, whose, telling)
        except BundleRefused as refusal:
            words = f"{refusal.what} {refusal.mend}"
            telling.end(wanted.as_json, {"state": "refused"}, words)
            sys.exit(FAULTY)
        except (actions.Refused, actions.NotLoaded, Unclear) as refusal:
            telling.end(wanted.as_json, {"state": "refused"}, str(refusal))
            sys.exit(REFUSED)
        except OperationalError:
            telling.end(wanted.as_json, {"state": "interrupted"}, GONE_AWAY)
            sys.exit(REFUSED)
        except (KeyboardInterrupt, actions.Cancelled):
            telling.end(wanted.as_json, {"state": "stopped"}, "Stopped. Nothing was changed.")
            sys.exit(REFUSED)
    if wanted.faults_file:
        with wanted.faults_file.open("w", newline="", encoding="utf-8-sig") as out:
            faults.write_csv(told.kept, out)
    click.echo(json.dumps(as_document(told), indent=1) if wanted.as_json else in_words(told))
    sys.exit(code_of(told, dry_run=wanted.dry_run))


class Told:
    """A run and what it found, read while its district's rows can be seen."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.kept = list(run.faults.order_by("-blocking", "file", "line", "pk"))


def _receive(wanted: Wanted, district: District) -> ImportRun:
    return actions.receive(
        file=wanted.path, name=wanted.path.name, district=district, by=None, kind=wanted.kind,
        source=wanted.source, reading=wanted.reading,
    )  # fmt: skip


def _bring_in(wanted: Wanted, held: Held, whose: Whose, telling: Telling) -> Told:
    district = whose(held)
    with acting_for(district.pk):
        run = _receive(wanted, district)
    run, fit = actions.check_run(
        run_id=run.pk, district_id=district.pk, tell=telling.step, checked=held, plan=False
    )
    if fit is not None:
        run.confirmed = [table.strip().lower() for table in wanted.confirmed]
        with acting_for(district.pk):
            run.save(update_fields=["confirmed"])
        run = actions.apply_run(
            run_id=run.pk, district_id=district.pk, by=None, tell=telling.step, checked=fit
        )
    with acting_for(district.pk):
        return Told(run)


def _try_out(wanted: Wanted, held: Held, whose: Whose, telling: Telling) -> Told:
    """Everything but the load, taken back at the end; even a new district."""
    with transaction.atomic():
        district = whose(held)
        with acting_for(district.pk):
            run = _receive(wanted, district)
            vault.delete(run.vault_key)
            run, _ = actions.check_run(
                run_id=run.pk, district_id=district.pk, tell=telling.step, checked=held
            )
            told = Told(run)
        transaction.set_rollback(True)
    return told


def code_of(told: Told, *, dry_run: bool) -> int:
    if told.run.state == State.FAULTY:
        return FAULTY
    unconfirmed = set(told.run.vanishing) - set(told.run.confirmed)
    if unconfirmed:
        return STOPPED
    return LOADED if dry_run or told.run.state == State.APPLIED else REFUSED


def as_document(told: Told) -> dict[str, Any]:
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


def in_words(told: Told) -> str:
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
