"""The database of the tests: made once for a set of migrations, copied for every run.

Tests connect as the application's own role, so row-level security is on in every one of them.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from hearth.schools.acting import acting_for
from hearth.web import embedded, prepare
from tests import cast as cast_maker

CLUSTER = settings.HEARTH.data / "postgres"


def _fingerprint() -> str:
    here = Path(__file__).parent
    files = sorted((here.parent / "hearth").glob("*/migrations/*.py"))
    files += [here / "cast.py", here / "makers.py", here.parent / "hearth" / "demo" / "cast.py"]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    template, name = f"hearth_template_{_fingerprint()}", "hearth_test"
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        made = server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [template]
        ).fetchone()
        if not made:
            server.execute(f"CREATE DATABASE {template} OWNER {embedded.OWNER}")
            with django_db_blocker.unblock():
                _point_at(template)
                prepare.prepare_database()
                cast_maker.build()
                _close()
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {embedded.OWNER}")
        _point_at(name)
        yield
        with django_db_blocker.unblock():
            _close()


@pytest.fixture
def cast(db: None) -> Iterator[cast_maker.Cast]:
    """The people of Alder Valley, acting for their district."""
    world = cast_maker.world()
    with acting_for(world.alder.pk):
        yield world


def _point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def _close() -> None:
    for connection in connections.all():
        connection.close()
