"""Every way by which something could leave for a partner, tried without consent or agreement.

A new public address or letter of this room needs its line here: the last test says so.
"""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from pypdf import PdfReader

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.partners.actions import agreement, consent, log, outward, worker
from hearth.partners.actions import county as actions_of_county
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import (
    Consent,
    CountyExport,
    Link,
    LinkCode,
    Organization,
    ReferralOut,
)
from hearth.partners.models.link import hash_of
from hearth.schools.models import District
from tests.cast import Cast
from tests.guards.house import addresses
from tests.partners.county import SOON, county, with_key
from tests.partners.helping import VISIT, WORDS, Helping, helping
from tests.partners.world import postman

SECRET, BROWSER = "the-secret-of-the-letter", "the-browser-that-was-let-in"
BORN = date(2016, 3, 4)
# What is known of Minh Anh and her mother, in each shape in which it could leave.
MARKS = ("Minh Anh", "Nguyễn", "Nguyen", "Linh", WORDS, "2016-03-04", "March 4, 2016", "559 555")


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    child, mother = cast.minh_anh.person, cast.person("linh")
    child.birth_date = BORN
    child.save(update_fields=["birth_date"])
    mother.phone, mother.email, mother.reach_by = "559 555 0142", "mother@home.example", "email"
    mother.save(update_fields=["phone", "email", "reach_by"])
    found = helping(cast)
    worker.let_in(contact=found.ines, by=cast.helen)
    renew_listings(district_id=cast.alder.pk)
    return found


def nothing_asked(help_there: Helping) -> None:
    """The service is there and nobody has asked anything."""


def only_asked(help_there: Helping) -> None:
    help_there.asked()


def declined(help_there: Helping) -> None:
    consent.answer(consent=help_there.asked(), yes=False, way=Consent.Way.LINK)


def taken_back(help_there: Helping) -> None:
    consent.take_back(consent=let_in(help_there.sent()).consent, by=None)


def over(help_there: Helping) -> None:
    out = let_in(help_there.sent())
    Consent.objects.filter(pk=out.consent_id).update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )


def agreement_ended(help_there: Helping) -> None:
    let_in(help_there.sent())
    agreement.end(
        agreement=help_there.agreement, on=timezone.localdate(), why="Closed.",
        by=help_there.cast.helen,
    )  # fmt: skip


def withdrawn_by_the_team(help_there: Helping) -> None:
    outward.withdraw(out=let_in(help_there.sent()), by=help_there.cast.rosa)


def let_in(out: ReferralOut) -> ReferralOut:
    """The clinic has opened its letter's link and typed the code: its browser is inside."""
    now = timezone.now()
    Link.objects.filter(pk=out.link_id).update(secret_hash=hash_of(SECRET), sent_at=now)
    LinkCode.objects.create(
        district_id=out.district_id, link_id=out.link_id, code_hash="x", sent_at=now,
        used_at=now, browser_hash=hash_of(BROWSER),
    )  # fmt: skip
    return out


WITHOUT = (
    nothing_asked, only_asked, declined, taken_back, over, agreement_ended, withdrawn_by_the_team,
)  # fmt: skip


def page(name: str, *keys: Any, **typed: Any) -> str:
    """What somebody from outside, with every secret but the family's, gets at this address."""
    client = Client()
    for link in Link.objects.all():
        client.cookies[f"partner_{link.pk}"] = BROWSER
    address = reverse(name, args=keys)
    answers = [client.get(address), client.post(address, typed)]
    return "".join(answer.content.decode("utf-8", "replace") for answer in answers)


def paper(help_there: Helping) -> str:
    client = Client()
    client.force_login(help_there.cast.rosa)
    answer = client.get(reverse("partners:hand_out", args=[help_there.service.pk, "en"]))
    return " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages)


def signed_in(help_there: Helping, *addresses: str) -> str:
    """What Ines of the clinic gets, who has a sign-in of her own, and what she can answer."""
    client = Client()
    client.force_login(User.objects.get(email=help_there.ines.email))
    answers = [ask(one) for one in addresses for ask in (client.get, _accepts(client))]
    return "".join(answer.content.decode("utf-8", "replace") for answer in answers)


def _accepts(client: Client) -> Callable[[str], Any]:
    return lambda address: client.post(address, {"to": "accepted"})


def package(help_there: Helping) -> str:
    client = Client()
    client.force_login(help_there.cast.rosa)
    answer = client.get(reverse("partners:package"))
    content = b"".join(answer) if answer.streaming else answer.content
    return unpacked(content)


def fetched(name: str, *keys: Any) -> str:
    """The county has signed and holds a good token; a file was made. All that it can read of it."""
    cast = Cast(District.objects.get(slug=DISTRICT), District.objects.get(slug=DISTRICT))
    office = Organization.objects.filter(name="County Office").first() or county(cast)[0]
    with_key()
    export = actions_of_county.make(organization=office, by=cast.priya)
    _reader, token = actions_of_county.let_read(
        organization=office, name="Data team", expires_on=timezone.localdate() + SOON, by=cast.priya
    )
    keys = (export.pk,) if keys else ()
    answer = Client().get(
        reverse(name, args=[DISTRICT, *keys]), headers={"Authorization": f"Bearer {token}"}
    )
    return unpacked(answer.content) if keys else answer.content.decode()


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return " ".join(bundle.read(name).decode("utf-8", "replace") for name in bundle.namelist())


def billed(help_there: Helping) -> str:
    """Rosa tries to write a visit of today down for each referral, and takes the log out."""
    for out in ReferralOut.objects.all():
        with suppress(NotAllowed):
            log.write(out=out, said=VISIT | {"day": timezone.localdate()}, by=help_there.cast.rosa)
    client = Client()
    client.force_login(help_there.cast.rosa)
    return client.get(reverse("out:log_file")).content.decode()


