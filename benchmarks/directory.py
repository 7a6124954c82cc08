"""How long a directory takes to load beside the bare COPY of its rows; its search beside the floor.

    python -m benchmarks.directory [--services 20000] [--rounds 60] [--data FOLDER] [--json]

A county's directory is invented: organizations, services, locations, hours, phones, languages,
costs, categories. It is loaded through the importer, reading and checking included, and loaded
again, when nothing is new. In the same run the same rows go by COPY into tables of the same columns
without keys, indexes or checks. Then searches and the floor page take turns: in this process, and
over the server as `hearth serve` starts it, for one visitor and for eight at once.

Beside the clock stands processor time, of this process and of its server process, because a busy
neighbour moves the clock most.
"""

import argparse
import io
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from benchmarks import awake  # noqa: F401 - before any model
from benchmarks.county import CENTER, write
from benchmarks.pages import CLIENTS, ROUNDS, served
from benchmarks.settings import DATA
from benchmarks.visited import Door
from benchmarks.visitors import Visits, visit
from hearth.access.models import Membership, User
from hearth.imports import actions
from hearth.imports.extracts import Asked
from hearth.imports.hsds import read
from hearth.imports.models import ImportRun
from hearth.imports.shelves import SHELVES
from hearth.partners.models import SchoolPlace
from hearth.people.models import Person
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School
from hearth.web import embedded
from hearth.web.prepare import prepare_database

SEARCHES = (
    "", "q=food", "q=counseling+for+teenagers", "q=comida", "need=talking&language=vi",
    "language=es&free=on", "grade=04&need=learning", "near=3", "now=on", "near=10&now=on&q=rent",
    "page=200", "insurance=medi_cal",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--services", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--data", type=Path, help="Keep everything here; made again if missing.")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        found = measure(chosen.data or Path(passing), chosen.services, chosen.rounds)
    print(json.dumps(found, indent=1) if chosen.json else _words(found))


def measure(folder: Path, services: int, rounds: int) -> dict[str, Any]:
    _fresh_database()
    district, rosa = world(CENTER)
    package = write(folder / f"directory-{services}", services)
    first, run = bring(package, district)
    again, _ = bring(package, district)
    rows, bare = bare_copy(package)
    _tidy()
    pages, worked = searched(rosa, SEARCHES, rounds)
    floor, floor_work = pages.pop("floor"), worked.pop("floor")
    medians = {name: statistics.median(times) for name, times in pages.items()}
    every = statistics.median(t for times in pages.values() for t in times)
    by_server = over_the_server(rosa, SEARCHES)
    return {
        "services": services,
        "rows": rows,
        "load_s": first.words(),
        "same_again_s": again.words(),
        "bare_copy_s": bare.words(),
        "ratio_to_bare_copy": round(first.clock / bare.clock, 1),
        "ratio_of_processor_time": round(first.work / bare.work, 1),
        "counts": {name: count["new"] for name, count in run.counts.items()},
        "floor_ms": round(statistics.median(floor) * 1000, 1),
        "search_times_floor": round(every / statistics.median(floor), 2),
        "search_times_floor_of_processor_time": round(
            statistics.median(worked.values()) / floor_work, 2
        ),
        "over_the_server": by_server,
        "searches": {
            name or "everything": f"{took * 1000:.1f} ms, {took / statistics.median(floor):.2f}, "
            f"{worked[name] / floor_work:.2f}"
            for name, took in medians.items()
        },
        "load_average": os.getloadavg()[0],
    }


