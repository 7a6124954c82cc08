"""Priya asks for one measure by two groups together; a job builds it, and nothing of it is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.audit.models import Event
from hearth.insight import actions, tasks
from hearth.insight.disclose import CannotTell, Refusal
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.models import AskedTable, DisclosedTable, Release
from tests.cast import Cast
from tests.insight import worlds

Standing = AskedTable.Standing
FORM = {"measure": "chronic_absence", "year": "2026", "first": "gender", "second": "race"}


@pytest.fixture
def figures(
    cast: Cast, tmp_path: Path, some_measures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alder Valley's year, told by each group alone; the job finds the same mart."""
    sizes = {cast.cottonwood.pk: 220, cast.larkspur.pk: 310}
    snapshot = worlds.district(tmp_path / "mart", sizes)

    @contextmanager
    def mart_of(_district: int) -> Iterator[Mart]:
        with opened(snapshot, Engine(threads=1)) as mart:
            yield mart

    monkeypatch.setattr(tasks, "open_mart", mart_of)
    monkeypatch.setattr(tasks, "home_of", lambda _district: tmp_path / "mart")
    with mart_of(cast.alder.pk) as mart:
        actions.release_standing(
            district_id=cast.alder.pk, mart=mart, stamp=snapshot.stamp, today=date(2026, 7, 1)
        )


def ask(client: Client, **changed: str) -> AskedTable:
    answer = client.post(reverse("insight:build"), FORM | changed)
    asked = AskedTable.objects.latest("pk")
    assert answer["Location"] == reverse("insight:asked", args=[asked.pk])
    return asked


def jobs(asked: AskedTable) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args__asked_id=asked.pk))


def page(client: Client, asked: AskedTable, **headers: Any) -> Any:
    return client.get(reverse("insight:asked", args=[asked.pk]), headers=headers)


def test_priya_asks_and_the_page_shows_that_it_is_being_built(
    client: Client, cast: Cast, figures: None
) -> None:
    client.force_login(cast.priya)
    asked = ask(client)
    assert not DisclosedTable.objects.exclude(cut="").exists(), "the question counts nobody"
    assert "the table is being built" in page(client, asked).content.decode()
    assert "Waits for its turn" in page(client, asked, HX_Request="true").content.decode()
    actions.begin_table(asked_id=asked.pk)
    assert "seconds so far" in page(client, asked, HX_Request="true").content.decode()


def test_then_the_table_stands_there_and_everybody_reads_it(
    client: Client, cast: Cast, figures: None
) -> None:
    client.force_login(cast.priya)
    asked = ask(client)
    tasks.build_together(asked_id=asked.pk, district_id=cast.alder.pk)
    assert page(client, asked, HX_Request="true")["HX-Refresh"] == "true"
    told = reverse("insight:together", args=["district", "chronic_absence", "race+gender"])
    assert page(client, asked)["Location"] == f"{told}?year=2026"
    client.force_login(cast.rosa)
    assert "Hispanic or Latino, Female" in client.get(told).content.decode()
    client.force_login(cast.priya)
    assert told in client.get(reverse("insight:build")).content.decode(), "the list leads to it"
    release = Release.objects.get(cut="race+gender")
    assert release.by == cast.priya


def test_asked_twice_it_is_one_table_and_one_job(client: Client, cast: Cast, figures: None) -> None:
    client.force_login(cast.priya)
    first, second = ask(client), ask(client, first="race", second="gender")
    assert first == second
    assert len(jobs(first)) == 1
    tasks.build_together(asked_id=first.pk, district_id=cast.alder.pk)
    assert ask(client).standing == Standing.TOLD
    assert len(jobs(first)) == 1
    assert Release.objects.filter(cut="race+gender").count() == 1


def test_what_cannot_be_told_is_refused_with_its_reason(
    client: Client, cast: Cast, figures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: Any) -> None:
        raise CannotTell(Refusal.GIVEN_AWAY)

    client.force_login(cast.priya)
    asked = ask(client)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "crossed", refuses)
        tasks.build_together(asked_id=asked.pk, district_id=cast.alder.pk)
    shown = page(client, asked).content.decode()
    assert "this table cannot be told" in shown
    assert "would give somebody away" in shown
    assert not Release.objects.exclude(cut="").exists()
    assert ask(client).is_waiting, "asked again, it is tried again"


def test_a_build_that_goes_wrong_says_so_and_can_be_asked_for_again(
    client: Client, cast: Cast, figures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise OSError("the disk is full")

    client.force_login(cast.priya)
    asked = ask(client)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "crossed", breaks)
        with pytest.raises(OSError, match="full"):
            tasks.build_together(asked_id=asked.pk, district_id=cast.alder.pk)
    assert "did not finish" in page(client, asked).content.decode()
    assert ask(client).is_waiting


def test_a_killed_worker_loses_nothing(client: Client, cast: Cast, figures: None) -> None:
    """Its job stands as being done for ever; the table gets another within minutes."""
    client.force_login(cast.priya)
    asked = ask(client)
    actions.begin_table(asked_id=asked.pk)
    _be_killed_at(jobs(asked)[0])
    tasks.take_up_again(0)
    assert len(jobs(asked)) == 2
    tasks.take_up_again(0)
    assert len(jobs(asked)) == 2, "one new job is enough"
    tasks.build_together(asked_id=asked.pk, district_id=cast.alder.pk)
    asked.refresh_from_db()
    assert asked.standing == Standing.TOLD


def test_taken_back_before_its_turn_it_is_not_built(
    client: Client, cast: Cast, figures: None
) -> None:
    client.force_login(cast.priya)
    asked = ask(client)
    client.post(reverse("insight:take_back", args=[asked.pk]))
    tasks.build_together(asked_id=asked.pk, district_id=cast.alder.pk)
    assert "was taken back" in page(client, asked).content.decode()
    assert not Release.objects.exclude(cut="").exists()
    assert Event.objects.filter(verb="table_taken_back").exists()


def test_only_who_builds_tables_sees_what_was_asked_for(
    client: Client, cast: Cast, figures: None
) -> None:
    client.force_login(cast.priya)
    asked = ask(client)
    client.force_login(cast.rosa)
    assert page(client, asked).status_code == 403
    assert client.post(reverse("insight:take_back", args=[asked.pk])).status_code == 403
    client.force_login(cast.omar)
    assert page(client, asked).status_code == 403


def _be_killed_at(job: ProcrastinateJob) -> None:
    """A worker took the job, and was heard of for the last time an hour ago."""
    gone = timezone.now() - timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [gone]
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job.pk],
        )
