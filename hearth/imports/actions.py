"""The verbs of an import run.

From a page, inside the gate (quick; each returns the run):
    receive(file=, name=, district=, by=)   keep the raw file, encrypted; then defer tasks.check
    confirm(run=, typed=, by=)              somebody typed the name of a table that would shrink
    ask_to_load(run=, by=)                  check that it may be loaded; then defer tasks.apply
    ask_to_stop(run=, by=)                  stop the check or the load that is under way
    ask_to_undo(run=, by=)                  check that it may be undone; then defer tasks.undo
    resume_run(run=, by=)                   after an interruption: ready to be asked again
    discard_run(run=, by=)                  forget the file and what it would have done
Each refusal is a `Refused` whose text may be shown.

From a worker or the command line, outside of any transaction (they take their own):
    check_run(run_id=, district_id=, tell=)            received → ready | faulty
    apply_run(run_id=, district_id=, by=, tell=)       ready → applied | ready | faulty
    undo_run(run_id=, district_id=, by=)               applied → undone

For pages: preview.rows(run, table=, fate=, page=), faults.as_rows(...), faults.write_csv(...),
watch.is_interrupted(run), undo.why_not(run).
"""

import zipfile
from datetime import date
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.imports import mapping, preview, undo, vault
from hearth.imports.extracts import Reading
from hearth.imports.kinds import alike, kind_of
from hearth.imports.models import ImportRun
from hearth.imports.run import Cancelled, NotLoaded, Refused, apply_run, check_run, is_interrupted
from hearth.imports.tables import TARGET
from hearth.insight.tasks import build_soon
from hearth.schools.acting import acting_for
from hearth.schools.models import District

State = ImportRun.State
SUFFIXES = {".csv", ".tsv", ".txt", ".dat", ".xml", ".gz", ".json"}
"""Of a folder, only files that some kind may read are kept."""


@transaction.atomic
def receive(
    *,
    file: IO[bytes] | Path,
    name: str,
    district: District,
    by: User | None,
    kind: str = "roster",
    source: str = "",
    reading: Reading | None = None,
) -> ImportRun:
    """Keep the raw file, or the files of a folder as one zip, until its retention date.

    How files of this source are read is remembered from the last time, unless `reading` says it.
    """
    today = timezone.localdate()
    how = reading or mapping.remembered(kind=kind, source=source)
    run = ImportRun.objects.create(
        district=district,
        kind=kind,
        source=source,
        reading=how.kept() if how else {},
        file_name=name[:255],
        by=by,
        vault_key=_seal(file),
        kept_until=vault.kept_until(today),
    )
    record(f"{run.kind} received", run, district_id=district.pk, by=by)
    return run


def _seal(file: IO[bytes] | Path) -> str:
    if not isinstance(file, Path):
        return vault.store(file)
    if file.is_file():
        with file.open("rb") as stream:
            return vault.store(stream)
    with vault.Sealing() as sealing, zipfile.ZipFile(sealing, "w") as archive:  # type: ignore[call-overload]
        for path in sorted(p for p in file.rglob("*") if p.suffix.lower() in SUFFIXES):
            archive.write(path, path.relative_to(file))
    return sealing.key


@transaction.atomic
def confirm(*, run: ImportRun, typed: str, by: User | None) -> ImportRun:
    """Somebody typed the name of a table of which much would go: let it."""
    table = typed.strip().lower()
    if table not in run.vanishing:
        raise Refused(gettext("Type the name of one of the tables that would lose rows."))
    if table not in run.confirmed:
        run.confirmed = [*run.confirmed, table]
        run.save(update_fields=["confirmed"])
        record(f"{run.kind} shrinking confirmed", run, district_id=run.district_id, by=by,
               facts={"table": table, **run.counts.get(table, {})})  # fmt: skip
    return run


def ask_to_load(*, run: ImportRun, by: User | None) -> ImportRun:
    """Refuse what would be refused later, now."""
    if run.state != State.READY:
        raise Refused(gettext("This file is not ready to load."))
    unconfirmed = [table for table in run.vanishing if table not in run.confirmed]
    if unconfirmed:
        raise Refused(
            gettext("Much would go from these tables; confirm each by its name: %(tables)s.")
            % {"tables": ", ".join(unconfirmed)}
        )
    return _say(run, "load asked for", by)


def ask_to_stop(*, run: ImportRun, by: User | None) -> ImportRun:
    if run.state not in (State.CHECKING, State.APPLYING):
        raise Refused(gettext("Nothing is under way for this file."))
    run.cancel_asked = True
    run.save(update_fields=["cancel_asked"])
    return _say(run, "stop asked for", by)


def ask_to_undo(*, run: ImportRun, by: User | None) -> ImportRun:
    because = undo.why_not(run, alike(run))
    if because:
        raise Refused(because)
    return _say(run, "undo asked for", by)


@transaction.atomic
def resume_run(*, run: ImportRun, by: User | None) -> ImportRun:
    """After an interruption nothing of the load is there; the run can be asked again."""
    if not is_interrupted(run) and run.state != State.FAILED:
        raise Refused(gettext("This file was not interrupted."))
    run.state = State.READY if run.counts else State.RECEIVED
    run.progress, run.cancel_asked, run.trouble = {}, False, ""
    run.save(update_fields=["state", "progress", "cancel_asked", "trouble"])
    return _say(run, "resumed", by)


@transaction.atomic
def discard_run(*, run: ImportRun, by: User | None) -> ImportRun:
    """Forget the raw file and the preview; a file that was loaded is undone, not discarded."""
    at_work = run.state in (State.CHECKING, State.APPLYING) and not is_interrupted(run)
    if at_work or run.state in (State.APPLIED, State.UNDONE, State.DISCARDED):
        raise Refused(gettext("This file cannot be discarded now."))
    preview.forget_samples(run)
    run.state, run.finished_at, run.progress = State.DISCARDED, timezone.now(), {}
    _forget_file(run)
    run.save(update_fields=["state", "finished_at", "progress", "vault_key"])
    return _say(run, "discarded", by)


def undo_run(*, run_id: int, district_id: int, by: User | None) -> ImportRun:
    """Put back exactly what was, in one transaction."""
    with acting_for(district_id):
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        because = undo.why_not(run, alike(run))
        if because:
            raise Refused(because)
        kind_of(run).put_back(run)
        run.state = State.UNDONE
        run.save(update_fields=["state"])
        # The figures were built with what is put back.
        transaction.on_commit(lambda: build_soon(district_id))
        return _say(run, "undone", by)


@transaction.atomic
def forget_old_files(*, today: date) -> int:
    """Delete the raw files of this district whose retention date has passed; say how many."""
    past = ImportRun.objects.filter(kept_until__lt=today).exclude(vault_key="")
    for run in past:
        _forget_file(run)
        run.save(update_fields=["vault_key"])
        _say(run, "file deleted", None)
    return len(past)


def _forget_file(run: ImportRun) -> None:
    # After the commit, so that a run that is rolled back still has its file.
    key = run.vault_key
    if key:
        transaction.on_commit(lambda: vault.delete(key))
    run.vault_key = ""


def _say(run: ImportRun, verb: str, by: User | None) -> ImportRun:
    record(f"{run.kind} {verb}", run, district_id=run.district_id, by=by)
    return run


__all__ = [
    "TARGET", "Cancelled", "NotLoaded", "Refused", "apply_run", "ask_to_load", "ask_to_stop",
    "ask_to_undo", "check_run", "confirm", "discard_run", "forget_old_files",
    "is_interrupted", "receive",
    "resume_run", "undo_run",
]  # fmt: skip