def _fresh_database() -> None:
    """An empty one of this version, in the place where the measurements of pages put theirs."""
    connection.close()
    name = sql.Identifier(embedded.DATABASE)
    with psycopg.connect(embedded.superuser_url(DATA / "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        owner = sql.Identifier(embedded.OWNER)
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    prepare_database()


def _tidy() -> None:
    """What the server does by itself within a minute of a load; the application's role may not."""
    database = psycopg.conninfo.make_conninfo(
        embedded.superuser_url(DATA / "postgres"), dbname=embedded.DATABASE
    )
    with psycopg.connect(database, autocommit=True) as server:
        server.execute("VACUUM (ANALYZE)")


def world(center: tuple[float, float]) -> tuple[District, User]:
    """One district, one school on the map, and Rosa who coordinates there."""
    district, _ = District.objects.get_or_create(slug="county", defaults={"name": "County"})
    with acting_for(district.pk):
        school, _ = School.objects.get_or_create(
            district=district, slug="oak", defaults={"name": "Oak", "source_id": "oak"}
        )
        SchoolPlace.objects.get_or_create(
            school=school,
            defaults={"district": district, "latitude": center[0], "longitude": center[1]},
        )
        rosa = User.objects.filter(email="rosa@example.org").first()
        if rosa is None:
            rosa = User.objects.create_user("rosa@example.org", district=district, name="Rosa")
            Membership.objects.create(
                district=district, user=rosa, role="coordinator", school=school,
                starts=timezone.localdate(),
            )  # fmt: skip
            Person.objects.create(district=district, given_name="Diego", family_name="Ruiz")
    return district, rosa


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and those in which a processor worked for us."""

    clock: float
    work: float

    @classmethod
    def so_far(cls) -> "Spent":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
        user, system = server.read_text().rpartition(")")[2].split()[11:13]
        ticks = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return cls(time.perf_counter(), time.process_time() + ticks)

    def since(self, began: "Spent") -> "Spent":
        return Spent(self.clock - began.clock, self.work - began.work)

    def words(self) -> str:
        return f"{self.clock:.2f} ({self.work:.2f})"


def bring(package: Path, district: District) -> tuple[Spent, ImportRun]:
    """From the first byte read to the commit; the raw file is kept as it always is."""
    began = Spent.so_far()
    with acting_for(district.pk):
        run = actions.receive(file=package, name=package.name, district=district, by=None,
                              kind="directory", source="County")  # fmt: skip
    run, held = actions.check_run(run_id=run.pk, district_id=district.pk, plan=False)
    run = actions.apply_run(run_id=run.pk, district_id=district.pk, by=None, checked=held)
    if run.state != ImportRun.State.APPLIED:
        raise SystemExit(f"not loaded: {run.state} {run.trouble}")
    return Spent.so_far().since(began), run


def bare_copy(package: Path) -> tuple[int, Spent]:
    """The same rows, in the room's own columns, into tables without keys, indexes or checks."""
    frames = read(Asked(package, package.name, timezone.localdate())).frames
    texts = {}
    for shelf in SHELVES:
        out = io.BytesIO()
        frames[shelf.name].select(list(shelf.staged)).write_csv(out, include_header=False)
        texts[shelf.name] = out.getvalue()
    rows = sum(frame.height for frame in frames.values())
    took = []
    for _ in range(5):
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                columns = ", ".join(f'"{name}" {kind}' for name, kind in shelf.staged.items())
                cursor.execute(f"CREATE TEMP TABLE bare_{shelf.name} ({columns})")
            began = Spent.so_far()
            for shelf in SHELVES:
                with cursor.copy(f"COPY bare_{shelf.name} FROM STDIN (FORMAT csv)") as copy:
                    copy.write(texts[shelf.name])
            took.append(Spent.so_far().since(began))
            for shelf in SHELVES:
                cursor.execute(f"DROP TABLE bare_{shelf.name}")
    return rows, Spent(
        statistics.median(one.clock for one in took), statistics.median(one.work for one in took)
    )


def searched(
    rosa: User, searches: Sequence[str], rounds: int
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Seconds of each search and of the floor page, taking turns; and what each worked in all."""
    client = Client()
    client.force_login(rosa)
    paths = _paths(rosa, searches)
    times: dict[str, list[float]] = {name: [] for name in paths}
    worked = dict.fromkeys(paths, 0.0)
    for turn in range(rounds + 2):
        for name, path in paths.items():
            began = Spent.so_far()
            answer = client.get(path)
            took = Spent.so_far().since(began)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            if turn > 1:
                times[name].append(took.clock)
                worked[name] += took.work
    return times, worked


def over_the_server(rosa: User, searches: Sequence[str]) -> dict[str, str]:
    """By visitors at once: the floor page, the median of all searches, and its floors."""
    asking = {name: Door(rosa, path).asking() for name, path in _paths(rosa, searches).items()}
    took = {clients: {name: Visits() for name in asking} for clients in CLIENTS}
    with served() as port:
        for turn in range(ROUNDS + 1):
            for clients, by_name in took.items():
                for name, ask in asking.items():
                    visits = visit(port, ask, answers=200, clients=clients, seconds=0.5)
                    if turn:
                        by_name[name] += visits
    told = {}
    for clients, by_name in took.items():
        floor = by_name.pop("floor").percentile(0.5)
        medians = [visits.percentile(0.5) for visits in by_name.values()]
        median = statistics.median(medians)
        told[f"{clients} at once"] = f"{floor:.1f} ms, {median:.1f} ms, {median / floor:.2f}"
    return told


def _paths(rosa: User, searches: Sequence[str]) -> dict[str, str]:
    """The floor page first."""
    with acting_for(rosa.district_id):
        person = Person.objects.first()
    if person is None:
        raise SystemExit("nobody is there for the floor page")
    directory = reverse("partners:directory")
    paths = {"floor": reverse("floor", args=[person.pk])}
    return paths | {search: f"{directory}?{search}" for search in searches}


def _words(found: dict[str, Any]) -> str:
    out = io.StringIO()
    for name, value in found.items():
        if isinstance(value, dict):
            print(name, file=out)
            for inner, said in value.items():
                print(f"    {inner:28}{said!s:>24}", file=out)
        else:
            print(f"{name:40}{value!s:>14}", file=out)
    return out.getvalue()


if __name__ == "__main__":
    main()