def taken_by_priya(help_there: Helping) -> str:
    """What the district's analyst may hand over is the same file."""
    fetched("county_api:exports")
    client = Client()
    client.force_login(help_there.cast.priya)
    export = CountyExport.objects.latest("pk")
    return unpacked(client.get(reverse("county:file", args=[export.pk])).content)


DISTRICT = "alder-valley"
WAYS: dict[str, Callable[[Helping], str]] = {
    "offers/<slug:district>/": lambda h: page("offers:find", DISTRICT),
    "offers/<slug:district>/<int:pk>/": lambda h: page("offers:offer", DISTRICT, h.service.pk),
    "offers/<slug:district>/<int:pk>/calendar.ics": lambda h: page(
        "offers:calendar", DISTRICT, h.service.pk
    ),
    "offers/<slug:district>/<int:pk>/correct/": lambda h: page(
        "offers:correct", DISTRICT, h.service.pk
    ),
    "offers/<slug:district>/<int:pk>/thanks/": lambda h: page(
        "offers:thanks", DISTRICT, h.service.pk
    ),
    "partner/<slug:district>/<str:secret>/": lambda h: page(
        "partner_door:capacity", DISTRICT, SECRET
    ),
    "partner/<slug:district>/referral/<str:secret>/": lambda h: page(
        "partner_door:referral", DISTRICT, SECRET, to="accepted"
    ),
    "partner/<slug:district>/referral/<str:secret>/given/": lambda h: page(
        "partner_door:given", DISTRICT, SECRET
    ),
    "family/<slug:district>/<uuid:key>/": lambda h: "".join(
        page("consent:ask", DISTRICT, one.key, birthday="2016-04-03", answer="yes")
        for one in Consent.objects.all()
    ),
    "family/<slug:district>/met/<uuid:key>/": lambda h: "".join(
        page("consent:met", DISTRICT, out.met_key) for out in ReferralOut.objects.all()
    ),
    "sent-to-us/": lambda h: signed_in(h, reverse("worker:asked")),
    "sent-to-us/places/": lambda h: signed_in(h, reverse("worker:places")),
    "sent-to-us/<int:pk>/": lambda h: signed_in(
        h, *(reverse("worker:referral", args=[out.pk]) for out in ReferralOut.objects.all())
    ),
    "directory/services/<int:pk>/hand-out/<slug:language>/": paper,
    "directory/package.zip": package,
    "api/<slug:district>/county/exports/": lambda h: fetched("county_api:exports"),
    "api/<slug:district>/county/exports/<int:pk>.zip": lambda h: fetched("county_api:file", "pk"),
    "api/openapi.json": lambda h: page("county_api:openapi"),
    "api/public-key.pem": lambda h: page("county_api:public_key"),
    "out/log/file.csv": lambda h: billed(h),
    "county/exports/<int:pk>/file.zip": lambda h: taken_by_priya(h),
}
LETTERS = {
    "partners.ask_family", "partners.ask_whether_met", "partners.keep_out_clocks",
    "partners.tell_withdrawn", "partners.send_link", "partners.send_code", "partners.remind",
    "partners.send_reminders", "partners.ask_where_old",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("without", WITHOUT, ids=lambda one: one.__name__)
def test_nothing_of_minh_anh_leaves_that_way(
    help_there: Helping, without: Callable[[Helping], None], way: str
) -> None:
    without(help_there)

    told = WAYS[way](help_there)

    assert not [mark for mark in MARKS if mark in told]


@pytest.mark.parametrize("without", WITHOUT, ids=lambda one: one.__name__)
def test_nor_by_any_letter_nor_in_the_log(
    help_there: Helping, without: Callable[[Helping], None], caplog: pytest.LogCaptureFixture
) -> None:
    without(help_there)

    postman()()

    for letter in mail.outbox:
        told = f"{letter.subject} {letter.body}"
        assert not [mark for mark in MARKS if mark in told], letter.subject
    assert not [mark for mark in MARKS if mark in caplog.text]


@pytest.mark.parametrize("without", [only_asked, declined, taken_back, over, agreement_ended],
                         ids=lambda one: one.__name__)  # fmt: skip
def test_nor_can_rosa_send_it(help_there: Helping, without: Callable[[Helping], None]) -> None:
    without(help_there)
    before = ReferralOut.objects.count()

    with pytest.raises(NotAllowed):
        outward.send(
            consent=Consent.objects.get(), service=help_there.service, contact=help_there.ines,
            words=WORDS, by=help_there.cast.rosa,
        )  # fmt: skip
    assert ReferralOut.objects.count() == before


def test_with_both_the_clinic_reads_what_was_allowed(help_there: Helping) -> None:
    """So that the tests above would see it."""
    let_in(help_there.sent())

    for way in ("partner/<slug:district>/referral/<str:secret>/", "sent-to-us/<int:pk>/"):
        told = WAYS[way](help_there)
        assert "Minh Anh" in told
        assert WORDS in told
        assert "2016" not in told  # her birthday was not allowed


def test_every_way_out_has_its_line() -> None:
    gates = {address: getattr(view, "gate", None) for address, view in addresses()}
    public = {
        address
        for address, gate in gates.items()
        if (gate is None and address.startswith(("offers/", "partner/", "family/", "api/")))
        or gate == May.ANSWER_AS_PARTNER
    }
    assert public == {way for way in WAYS if not way.startswith(("directory/", "county/", "out/"))}
    assert {name for name in app.tasks if name.startswith("partners.")} == LETTERS
