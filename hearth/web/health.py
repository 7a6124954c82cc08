"""Is everything Hearth needs well? Asked by the health page and by `hearth health`."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from hearth.web.prepare import bound_by_the_wall

ROOM_NEEDED = 1024**3


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    words: str


def check() -> list[Finding]:
    return [_ask("database", _database), _ask("tables", _tables), _ask("wall", _wall),
            _ask("jobs", _jobs), _ask("mail", _mail), _ask("disk", _disk)]  # fmt: skip


def _ask(what: str, question: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        well, words = question()
    except DatabaseError:
        # The server's own words may carry addresses and role names: they stay in its log.
        return Finding(what, False, "the database does not answer")
    return Finding(what, well, words)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return True, f"PostgreSQL {cursor.fetchone()[0]}"


def _tables() -> tuple[bool, str]:
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return False, f"{len(waiting)} changes wait; run `hearth prepare`"
    return True, "this version's"


def _wall() -> tuple[bool, str]:
    connection.ensure_connection()
    trouble = bound_by_the_wall(connection.connection)
    return not trouble, trouble or "the application's role cannot pass it"


def _jobs() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        failed = cursor.fetchone()[0]
    return failed == 0, f"{failed} failed" if failed else "none failed"


def _mail() -> tuple[bool, str]:
    if settings.HEARTH.email_url:
        return True, "sent by the server in HEARTH_EMAIL_URL"
    return not settings.HEARTH.is_production, "kept as files; set HEARTH_EMAIL_URL to send it"


def _disk() -> tuple[bool, str]:
    free = shutil.disk_usage(settings.HEARTH.data).free
    return free > ROOM_NEEDED, f"{free // 1024**3} GiB free"
