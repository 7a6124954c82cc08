"""Run `hearth` as a person would, against a database of the test's own."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from hearth.web import embedded
from tests import conftest

CLUSTER = settings.HEARTH.data / "postgres"


def hearth(
    *words: str, data: Path, database: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`hearth WORDS` in a process of its own, with its own data folder."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEARTH_", "DATABASE_"))}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    if database:
        clean["DATABASE_URL"] = embedded.url(CLUSTER, embedded.APPLICATION, database)
        clean["DATABASE_OWNER_URL"] = embedded.url(CLUSTER, embedded.OWNER, database)
    return subprocess.run(
        [sys.executable, "-m", "hearth.cli", *words],
        env={**clean, "HEARTH_DATA": str(data), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def checksums(database: str) -> dict[str, str]:
    """One checksum a table over all its rows, whatever their order on disk."""
    with psycopg.connect(embedded.url(CLUSTER, embedded.OWNER, database)) as server:
        names = server.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        query = (
            "SELECT md5(coalesce(string_agg(r, '|' ORDER BY r), '')) "
            "FROM (SELECT t::text AS r FROM {} t) x"
        )
        found = {}
        for (name,) in names:
            row = server.execute(sql.SQL(query).format(sql.Identifier(name))).fetchone()
            found[name] = row[0] if row else ""
        return found


def copy_of_the_cast(name: str) -> str:
    """A database with the whole cast in it, made from the tests' template."""
    return _copied(conftest.TEMPLATE, name)


def empty_database(name: str) -> str:
    """A database with all the tables and nobody in them."""
    return _copied(conftest.EMPTY, name)


def _copied(template: str, name: str) -> str:
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {embedded.OWNER}")
    return name


def drop(*names: str) -> None:
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        for name in names:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
