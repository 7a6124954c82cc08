"""`hearth import` from the command line, as a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from hearth.web import embedded
from tests.imports import rosters
from tests.imports.standalone import command, own_database
from tests.imports.test_load import USERS, without_child

pytestmark = pytest.mark.slow


@pytest.fixture
def fresh(django_db_blocker: pytest.FixtureRequest, django_db_setup: None) -> Iterator[None]:
    with django_db_blocker.unblock(), own_database("hearth_command"):
        yield


def said(*words: str) -> tuple[int, str]:
    running = command("import", *words)
    out, err = running.communicate(timeout=300)
    assert "Traceback" not in err, err
    return running.returncode, out


def test_load_look_stop_confirm_and_undo(fresh: None, tmp_path: Path) -> None:
    first = str(rosters.write(tmp_path / "first"))
    less = str(rosters.write(tmp_path / "less", **without_child("s0", "s1", "s2")))
    wrong = str(rosters.write(tmp_path / "wrong", users=rosters.but(USERS, "s0", givenName="")))
    here = ("--district", "Tamarack Unified")

    code, out = said("roster", first, *here, "--dry-run", "--json")
    assert (code, json.loads(out)["counts"]["people"]["new"]) == (0, 14)
    code, out = said("roster", first, *here)
    assert (code, "Loaded as run" in out) == (0, True)
    code, out = said("roster", first, *here)
    assert (code, "Nothing was new" in out) == (0, True)
    code, out = said("roster", wrong, *here, "--faults", str(tmp_path / "faults.csv"))
    assert (code, "users.csv, line 2, givenName" in out) == (1, True)
    assert "givenName" in (tmp_path / "faults.csv").read_text(encoding="utf-8-sig")
    code, out = said("roster", less, *here, "--json")
    vanishing = json.loads(out)["vanishing"]
    assert (code, "students" in vanishing) == (2, True)
    confirmed = [word for table in vanishing for word in ("--confirm", table)]
    code, out = said("roster", less, *here, "--json", *confirmed)
    assert (code, json.loads(out)["state"]) == (0, "applied")
    code, out = said("undo", str(json.loads(out)["run"]))
    assert (code, "as it was before" in out) == (0, True)


def test_when_the_whole_database_is_killed_the_old_rows_stay(tmp_path: Path) -> None:
    folder = rosters.write(tmp_path / "first")
    cluster = tmp_path / "data" / "postgres"
    environment = {**os.environ, "HEARTH_MODE": "local", "HEARTH_DATA": str(tmp_path / "data"),
                   "PYTHONUNBUFFERED": "1"}  # fmt: skip
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    hearth = [sys.executable, "-m", "hearth.cli"]
    subprocess.run([*hearth, "prepare"], env=environment, check=True)
    embedded.ensure_started(cluster)
    server_pid = int((cluster / "postmaster.pid").read_text().split()[0])

    # Whoever writes a section waits for this lock, so the load cannot end before the server does.
    with closing(psycopg.connect(embedded.url(cluster, "postgres"))) as held:
        held.execute("LOCK TABLE people_section IN SHARE MODE")
        running = subprocess.Popen(
            [*hearth, "import", "roster", str(folder)],
            env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert running.stdout is not None
        assert any(line.startswith("Writing sections") for line in running.stdout)
        os.kill(server_pid, signal.SIGKILL)
    _, told = running.communicate(timeout=120)
    assert (running.returncode, "whole or not at all" in told) == (3, True)

    while Path(f"/proc/{server_pid}").exists():
        time.sleep(0.1)
    embedded.ensure_started(cluster)
    try:
        with psycopg.connect(embedded.url(cluster, "postgres")) as server:
            (people,) = server.execute("SELECT count(*) FROM people_person").fetchone() or (None,)
            (run,) = server.execute(
                "UPDATE imports_importrun SET heartbeat = now() - interval '5 minutes' RETURNING id"
            ).fetchone() or (None,)
        assert people == 0
        done = subprocess.run([*hearth, "import", "resume", str(run)], env=environment, check=False)
        assert done.returncode == 0
    finally:
        os.kill(int((cluster / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
