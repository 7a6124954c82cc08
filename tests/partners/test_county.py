"""The county reads what became of referrals, in a file that is signed and names nobody."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.access.models import User
from hearth.audit.models import Look
from hearth.cli.keys import make_signing_key
from hearth.kit import signing
from hearth.partners.actions import agreement, outward
from hearth.partners.actions import county as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import CountyExport, CountyReader, Organization, RowKey
from hearth.partners.paper.county import bundle
from hearth.partners.rules import county as rules
from hearth.partners.views.county_api import described
from tests.cast import Cast
from tests.guards.house import addresses
from tests.partners.county import children, county, refer, with_key
from tests.partners.helping import Helping, helping
from tests.partners.test_pages import browser
from tests.partners.world import days


@pytest.fixture
def help_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Helping:
    """Three children are enough for a group here; the law's number has its own test."""
    monkeypatch.setattr(rules, "least_students", lambda on: 3)
    with_key()
    return helping(cast)


@pytest.fixture
def office(cast: Cast) -> Organization:
    return county(cast)[0]


def read(export: CountyExport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bytes(export.table).decode("utf-8-sig"))))


def test_four_are_told_and_nobody_by_name(help_there: Helping, office: Organization) -> None:
    sent = [refer(help_there, one) for one in children(help_there.cast, 4)]
    outward.answer(out=sent[0], to="declined", declined_because="no_place", by=sent[0].sent_by)

    export = actions.make(organization=office, by=help_there.cast.priya)

    told = read(export)
    assert len(told) == export.rows == 4
    assert {row["school"] for row in told} == {"Cottonwood Elementary"}
    assert sorted(row["stands"] for row in told) == ["declined", *["no_answer"] * 3]
    assert {row["grades"] for row in told} == {"4-6"}
    text = bytes(export.table).decode() + export.manifest
    for mark in ("Kid", "Lastname", "Mo Ther", "Please."):
        assert mark not in text
    keys = [row["key"] for row in told]
    assert keys == sorted(keys)
    assert not {str(one.pk) for one in sent} & set(keys)


def test_three_children_are_the_fewest(help_there: Helping, office: Organization) -> None:
    kids = children(help_there.cast, 3)
    for one in kids[:2]:
        refer(help_there, one)
    few = actions.make(organization=office, by=help_there.cast.priya)
    assert (few.rows, few.withheld) == (0, "1-2")
    assert not RowKey.objects.exists()

    refer(help_there, kids[2])

    assert actions.make(organization=office, by=help_there.cast.priya).rows == 3


def test_the_next_file_says_the_same_under_the_same_key(
    help_there: Helping, office: Organization
) -> None:
    """And how it stands now; the one child who came since waits until there are more."""
    kids = children(help_there.cast, 4)
    sent = [refer(help_there, one) for one in kids[:3]]
    first = read(actions.make(organization=office, by=help_there.cast.priya))
    outward.answer(
        out=sent[2], to="served", first_service_on=timezone.localdate(), by=sent[2].sent_by
    )
    refer(help_there, kids[3])

    later = actions.make(organization=office, by=help_there.cast.priya)

    second = read(later)
    assert [{**row, "stands": ""} for row in second] == [{**row, "stands": ""} for row in first]
    assert [row["stands"] for row in second].count("linked") == 1
    assert later.withheld == "1-2"
    other, _signed = county(help_there.cast)
    apart = read(actions.make(organization=other, by=help_there.cast.priya))
    assert not {row["key"] for row in apart} & {row["key"] for row in second}


def test_what_was_told_cannot_be_told_otherwise(help_there: Helping, office: Organization) -> None:
    actions.make(organization=office, by=help_there.cast.priya)
    for table in (CountyExport, RowKey):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            table.objects.update(district=help_there.cast.alder)


