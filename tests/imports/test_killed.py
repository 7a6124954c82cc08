"""Pull the plug in the middle of a load: the rows are the old ones or the new ones, never a mix."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from hearth.demo.roster import write_district
from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from hearth.web import embedded
from tests.conftest import CLUSTER
from tests.imports.conftest import sums
from tests.imports.standalone import command, own_database

pytestmark = pytest.mark.slow

# The lines that the command prints as it goes; it is killed when it has just printed one.
POINTS = [
    "Reading enrollments.csv", "Staging people", "Staging identities", "Comparing people",
    "Comparing identities", "Writing people", "Writing students", "Writing sections",
    "Writing members", "Writing identities",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alder")
    write_district(folder, students=600)
    return folder


@pytest.fixture
def district(django_db_blocker: pytest.FixtureRequest, django_db_setup: None) -> Iterator[District]:
    """A new district in a database of its own, where what is committed stays."""
    with django_db_blocker.unblock(), own_database("hearth_killed"):
        yield District.objects.create(name="Tamarack", slug="tamarack")


def rows(district: District) -> dict[str, str]:
    with acting_for(district.pk):
        return sums()


def stop_at(point: str, folder: Path, kill: str) -> None:
    """Whoever writes identities, the last of all, waits for this lock: on a machine that is busy
    elsewhere the load cannot end before it is stopped."""
    name = settings.DATABASES["default"]["NAME"]
    with closing(psycopg.connect(embedded.url(CLUSTER, "postgres", name))) as held:
        held.execute("LOCK TABLE people_identity IN SHARE MODE")
        _stop(point, folder, kill)


def _stop(point: str, folder: Path, kill: str) -> None:
    running = command("import", "roster", str(folder), "--district", "Tamarack")
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith(point):
            break
    else:
        raise AssertionError(running.communicate()[1])
    if kill == "worker":
        running.kill()
    else:
        with psycopg.connect(embedded.superuser_url(CLUSTER), autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'hearth_killed' AND usename = %s AND pid <> %s",
                [settings.DATABASES["default"]["USER"], connection.connection.info.backend_pid],
            )
    running.communicate(timeout=60)
    assert running.returncode in (-signal.SIGKILL, 3)


def let_time_pass(district: District) -> None:
    with acting_for(district.pk):
        ImportRun.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))


def finish(verb: str, run: ImportRun) -> "subprocess.CompletedProcess[str]":
    running = command("import", verb, str(run.pk))
    out, err = running.communicate(timeout=120)
    return subprocess.CompletedProcess([], running.returncode, out, err)


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_worker_leaves_the_old_rows_and_the_run_can_be_taken_up(
    point: str, folder: Path, district: District
) -> None:
    before = rows(district)

    stop_at(point, folder, "worker")

    assert rows(district) == before
    with acting_for(district.pk):
        run = ImportRun.objects.last()
    if run is None:  # killed before the file was received
        assert point.startswith("Reading")
        return
    let_time_pass(district)
    with acting_for(district.pk):
        run.refresh_from_db()
        assert actions.is_interrupted(run)

    done = finish("resume", run)

    assert done.returncode == 0, done.stderr
    with acting_for(district.pk):
        run.refresh_from_db()
        assert run.state == "applied"
        assert run.counts["students"]["new"] == 600


def test_an_interrupted_run_can_be_discarded_and_its_file_is_gone(
    folder: Path, district: District
) -> None:
    before = rows(district)
    stop_at("Writing people", folder, "worker")
    let_time_pass(district)
    with acting_for(district.pk):
        run = ImportRun.objects.get()

    done = finish("discard", run)

    assert done.returncode == 0, done.stderr
    assert rows(district) == before
    assert not (settings.HEARTH.data / "files" / run.vault_key).exists()


@pytest.mark.parametrize("point", ["Comparing people", "Writing members"])
def test_when_the_database_drops_the_load_the_old_rows_stay(
    point: str, folder: Path, district: District
) -> None:
    before = rows(district)

    stop_at(point, folder, "database")

    connection.close()
    assert rows(district) == before
    let_time_pass(district)
    with acting_for(district.pk):
        run = ImportRun.objects.get()
        assert actions.is_interrupted(run) or run.state == "failed"

    assert finish("resume", run).returncode == 0


def test_somebody_asks_to_stop_and_nothing_is_loaded(folder: Path, district: District) -> None:
    before = rows(district)
    with acting_for(district.pk):
        run = actions.receive(file=folder, name="alder", district=district, by=None)
    actions.check_run(run_id=run.pk, district_id=district.pk)

    def wish(doing: str, name: str, _done: int, _of: int) -> None:
        if (doing, name) == ("writing", "students"):
            # Another person's connection, while the load's own transaction is open.
            name_of = settings.DATABASES["default"]["NAME"]
            with psycopg.connect(embedded.url(CLUSTER, "postgres", name_of)) as other:
                other.execute("UPDATE imports_importrun SET cancel_asked = true")

    with pytest.raises(actions.Cancelled):
        actions.apply_run(run_id=run.pk, district_id=district.pk, by=None, tell=wish)

    assert rows(district) == before
    with acting_for(district.pk):
        run.refresh_from_db()
    assert (run.state, run.cancel_asked) == ("ready", False)
