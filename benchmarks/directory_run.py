"""The measured work of `benchmarks.directory`: it needs Django awake, so it stands by itself."""

import io
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

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


def bring(package: Path, district: District) -> tuple[float, ImportRun]:
    """Seconds from the first byte read to the commit; the raw file is kept as it always is."""
    began = time.perf_counter()
    with acting_for(district.pk):
        run = actions.receive(file=package, name=package.name, district=district, by=None,
                              kind="directory", source="County")  # fmt: skip
    run, held = actions.check_run(run_id=run.pk, district_id=district.pk, plan=False)
    run = actions.apply_run(run_id=run.pk, district_id=district.pk, by=None, checked=held)
    if run.state != ImportRun.State.APPLIED:
        raise SystemExit(f"not loaded: {run.state} {run.trouble}")
    return time.perf_counter() - began, run


def bare_copy(package: Path) -> tuple[int, float]:
    """The same rows, in the room's own columns, into tables without keys, indexes or checks."""
    frames = read(Asked(package, package.name, timezone.localdate())).frames
    texts = {}
    for shelf in SHELVES:
        out = io.BytesIO()
        frames[shelf.name].select(list(shelf.staged)).write_csv(out, include_header=False)
        texts[shelf.name] = out.getvalue()
    rows = sum(frame.height for frame in frames.values())
    took = []
    for _ in range(3):
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                columns = ", ".join(f'"{name}" {kind}' for name, kind in shelf.staged.items())
                cursor.execute(f"CREATE TEMP TABLE bare_{shelf.name} ({columns})")
            began = time.perf_counter()
            for shelf in SHELVES:
                with cursor.copy(f"COPY bare_{shelf.name} FROM STDIN (FORMAT csv)") as copy:
                    copy.write(texts[shelf.name])
            took.append(time.perf_counter() - began)
            for shelf in SHELVES:
                cursor.execute(f"DROP TABLE bare_{shelf.name}")
    return rows, sorted(took)[1]


def searched(rosa: User, searches: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Seconds of each search and of the floor page, taking turns."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(rosa)
    with acting_for(rosa.district_id):
        person = Person.objects.first()
    if person is None:
        raise SystemExit("nobody is there for the floor page")
    directory = reverse("partners:directory")
    paths = {"floor": reverse("floor", args=[person.pk])}
    paths |= {search: f"{directory}?{search}" for search in searches}
    times: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(rounds + 2):
        for name, path in paths.items():
            began = time.perf_counter()
            answer = client.get(path)
            took = time.perf_counter() - began
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            if turn > 1:
                times[name].append(took)
    return times
