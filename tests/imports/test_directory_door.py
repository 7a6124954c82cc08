"""Rosa and Grace bring in what the community offers; no other file is theirs to see or send."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.visible import people_who_may_see, why
from hearth.imports.columns import KINDS_IN_WORDS
from hearth.imports.models import ImportRun
from hearth.partners.models import Service
from tests.cast import Cast
from tests.imports.test_pages import a_run, page_of, told, work
from tests.partners import packages

State = ImportRun.State
LEADERS = ("rosa", "grace")


@pytest.fixture
def rosa(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rosa)
    return client


def a_directory(folder: Path) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in packages.write(folder).iterdir():
            archive.write(file, file.name)
    return SimpleUploadedFile("county.zip", packed.getvalue(), "application/zip")


def sends(client: Client, file: SimpleUploadedFile, **said: Any) -> Any:
    return client.post(reverse("imports:new"), {"roster": [file], "source": "County 211", **said})


def test_rosa_loads_a_directory_and_takes_it_back(cast: Cast, rosa: Client, tmp_path: Path) -> None:
    first = rosa.get(reverse("imports:runs")).content.decode()
    assert "each directory of services" in first
    assert "roster" not in first.lower()
    assert sends(rosa, a_directory(tmp_path / "county")).status_code == 302
    run = ImportRun.objects.get()
    assert (run.kind, run.source, run.by) == ("directory", "County 211", cast.rosa)
    work()
    assert "2 new services" in page_of(rosa, run)
    rows = rosa.get(reverse("imports:rows", args=[run.pk, "services", "new"])).content.decode()
    assert "Family Counseling" in rows
    assert "loaded now" in told(rosa, "load", run)
    work()
    assert Service.objects.current().count() == 2
    assert "Your role loads what the community offers" in page_of(rosa, run)
    told(rosa, "undo", run)
    work()
    assert not Service.objects.exists()


def test_she_is_offered_no_other_kind_of_file_and_may_send_none(
    cast: Cast, rosa: Client, tmp_path: Path
) -> None:
    page = rosa.get(reverse("imports:new"))
    assert [key for key, _words in page.context["form"].fields["kind"].choices] == ["directory"]
    assert "roster" not in page.content.decode().lower().replace('"roster"', "").replace(
        "id_roster", ""
    )
    for kind in KINDS_IN_WORDS.keys() - {"directory"}:
        answer = sends(rosa, a_directory(tmp_path / kind), kind=kind)
        assert answer.status_code == 200, kind
        assert answer.context["form"].errors["kind"], kind
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("person", LEADERS)
@pytest.mark.parametrize("kind", sorted(KINDS_IN_WORDS.keys() - {"directory"}))
def test_a_file_of_another_kind_is_not_there_for_her(
    cast: Cast, client: Client, person: str, kind: str
) -> None:
    run = a_run(cast, kind=kind)
    client.force_login(getattr(cast, person))
    for address in (
        reverse("imports:run", args=[run.pk]),
        reverse("imports:columns", args=[run.pk]),
        reverse("imports:codes", args=[run.pk]),
        reverse("imports:faults_csv", args=[run.pk]),
        reverse("imports:rows", args=[run.pk, "students", "new"]),
        reverse("imports:undo", args=[run.pk]),
    ):
        assert client.get(address).status_code == 404, address
    for act in ("load", "cancel", "resume", "discard", "undo", "columns", "codes"):
        assert client.post(reverse(f"imports:{act}", args=[run.pk])).status_code == 404, act
    assert "roster.zip" not in client.get(reverse("imports:runs")).content.decode()
    run.refresh_from_db()
    assert run.state == State.READY


def test_who_may_see_a_run_of_a_directory_is_who_sees_it(cast: Cast) -> None:
    run = a_run(cast, kind="directory")
    watchers = {watcher.user.name: watcher.reasons for watcher in people_who_may_see(run)}
    assert watchers.keys() == {"Rosa Delgado", "Grace Okafor", "Priya Raman", "Helen Marsh"}
    for key in ("rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy"):
        user = getattr(cast, key)
        assert ImportRun.objects.visible_to(user).exists() == (user.name in watchers), key
        assert [str(r) for r in why(user, run)] == [str(r) for r in watchers.get(user.name, [])]


def test_helen_looking_through_rosas_eyes_sees_no_roster(cast: Cast) -> None:
    a_run(cast)
    directory = a_run(cast, kind="directory")
    cast.rosa.viewed_by = cast.helen
    assert list(ImportRun.objects.visible_to(cast.rosa)) == [directory]


def test_whoever_loads_every_file_passes_the_same_door() -> None:
    every = {key for key, role in ROLES.items() if May.IMPORT_FILES in role.may}
    door = {key for key, role in ROLES.items() if May.LOAD_DIRECTORY in role.may}
    assert every == {"district_lead", "district_analyst"}
    assert door - every == {"coordinator", "principal"}
    assert every <= door


def test_the_way_there_stands_on_the_directory(cast: Cast, rosa: Client) -> None:
    page = rosa.get(reverse("partners:directory"))
    assert reverse("imports:runs") in page.content.decode()
    runs = rosa.get(reverse("imports:runs"))
    tabs = {place.label: place.current for place in runs.context["navigation"]}
    assert tabs["Directory"]
    assert "Roster files" not in tabs
    rosa.force_login(cast.amina)
    assert reverse("imports:runs") not in rosa.get(reverse("partners:directory")).content.decode()
