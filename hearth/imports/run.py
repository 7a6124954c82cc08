"""One run from its raw file to its rows: check it, preview it, load it.

Checking and loading take their own transactions, so call these from a worker or the command line,
outside of any other. A load is one transaction: whatever ends it early leaves the rows as before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.imports import preview, vault
from hearth.imports.apply import Load
from hearth.imports.extracts import Asked, Reading
from hearth.imports.faults import keep_faults, of_refusal
from hearth.imports.kinds import Held, Planned, kind_of
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import BundleRefused
from hearth.imports.oneroster import Fault as Finding
from hearth.imports.watch import (
    Busy,
    Cancelled,
    Tell,
    Watch,
    hold_in_transaction,
    is_interrupted,
    quiet,
)
from hearth.insight.tasks import build_soon
from hearth.schools.acting import acting_for

State = ImportRun.State


class Refused(Exception):
    """The run is not in a state in which this may happen. Says why in words."""


class NotLoaded(Exception):
    """The database would not take the rows. Names the rule they broke, and never the rows."""


def check_run(
    *,
    run_id: int,
    district_id: int,
    tell: Tell = quiet,
    plan: bool = True,
    checked: Held | None = None,
) -> tuple[ImportRun, Held | None]:
    """Read and check the raw file; then say what a load would do (unless `plan` is off).

    Leaves the run ready, or faulty with its faults kept. Gives back what was read, when it is fit
    to be loaded, so that a load right after need not read it again; `checked` is what was read
    of the same file before.
    """
    run = _begin(run_id, district_id, State.CHECKING, (State.RECEIVED, State.READY, State.FAULTY))
    with _minding(run, tell, back_to=State.RECEIVED) as watch:
        watch.hold()
        held, findings = (checked, checked.faults) if checked else _read(run, watch)
        with acting_for(district_id):
            planned: Planned | None = None
            if held and not findings and plan:
                planned = kind_of(run).plan(held, lambda doing, name: watch.step(doing, name))
                findings = planned.faults
                if not findings:
                    run.counts = planned.counts()
                    run.vanishing = preview.vanishing(run.counts)
                    planned.keep_samples(run)
            keep_faults(run, findings, held, planned)
            faulty = bool(findings) or held is None
            _settle(run, State.FAULTY if faulty else State.READY)
        watch.let_go()
    return run, None if faulty else held


def apply_run(
    *,
    run_id: int,
    district_id: int,
    by: User | None,
    tell: Tell = quiet,
    checked: Held | None = None,
) -> ImportRun:
    """Load the file in one transaction. Ends applied; or ready again, when more than a tenth of a
    table would go and nobody confirmed it; or faulty, when the database knows better."""
    run = _begin(run_id, district_id, State.APPLYING, (State.READY,))
    with _minding(run, tell, back_to=State.READY) as watch:
        findings: list[Finding] = []
        held = checked
        if held is None:
            held, findings = _read(run, watch)
        with acting_for(district_id):
            hold_in_transaction(run.pk)
            if held is None or findings:
                keep_faults(run, findings, held)
                _settle(run, State.FAULTY)
                return run
            _load(run, held, watch, by)
    return run


def _load(run: ImportRun, held: Held, watch: Watch, by: User | None) -> None:
    plan = kind_of(run).plan(held, lambda doing, name: watch.step(doing, name))
    if plan.faults or plan.notes:
        keep_faults(run, plan.faults, held, plan)
    if plan.faults:
        _settle(run, State.FAULTY)
        return
    run.counts = plan.counts()
    run.vanishing = preview.vanishing(run.counts)
    if set(run.vanishing) - set(run.confirmed):
        _settle(run, State.READY)
        return
    plan.carry_out(
        Load(run.pk, run.district_id, timezone.localdate()),
        lambda doing, name: watch.step(doing, name),
    )
    preview.forget_samples(run)
    record(f"{run.kind} loaded", run, district_id=run.district_id, by=by,
           facts={"counts": run.counts})  # fmt: skip
    _settle(run, State.APPLIED)
    # The figures follow once the rows stand.
    transaction.on_commit(lambda: build_soon(run.district_id))


def _begin(run_id: int, district_id: int, state: State, allowed: tuple[State, ...]) -> ImportRun:
    """Take the run up, where everybody can see it at once."""
    with acting_for(district_id):
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state not in allowed:
            raise Refused(
                gettext("This cannot be done while the file is: %(state)s.")
                % {"state": run.get_state_display()}
            )
        others = ImportRun.objects.filter(state=State.APPLYING)
        if state == State.APPLYING and others.exists():
            raise Refused(gettext("Another file is being loaded just now."))
        run.state, run.heartbeat, run.cancel_asked, run.trouble = state, timezone.now(), False, ""
        run.save(update_fields=["state", "heartbeat", "cancel_asked", "trouble"])
    return run


def _settle(run: ImportRun, state: State) -> None:
    run.state, run.finished_at, run.progress = state, timezone.now(), {}
    run.save(update_fields=["state", "finished_at", "progress", "counts", "vanishing", "trouble"])


@contextmanager
def _minding(run: ImportRun, tell: Tell, *, back_to: State) -> Iterator[Watch]:
    """Work under watch; when the work is stopped or fails, say so on the run."""
    try:
        with Watch(run.pk, run.district_id, tell) as watch:
            yield watch
    except Cancelled:
        _give_back(run, back_to, "")
        raise
    except Busy:
        raise Refused(gettext("Somebody else is at work on this file.")) from None
    except (IntegrityError, DataError) as error:
        # PostgreSQL quotes the row that it refuses: only the name of the rule may go further.
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        _give_back(run, State.FAILED, f"The database would not take a row ({rule}).")
        raise NotLoaded(rule or type(error).__name__) from None
    except OperationalError:
        # The database is away: its silence will tell that the run was interrupted.
        raise
    except Exception as error:
        _give_back(run, State.FAILED, type(error).__name__)
        raise


def _give_back(run: ImportRun, state: State, trouble: str) -> None:
    if transaction.get_connection().needs_rollback:
        return
    with acting_for(run.district_id):
        run.trouble, run.cancel_asked = trouble, False
        ImportRun.objects.filter(pk=run.pk).update(
            state=state, trouble=trouble, cancel_asked=False, progress={}
        )
        run.state = state


def _read(run: ImportRun, watch: Watch) -> tuple[Held | None, list[Finding]]:
    """The file as it was received, or the reason why it cannot be read."""
    today: date = timezone.localdate()
    try:
        with vault.opened(run.vault_key) as path:
            held = kind_of(run).read(
                Asked(
                    path,
                    run.file_name,
                    today,
                    Reading.of(run.reading),
                    lambda file, done, of: watch.step("reading", file, done, of),
                    source=run.source,
                )
            )
    except BundleRefused as refusal:
        return None, [of_refusal(run, refusal.kind, refusal.params)]
    except vault.Damaged:
        return None, [of_refusal(run, "file_damaged", {})]
    return held, held.faults


__all__ = ["Cancelled", "NotLoaded", "Refused", "apply_run", "check_run", "is_interrupted"]
