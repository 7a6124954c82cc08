"""The command line as the person who runs the server meets it."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from hearth.demo.roster import write_district
from hearth.demo.stories import STORIES
from hearth.web import embedded
from tests.cli.commands import CLUSTER, checksums, copy_of_the_cast, drop, empty_database, hearth

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow]


@pytest.fixture
def fresh() -> Iterator[str]:
    yield empty_database("hearth_cli_fresh")
    drop("hearth_cli_fresh")


@pytest.fixture
def small_district(tmp_path: Path) -> Path:
    write_district(tmp_path / "small", students=60)
    return tmp_path / "small"


def test_help_lists_every_command_and_wakes_no_database(tmp_path: Path) -> None:
    done = hearth("--help", data=tmp_path / "none")
    assert done.returncode == 0
    for command in ("serve", "demo", "import", "backup", "restore", "health", "invite"):
        assert f"\n  {command}" in done.stdout
    assert not (tmp_path / "none" / "postgres").exists()


def test_a_roster_is_tried_loaded_and_loaded_again(
    fresh: str, small_district: Path, tmp_path: Path
) -> None:
    words = ("import", "roster", str(small_district), "--json")
    tried = hearth(*words, "--dry-run", data=tmp_path, database=fresh)
    assert tried.returncode == 0, tried.stderr
    assert json.loads(tried.stdout)["counts"]["students"]["new"] == 60
    with psycopg.connect(embedded.url(CLUSTER, embedded.OWNER, fresh)) as server:
        assert server.execute("SELECT count(*) FROM people_student").fetchone() == (0,)

    loaded = hearth(*words, data=tmp_path, database=fresh)
    assert loaded.returncode == 0, loaded.stderr
    people = {name: sum_ for name, sum_ in checksums(fresh).items() if name.startswith("people_")}
    again = json.loads(hearth(*words, data=tmp_path, database=fresh).stdout)
    for counts in again["counts"].values():
        assert (counts["new"], counts["changed"], counts["gone"]) == (0, 0, 0)
    assert {n: s for n, s in checksums(fresh).items() if n.startswith("people_")} == people


def test_the_first_lead_gets_a_link_and_there_is_only_one_first(
    fresh: str, small_district: Path, tmp_path: Path
) -> None:
    early = hearth("invite", "helen@example.org", "Helen Marsh", data=tmp_path, database=fresh)
    assert early.returncode == 1
    assert "load a roster first" in early.stderr
    loaded = hearth("import", "roster", str(small_district), data=tmp_path, database=fresh)
    assert loaded.returncode == 0, loaded.stderr
    done = hearth("invite", "helen@example.org", "Helen Marsh", data=tmp_path, database=fresh)
    assert done.returncode == 0, done.stderr
    assert "http://localhost:8000/sign-in/" in done.stdout
    second = hearth("invite", "else@example.org", "Somebody", data=tmp_path, database=fresh)
    assert second.returncode == 1


def test_health_says_what_is_well(fresh: str, tmp_path: Path) -> None:
    found = hearth("health", "--json", data=tmp_path, database=fresh)
    said = json.loads(found.stdout)
    assert said["database"]["well"]
    assert said["tables"]["well"]
    assert said["wall"]["well"], said


def test_the_demonstration_refuses_a_database_that_holds_a_real_district(tmp_path: Path) -> None:
    real = copy_of_the_cast("hearth_cli_real")
    before = checksums(real)
    done = hearth("demo", "--students", "60", data=tmp_path, database=real)
    assert done.returncode == 1
    assert "not the demonstration" in done.stderr
    assert checksums(real) == before
    served = hearth("serve", data=tmp_path, database=real, environment={"HEARTH_MODE": "demo"})
    assert served.returncode == 1
    assert "not the demonstration" in served.stderr
    drop(real)


def test_a_key_can_be_made_before_production_has_one(tmp_path: Path) -> None:
    done = hearth("make-key", data=tmp_path, environment={"HEARTH_MODE": "production"})
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 44


def counted(database: str) -> dict[str, int]:
    """How many rows the stories have left in each of these tables."""
    supports = ("referral", "plan", "meeting", "decision", "assessmentrequest",
                "insteadofdiscipline", "helprequest", "studentreview", "export")  # fmt: skip
    tables = [*(f"supports_{name}" for name in supports), "partners_referralout"]
    with psycopg.connect(embedded.url(CLUSTER, embedded.OWNER, database)) as server:
        count = sql.SQL("SELECT count(*) FROM {}")
        found = [server.execute(count.format(sql.Identifier(name))).fetchone() for name in tables]
    return {name: (row or (0,))[0] for name, row in zip(tables, found, strict=True)}


def test_the_demonstration_is_told_once_however_often_it_is_made(
    fresh: str, tmp_path: Path
) -> None:
    told = []
    for _time in ("first", "second"):
        done = hearth("demo", "--students", "300", data=tmp_path, database=fresh)
        assert done.returncode == 0, done.stderr
        told.append(counted(fresh))
    first, second = told
    assert first == second
    # So small a district has no student for one or two of the stories.
    assert first["supports_referral"] >= len(STORIES) - 3
    assert all(first.values()), first
    with psycopg.connect(embedded.url(CLUSTER, embedded.OWNER, fresh)) as server:
        assert server.execute("SELECT is_demo FROM schools_district").fetchall() == [(True,)]
        linked = "SELECT count(*) FROM supports_referral WHERE state = 'linked'"
        assert server.execute(linked + " AND first_service_on IS NULL").fetchone() == (0,)
        # Partners are asked for five services, so that the table of what is missing says something.
        asked = "SELECT count(DISTINCT service_id) FROM partners_referralout"
        assert server.execute(asked).fetchone() == (5,)
        runs = server.execute("SELECT DISTINCT kind, state FROM imports_importrun").fetchall()
        assert {state for _kind, state in runs} == {"applied"}
        assert {"roster", "attendance", "incidents"} <= {kind for kind, _state in runs}


def test_an_outside_server_on_a_tcp_port_works_the_same(
    small_district: Path, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outside = tmp_path / "outside"
    embedded.ensure_started(outside)
    _pg_ctl(outside, "-m", "fast", "stop")
    _start_on_port(outside, port)
    address = f"postgresql://{embedded.OWNER}@127.0.0.1:{port}/{embedded.DATABASE}"
    try:
        with psycopg.connect(address.replace(embedded.OWNER, "postgres"), autocommit=True) as boss:
            boss.execute(f"ALTER ROLE {embedded.OWNER} CREATEROLE")
        there = {"DATABASE_URL": address}
        words = ("import", "roster", str(small_district), "--json")
        done = hearth(*words, data=tmp_path / "data", environment=there)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["counts"]["students"]["new"] == 60
        said = json.loads(
            hearth("health", "--json", data=tmp_path / "data", environment=there).stdout
        )
        assert said["wall"]["well"]
        assert not (tmp_path / "data" / "postgres").exists()
    finally:
        _stop(outside)


def _pg_ctl(cluster: Path, *words: str) -> None:
    as_owner = ["runuser", "-u", cluster.owner(), "--"] if cluster.owner() == "pgserver" else []
    subprocess.run(
        [*as_owner, str(embedded.tool("pg_ctl")), "-w", "-D", str(cluster), *words],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _start_on_port(cluster: Path, port: int) -> None:
    _pg_ctl(
        cluster, "-o", f"-h 127.0.0.1 -p {port} -k {cluster}", "-l", str(cluster / "log"), "start"
    )


def _stop(cluster: Path) -> None:
    _pg_ctl(cluster, "-m", "immediate", "stop")