def test_what_a_family_took_back_before_is_not_begun(
    help_there: Helping, office: Organization
) -> None:
    sent = [refer(help_there, one) for one in children(help_there.cast, 4)]
    outward.withdraw(out=sent[0], by=help_there.cast.rosa)
    assert actions.make(organization=office, by=help_there.cast.priya).rows == 3
    outward.withdraw(out=sent[1], by=help_there.cast.rosa)
    stands = [
        r["stands"] for r in read(actions.make(organization=office, by=help_there.cast.priya))
    ]
    assert stands.count("taken_back") == 1


@pytest.mark.parametrize(
    "said",
    [
        {"purposes": ["support"]},
        {"elements": ["asked_for"]},
        {"kind": "memorandum"},
        {"starts": days(-90), "expires": days(-1)},
    ],
)
def test_nothing_without_an_agreement_to_count(help_there: Helping, said: dict[str, Any]) -> None:
    office, _signed = county(help_there.cast, **said)
    with pytest.raises(NotAllowed):
        actions.make(organization=office, by=help_there.cast.priya)
    with pytest.raises(NotAllowed):
        actions.let_read(
            organization=office, name="X", expires_on=days(30), by=help_there.cast.priya
        )


def test_the_language_is_told_only_where_the_agreement_names_it(help_there: Helping) -> None:
    office, _signed = county(help_there.cast, elements=["asked_for", "school_grade"])
    for one in children(help_there.cast, 3):
        refer(help_there, one)
    told = read(actions.make(organization=office, by=help_there.cast.priya))
    assert {row["language"] for row in told} == {"not_told"}


# The signature


def test_anybody_checks_it_with_openssl(
    help_there: Helping, office: Organization, tmp_path: Path
) -> None:
    export = actions.make(organization=office, by=help_there.cast.priya)
    with zipfile.ZipFile(io.BytesIO(bundle(export))) as held:
        held.extractall(tmp_path)
    pem = Client().get(reverse("county_api:public_key")).content.decode()
    (tmp_path / "public-key.pem").write_text(pem)
    manifest = (tmp_path / "manifest.json").read_bytes()
    said = json.loads(manifest)["files"]["referrals.csv"]["sha256"]
    assert said == hashlib.sha256((tmp_path / "referrals.csv").read_bytes()).hexdigest()
    assert signing.is_signed(pem, manifest, bytes(export.signature))
    assert not signing.is_signed(pem, manifest + b" ", bytes(export.signature))

    page = browser(help_there.cast.priya).get(export.get_absolute_url()).content.decode()
    command = re.search(r"openssl (pkeyutl [^\n]+)", page)
    openssl = shutil.which("openssl")
    if openssl:  # the very line of the page
        asked = [openssl, *command[1].split()]  # type: ignore[index]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "Verified Successfully" in done.stdout


def test_the_key_is_made_once_by_a_command(
    help_there: Helping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "NAME", "another-key")
    file = Path(settings.HEARTH.data) / "secrets" / "another-key"
    file.unlink(missing_ok=True)
    office, _signed = county(help_there.cast)
    with pytest.raises(NotAllowed, match="make-signing-key"):
        actions.make(organization=office, by=help_there.cast.priya)
    assert Client().get(reverse("county_api:public_key")).status_code == 404
    try:
        made = CliRunner().invoke(make_signing_key)
        assert "BEGIN PUBLIC KEY" in made.output
        assert file.stat().st_mode & 0o077 == 0
        assert CliRunner().invoke(make_signing_key).exit_code == 1
    finally:
        file.unlink(missing_ok=True)


# For a program


def asked(name: str, token: str, *keys: Any) -> Any:
    header = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(reverse(name, args=["alder-valley", *keys]), headers=header)


def token(office: Organization, by: User) -> str:
    return actions.let_read(organization=office, name="Data team", expires_on=days(30), by=by)[1]


def test_the_county_fetches_it_with_its_token_and_each_read_is_kept(
    help_there: Helping, office: Organization
) -> None:
    export = actions.make(organization=office, by=help_there.cast.priya)
    secret = token(office, help_there.cast.priya)

    told = asked("county_api:exports", secret).json()["exports"]
    file = asked("county_api:file", secret, export.pk)

    assert [one["id"] for one in told] == [export.pk]
    assert told[0]["manifest"] == export.manifest
    assert file.content == bundle(export)
    reader = CountyReader.objects.get()
    looks = Look.objects.filter(by_name="Data team").order_by("pk")
    assert [one.why for one in looks] == [
        f"token {reader.pk}: the list of files", f"token {reader.pk}: the file",
    ]  # fmt: skip
    assert secret not in repr(CountyReader.objects.values().get())


