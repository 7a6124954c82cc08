"""Who is at work on a run, how far they are, and whether somebody asked them to stop.

A load is one transaction, so nothing of it can be seen before it ends. Progress therefore goes
over a connection of its own. That somebody is at work is told by a lock of the session that works:
it cannot outlive the worker, however the worker ends.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic, time
from types import TracebackType
from typing import Any, Self

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from hearth.imports.models import ImportRun
from hearth.schools.acting import SETTING

LOCKS = 0x48454152
"""The family of advisory locks that mean: this run is being worked on."""

SILENCE = timedelta(seconds=30)
BEAT = 0.5

Tell = Callable[[str, str, int, int], None]
"""Told what is being done (reading, staging, comparing, writing), to what, and how far."""


class Cancelled(Exception):
    """Somebody asked to stop."""


class Busy(Exception):
    """Somebody else is at work on this run."""


def quiet(_doing: str, _name: str, _done: int, _of: int) -> None:
    """Tell nobody."""


class Watch:
    """Writes progress where others see it at once, and hears their wish to stop."""

    def __init__(self, run_id: int, district_id: int, tell: Tell = quiet) -> None:
        self.run_id = run_id
        self.tell = tell
        self._told = ("", 0.0)
        self._since = ("", 0.0)
        self._own = connections.create_connection("default")
        self._own.ensure_connection()
        with self._own.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, str(district_id)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        with suppress(DatabaseError):
            self._own.close()

    def hold(self) -> None:
        """Be the one at work while no transaction is open: the lock is this connection's."""
        with self._own.cursor() as cursor:
            _lock(cursor, "pg_try_advisory_lock", self.run_id)

    def let_go(self) -> None:
        with self._own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, self.run_id])

    def step(self, doing: str, name: str, done: int = 0, of: int = 0) -> None:
        """Say how far the work is. Raises Cancelled when somebody asked to stop."""
        self.tell(doing, name, done, of)
        before, at = self._told
        if before == doing + name and monotonic() - at < BEAT:
            return
        self._told = (doing + name, monotonic())
        # What has a measure of its own is timed by itself, the rest by the stretch it belongs to.
        timed = doing + name if of else doing
        if self._since[0] != timed:
            self._since = (timed, time())
        progress = {
            "doing": doing, "step": name, "done": done, "of": of, "began": self._since[1],
        }  # fmt: skip
        with self._own.cursor() as cursor:
            cursor.execute(
                "UPDATE imports_importrun SET progress = %s, heartbeat = now() WHERE id = %s "
                "RETURNING cancel_asked",
                [json.dumps(progress), self.run_id],
            )
            row = cursor.fetchone()
        if row and row[0]:
            raise Cancelled


def hold_in_transaction(run_id: int) -> None:
    """Be the one at work for as long as the present transaction is open, and not longer."""
    with connection.cursor() as cursor:
        _lock(cursor, "pg_try_advisory_xact_lock", run_id)


def is_interrupted(run: ImportRun) -> bool:
    """Whether a run says it is being worked on while nobody works on it."""
    if run.state not in (ImportRun.State.CHECKING, ImportRun.State.APPLYING):
        return False
    silent = run.heartbeat is None or timezone.now() - run.heartbeat > SILENCE
    return silent and not _is_held(run.pk)


def _is_held(run_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND classid = %s AND objid = %s AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCKS, run_id],
        )
        held: bool = cursor.fetchone()[0]
        return held


def _lock(cursor: Any, function: str, run_id: int) -> None:
    cursor.execute(f"SELECT {function}(%s, %s)", [LOCKS, run_id])
    if not cursor.fetchone()[0]:
        raise Busy
