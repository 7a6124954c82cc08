"""The database of the tests: made once for a set of migrations, copied for every run.

Tests connect as the application's own role, so row-level security is on in every one of them.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from coverage import Coverage
from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from hearth.access.written import WrittenOnce, forget
from hearth.schools.acting import acting_for
from hearth.web import embedded, prepare
from tests import cast as cast_maker

# A busy machine makes examples slowly and takes long over them; neither is a fault of the code.
examples.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("calm")

GUARDS = Path(__file__).parent / "guards"
CLUSTER = settings.HEARTH.data / "postgres"


def _fingerprint() -> str:
    here = Path(__file__).parent
    files = sorted((here.parent / "hearth").glob("*/migrations/*.py"))
    files += [here / "cast.py", here / "makers.py", here.parent / "hearth" / "demo" / "cast.py"]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


TEMPLATE = f"hearth_template_{_fingerprint()}"
EMPTY = f"{TEMPLATE}_empty"  # the tables alone, for whoever begins with nothing
UNFINISHED = "hearth_template_unfinished"
NAME = "hearth_test"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        if not _exists(TEMPLATE):
            _made(EMPTY, "template1", prepare.prepare_database)
            _made(TEMPLATE, EMPTY, cast_maker.build)
        renew_database()
        yield
        _close()


def _made(name: str, beginning: str, build: Callable[[], None]) -> None:
    """One that was begun and not finished never bears the name."""
    for begun in (UNFINISHED, name):
        _server(f"DROP DATABASE IF EXISTS {begun}")
    _server(f"CREATE DATABASE {UNFINISHED} TEMPLATE {beginning} OWNER {embedded.OWNER}")
    _point_at(UNFINISHED)
    with untraced():
        build()
    _close()
    _server(f"ALTER DATABASE {UNFINISHED} RENAME TO {name}")


@contextmanager
def untraced() -> Iterator[None]:
    """Every migration traced line by line takes twice as long, and is no test of anything."""
    tracing = Coverage.current()
    if tracing is None:
        yield
        return
    tracing.stop()
    try:
        yield
    finally:
        tracing.start()


def renew_database() -> None:
    """A fresh copy of the template; a second's fraction, where emptying every table is not."""
    _close()
    _server(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    _server(f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE} OWNER {embedded.OWNER}")
    _point_at(NAME)


# A test that commits would have Django empty the tables, which the application's role may not do.
TransactionTestCase._fixture_teardown = lambda self: renew_database()  # type: ignore[method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tracing makes a slow test half as slow again, and the quick ones cover its lines; those that
    walk through all of the house cover nothing that has no test of its own."""
    for item in items:
        if item.get_closest_marker("slow") or GUARDS in item.path.parents:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def english() -> None:
    """Whoever was served before may have read in Spanish; the thread would go on in it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_written() -> None:
    """A kept text serves all readers of one test, as it would of one process; no other test."""
    forget()


as_in_production = WrittenOnce.__call__
ONE_OF = re.compile(r"IN \((%s(?:, %s)*)\)|%s")


def _beside_the_plain_way(written: Any, *args: Any, **kwargs: Any) -> list[Any]:
    """A query that is written once is, in every test that asks it, also put together anew for the
    one who asks: the same text, each value in the same place, and the same rows."""
    kept = written.statement(*args, **kwargs)
    plain = written.build(*args, **kwargs)
    if kept is not None:
        sql, params = plain.query.get_compiler("default").as_sql()
        assert kept[0] == sql
        assert _in_place(*kept) == _in_place(sql, params)
    found = as_in_production(written, *args, **kwargs)
    if not connections["default"].force_debug_cursor:  # nobody counts what is asked
        assert list(map(_told, found)) == list(map(_told, plain))
    return found


def _in_place(sql: str, params: Sequence[Any]) -> list[Any]:
    """The values in their places; those of one list, which has no order, sorted."""
    left = iter(params)
    placed = [
        sorted(repr(next(left)) for _ in range(mark[0].count("%s")))
        for mark in ONE_OF.finditer(sql)
    ]
    assert next(left, None) is None
    return placed


def _told(row: Any) -> Any:
    if not isinstance(row, Model):
        return row
    return type(row), {name: value for name, value in vars(row).items() if name != "_state"}


WrittenOnce.__call__ = _beside_the_plain_way  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Iterator[cast_maker.Cast]:
    """The people of Alder Valley, acting for their district."""
    world = cast_maker.world()
    with acting_for(world.alder.pk):
        yield world


def _server(statement: str) -> None:
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        server.execute(statement)


def _exists(database: str) -> bool:
    with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {UNFINISHED} WITH (FORCE)")
        row = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    return row is not None


def _point_at(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def _close() -> None:
    for connection in connections.all():
        connection.close()
