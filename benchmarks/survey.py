"""Answers to a survey in a second beside the floor page, and what a killed server loses.

    python -m benchmarks.survey [--seconds 5] [--kills 3]

One survey of fourteen questions with two texts, answered by links of one's own: the dearest way,
because each answer also marks that it was given. The floor and the answers take turns in one run.
"""

import argparse
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.db import connections

from benchmarks import (
    awake,  # noqa: F401 - before any model
    visitors,
)
from benchmarks.settings import DATA, ROOT
from benchmarks.visited import Door
from benchmarks.visitors import Visits, visit
from hearth.access.models import Membership, User
from hearth.listening.actions import project as projects
from hearth.listening.actions import survey as surveys
from hearth.listening.models import Box, Participation, Survey
from hearth.listening.reading.participation import has_answered, how_many
from hearth.listening.rules.layout import ALL
from hearth.listening.rules.sets import shipped
from hearth.listening.rules.ticket import ticket
from hearth.people.models import Person
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School
from hearth.web import embedded
from hearth.web.prepare import prepare_database

CLIENTS, ROUNDS, PEOPLE, BEFORE_KILL = 8, 3, 60_000, 150
LOT = random.Random(6)
DAYS = {"opens": date(2020, 1, 1), "closes": date(2040, 1, 1)}


class World:
    """A district, somebody to show the floor page to, and a survey that many are asked."""

    def __init__(self) -> None:
        _anew()
        self.district = District.objects.create(name="Alder Valley", slug="alder-valley")
        with acting_for(self.district.pk):
            school = School.objects.create(district=self.district, name="Oak", slug="oak")
            self.user = User.objects.create_user(
                "rosa@example.org", district=self.district, name="R"
            )
            Membership.objects.create(
                district=self.district, user=self.user, role="coordinator", school=school,
                starts=DAYS["opens"],
            )  # fmt: skip
            self.person = Person.objects.create(
                district=self.district, given_name="R", family_name="A"
            )
            self.survey = self._survey(school)
        self.slots = count()
        self.path = f"/say/{self.district.slug}/{self.survey.key}/"

    def _survey(self, school: School) -> Survey:
        chosen = shipped()["students"]
        words = {"title": "T", "purpose": "P", "questions": [], "guiding_group": "",
                 "session": None, "consent_en": "C", "consent_es": "C"}  # fmt: skip
        days = {"starts": DAYS["opens"], "ends": DAYS["closes"]}
        project = projects.begin_project(school=school, said=words | days, by=self.user)
        said = {"title": chosen.title, "intro": chosen.intro, "sheet": list(chosen.sheet),
                "audience": "students", "way": "personal", "languages": ["en", "es"]}  # fmt: skip
        made = surveys.make_survey(project=project, said=said | DAYS, by=self.user)
        Participation.objects.create(
            district=self.district, survey=made, answered=bytes(PEOPLE // 8)
        )
        return surveys.open_survey(survey=made, by=self.user)

    def one_answer(self, slot: int | None = None) -> bytes:
        """Every third writes a text, as people do."""
        slot = next(self.slots) if slot is None else slot
        told: dict[str, Any] = {
            question.key: LOT.choice(question.options).key
            for question in self.survey.questions
            if question.options
        }
        if slot % 3 == 0:
            told["better"] = f"A longer lunch and more music, please, number {slot}."
        token = secrets.token_hex(16)
        told |= {"csrfmiddlewaretoken": token,
                 "ticket": ticket(settings.SECRET_KEY, str(self.survey.key), slot)}  # fmt: skip
        return visitors.post(self.path, f"{settings.CSRF_COOKIE_NAME}={token}", urlencode(told))

    def counted(self) -> tuple[int, int, bytes]:
        """How many the box holds, how many links are used, and which."""
        with acting_for(self.district.pk):
            box = Box.objects.get(survey=self.survey)
            row = Participation.objects.get(survey=self.survey)
            used = how_many(self.survey).answered
        return box.counts[self.survey.places[ALL] - 1], used, bytes(row.answered)


def main() -> None:
    wanted = _wanted()
    world = World()
    told = {"load_average": os.getloadavg()[0], **_speed(world, wanted.seconds)}
    told["kills"] = [_killed(world) for _ in range(wanted.kills)]
    told["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(told, indent=2))
    connections.close_all()
    os.kill(int((DATA / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGINT)


def _speed(world: World, seconds: float) -> dict[str, Any]:
    floor, answers = Visits(), Visits()
    ask = Door(world.user, f"/floor/{world.person.pk}/").asking()
    with _served() as (port, _server):
        for turn in range(ROUNDS + 1):
            part = seconds if turn else 1.0
            one = visit(port, ask, answers=200, clients=CLIENTS, seconds=part)
            other = visit(port, world.one_answer, answers=302, clients=CLIENTS, seconds=part)
            if turn:
                floor += one
                answers += other
    return {
        "floor": _told(floor), "answers": _told(answers),
        "times_floor": round(answers.percentile(0.5) / floor.percentile(0.5), 2),
    }  # fmt: skip


def _told(visits: Visits) -> dict[str, float]:
    at = {f"p{n}": round(visits.percentile(n / 100), 2) for n in (50, 95, 99)}
    return at | {"per_second": round(visits.per_second, 1), "answers": len(visits.took)}


def _killed(world: World) -> dict[str, int]:
    """SIGKILL every process of the server in the middle of the load; then count."""
    before = world.counted()[0]
    accepted: list[int] = []

    def answering(port: int) -> None:
        with suppress(OSError):
            while True:
                slot = next(world.slots)
                answer = visitors._exchange(port, world.one_answer(slot))
                if not answer.startswith(b"HTTP/1.1 302 "):
                    return
                accepted.append(slot)

    with _served() as (port, server):
        threads = [Thread(target=answering, args=(port,)) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        while len(accepted) < BEFORE_KILL:
            time.sleep(0.05)
        os.killpg(server.pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
    time.sleep(1)  # a transaction whose client is gone is rolled back
    box, used, answered = world.counted()
    lost = [slot for slot in accepted if not has_answered(answered, slot)]
    return {"accepted": len(accepted), "in_the_box": box - before, "lost": len(lost),
            "box_and_links_differ_by": box - used}  # fmt: skip


@contextmanager
def _served() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "hearth.web.wsgi", "--workers", "2", "--bind",
         f"127.0.0.1:{port}", "--worker-class", "sync", "--config", "python:hearth.web.gunicorn"],
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        yield port, server
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait(30)


def _anew() -> None:
    name = settings.DATABASES["default"]["NAME"]
    connections.close_all()
    url = embedded.superuser_url(Path(DATA) / "postgres")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
        server.execute(f'CREATE DATABASE "{name}" OWNER {embedded.OWNER}')  # type: ignore[call-overload]
    prepare_database()


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.survey", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each in each round")
    parser.add_argument("--kills", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