def test_no_token_a_wrong_one_a_stopped_one_and_an_old_one_open_nothing(
    help_there: Helping, office: Organization
) -> None:
    secret = token(office, help_there.cast.priya)
    assert asked("county_api:exports", secret).status_code == 200
    for wrong in ("", "x", secret + "x"):
        assert asked("county_api:exports", wrong).status_code == 401
    CountyReader.objects.update(expires_on=days(-1))
    assert asked("county_api:exports", secret).status_code == 401
    CountyReader.objects.update(expires_on=days(1))
    actions.revoke(reader=CountyReader.objects.get(), by=help_there.cast.priya)
    assert asked("county_api:exports", secret).status_code == 401


def test_nor_does_a_good_one_once_the_agreement_ended(help_there: Helping, cast: Cast) -> None:
    office, signed = county(cast)
    export = actions.make(organization=office, by=cast.priya)
    secret = token(office, cast.priya)
    agreement.end(agreement=signed, on=timezone.localdate(), why="Over.", by=cast.helen)
    for answer in (
        asked("county_api:exports", secret),
        asked("county_api:file", secret, export.pk),
    ):
        assert answer.status_code == 403
        assert "was ended" in answer.json()["detail"]
    assert Look.objects.filter(by_name="Data team", why__contains="refused").count() == 2


def test_another_office_reads_nothing_of_it(help_there: Helping, office: Organization) -> None:
    export = actions.make(organization=office, by=help_there.cast.priya)
    other, _signed = county(help_there.cast)
    secret = token(other, help_there.cast.priya)
    assert asked("county_api:file", secret, export.pk).status_code == 404
    assert asked("county_api:exports", secret).json() == {"exports": []}


def test_the_description_names_every_address_and_no_other() -> None:
    real = {
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)
        for address, _view in addresses()
        if address.startswith("api/")
    }
    assert real == set(described()["paths"])  # type: ignore[call-overload]
    assert Client().get(reverse("county_api:openapi")).json() == described()


# In the browser


def test_priya_makes_one_and_lets_the_county_fetch_it(
    help_there: Helping, office: Organization, django_assert_max_num_queries: Any
) -> None:
    priya = browser(help_there.cast.priya)
    made = priya.post(reverse("county:make"), {"organization": office.pk})
    export = CountyExport.objects.get()
    assert made["Location"] == export.get_absolute_url()
    for address in (reverse("county:county"), export.get_absolute_url()):
        with django_assert_max_num_queries(12):
            assert "County Office" in priya.get(address).content.decode()
    file = priya.get(reverse("county:file", args=[export.pk]))
    assert file.content == bundle(export)
    assert Look.objects.filter(page="county's export", by=help_there.cast.priya.pk).exists()

    said = {"organization": office.pk, "name": "Data team", "expires_on": days(30)}
    shown = priya.post(reverse("county:new_reader"), said).content.decode()
    secret = re.search(r"Bearer ([\w-]+)", shown)[1]  # type: ignore[index]
    assert asked("county_api:exports", secret).status_code == 200
    priya.post(reverse("county:revoke", args=[CountyReader.objects.get().pk]))
    assert "stopped on" in priya.get(reverse("county:county")).content.decode()
    late = priya.post(reverse("county:new_reader"), {**said, "expires_on": days(400)})
    assert "within a year" in late.content.decode()
    assert browser(help_there.cast.rosa).get(reverse("county:county")).status_code == 403


def test_without_a_signature_there_is_nobody_to_choose(cast: Cast) -> None:
    page = browser(cast.priya).get(reverse("county:make")).content.decode()
    assert "Nobody has signed for this yet" in page
