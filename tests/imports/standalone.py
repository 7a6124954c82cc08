"""A database of its own, with rows that are really committed, for tests that pull the plug."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from hearth.web import embedded
from tests.conftest import CLUSTER, _fingerprint, _point_at


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A copy of the tests' template; connections go there while the block runs."""
    before = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(
            f"CREATE DATABASE {name} TEMPLATE hearth_template_{_fingerprint()} "
            f"OWNER {embedded.OWNER}"
        )
    _point_at(name)
    try:
        yield
    finally:
        _point_at(before)
        with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def command(*words: str, cluster: Path = CLUSTER) -> "subprocess.Popen[str]":
    """`hearth …` as a process of its own, on the database we point at."""
    name = str(connections["default"].settings_dict["NAME"])
    environment = {
        **os.environ,
        "HEARTH_MODE": "local",
        "DATABASE_URL": embedded.url(cluster, embedded.APPLICATION, name),
        "DATABASE_OWNER_URL": embedded.url(cluster, embedded.OWNER, name),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "hearth.cli", *words],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
