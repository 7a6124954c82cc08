"""Priya brings attendance in: she says once which column is which and what the codes mean."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearth.imports.models import Fault, ImportRun, Mapping
from hearth.records.models import AttendanceDay
from tests.cast import Cast
from tests.imports.test_pages import work

State = ImportRun.State
COLUMNS = {"student": "Pupil", "day": "When", "kind": "Mark", "minutes": "", "school": ""}


@pytest.fixture
def priya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.priya)
    return client


def days_of(cast: Cast) -> str:
    """Diego was there, Minh Anh was away with a reason; neither words nor marks are plain."""
    diego, minh_anh = cast.diego.person.source_id, cast.minh_anh.person.source_id
    return f"Pupil,When,Mark\n{diego},2026-09-01,/\n{minh_anh},2026-09-01,Z\n"


def send(client: Client, content: bytes, name: str = "days.csv") -> ImportRun:
    sent = {
        "roster": [SimpleUploadedFile(name, content)], "kind": "attendance", "source": "Aeries",
    }  # fmt: skip
    answer = client.post(reverse("imports:new"), sent)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return ImportRun.objects.latest("pk")


def says(client: Client, run: ImportRun, page: str = "run") -> str:
    return client.get(reverse(f"imports:{page}", args=[run.pk])).content.decode()


def test_priya_says_it_once_and_the_next_file_asks_nothing(cast: Cast, priya: Client) -> None:
    run = send(priya, days_of(cast).encode())
    assert run.state == State.FAULTY
    assert reverse("imports:columns", args=[run.pk]) in says(priya, run)

    asked = says(priya, run, "columns")
    assert "Which column is which?" in asked
    assert "Pupil" in asked
    assert "2026-09-01" in asked
    answer = priya.post(reverse("imports:columns", args=[run.pk]), COLUMNS)
    assert answer["Location"] == reverse("imports:codes", args=[run.pk])

    assert "“/” means" in says(priya, run, "codes")
    priya.post(reverse("imports:codes", args=[run.pk]), {"code0": "present", "code1": "excused"})
    work()
    run.refresh_from_db()
    assert run.state == State.READY
    assert "2 new days" in says(priya, run)
    priya.post(reverse("imports:load", args=[run.pk]))
    work()
    kinds = dict(AttendanceDay.objects.values_list("student", "kind"))
    assert kinds == {cast.diego.pk: "present", cast.minh_anh.pk: "excused"}

    again = send(priya, days_of(cast).replace("09-01", "09-02").encode(), "tomorrow.csv")
    assert again.state == State.READY


def test_a_packed_file_shows_its_beginning_too(cast: Cast, priya: Client) -> None:
    run = send(priya, gzip.compress(days_of(cast).encode()), "days.csv.gz")
    assert "Pupil" in says(priya, run, "columns")


def test_one_column_does_not_say_two_things(cast: Cast, priya: Client) -> None:
    run = send(priya, days_of(cast).encode())
    twice = {**COLUMNS, "minutes": "Mark"}
    answer = priya.post(reverse("imports:columns", args=[run.pk]), twice)
    assert "This column is chosen already." in answer.content.decode()
    assert not Mapping.objects.exists()


def test_a_code_that_turns_up_later_is_asked_about(cast: Cast, priya: Client) -> None:
    run = send(priya, days_of(cast).encode())
    Fault.objects.create(
        district=cast.alder, run=run, blocking=True, file="days.csv", line=70_000,
        kind="code_unknown", params={"value": "“Q”", "rows": 3},
    )  # fmt: skip
    priya.post(reverse("imports:columns", args=[run.pk]), COLUMNS)
    assert "“Q” means" in says(priya, run, "codes")


def test_what_was_loaded_is_not_read_another_way(cast: Cast, priya: Client) -> None:
    run = send(priya, days_of(cast).encode())
    ImportRun.objects.filter(pk=run.pk).update(state=State.APPLIED)
    answer = priya.get(reverse("imports:columns", args=[run.pk]))
    assert answer["Location"] == reverse("imports:run", args=[run.pk])


def test_rosa_loads_no_files(cast: Cast, priya: Client, client: Client) -> None:
    run = send(priya, days_of(cast).encode())
    client.force_login(cast.rosa)
    assert client.get(reverse("imports:columns", args=[run.pk])).status_code in (403, 404)
