"""A large district to measure on: made once, kept as a template, copied for every run."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
from django.db import connection, connections
from django.utils import timezone
from psycopg import sql

from benchmarks import figures, referrals, teams
from benchmarks.settings import DATA
from hearth.demo import load
from hearth.web import embedded
from hearth.web.prepare import prepare_database

HEARTH = Path(load.__file__).parents[1]
HERE = Path(__file__).parent
SEED = 2026
RUN = embedded.DATABASE


def fresh_copy(students: int, say: Callable[[str], None]) -> None:
    """Put an untouched copy of the district where the application looks for its rows."""
    kept = f"district_{students}"
    version = _version()
    if _kept_version(kept) != version:
        _make(kept, students, version, say)
    say("Copying the district")
    _copy(kept)


def _version() -> str:
    """Changes when the tables do, or what is put into them."""
    files = [
        *HEARTH.glob("*/migrations/*.py"),
        HERE / "world.py",
        HERE / "referrals.py",
        HERE / "teams.py",
        HERE / "figures.py",
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _make(kept: str, students: int, version: str, say: Callable[[str], None]) -> None:
    say("Preparing an empty database")
    _superuser(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(kept)),
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(RUN)),
        sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(RUN), sql.Identifier(embedded.OWNER)
        ),
    )
    prepare_database()
    wanted = load.Wanted(DATA / "files", students, SEED, timezone.localdate())
    district = load.load(wanted, say)
    say("Filling the boards")
    _tidy("ANALYZE")
    referrals.fill(district, today=wanted.today, since=wanted.today - timedelta(days=800))
    teams.gather(district, today=wanted.today)
    say("Building the mart and releasing its figures")
    figures.release(district)
    _tidy("VACUUM ANALYZE")
    connections.close_all()
    name = sql.Identifier(kept)
    _superuser(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(RUN), name),
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(version)),
    )


def _tidy(statement: str) -> None:
    """As the server's own housekeeper would within minutes."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def _copy(kept: str) -> None:
    connection.close()
    _superuser(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(RUN)),
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(RUN), sql.Identifier(embedded.OWNER), sql.Identifier(kept)
        ),
    )


def _kept_version(name: str) -> str:
    with psycopg.connect(embedded.superuser_url(DATA / "postgres")) as server:
        row = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    return str(row[0]) if row else ""


def _superuser(*statements: sql.Composed) -> None:
    with psycopg.connect(embedded.superuser_url(DATA / "postgres"), autocommit=True) as server:
        for statement in statements:
            server.execute(statement)
