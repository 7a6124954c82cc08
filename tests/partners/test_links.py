"""A partner's link: for one purpose and one person, and dead in anybody else's hands."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.audit.models import Event, Look
from hearth.partners.actions import agreement as agreements
from hearth.partners.actions import capacity, contact
from hearth.partners.actions import link as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Capacity, Contact, Link, LinkCode, Organization
from hearth.partners.models.link import hash_of
from hearth.partners.rules.link import Sent, Verdict, digits, judge, masked
from tests.cast import Cast
from tests.partners.world import days, open_door, postman, signed, teo

Deliver = Callable[[], list[EmailMessage]]


@pytest.fixture
def deliver() -> Deliver:
    return postman()


@pytest.fixture
def door(cast: Cast) -> Organization:
    return open_door(cast)


@pytest.fixture
def person(cast: Cast, door: Organization) -> Contact:
    return teo(door, cast.rosa)


@pytest.fixture
def address(cast: Cast, person: Contact, deliver: Deliver) -> str:
    """The address in the letter that Teo got."""
    capacity.ask_to_update(organization=person.organization, by=cast.rosa)
    [letter] = deliver()
    assert letter.to == ["teo@opendoor.example"]
    return address_in(letter)


def address_in(letter: EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/partner/\S+?)\?lang=", letter.body)
    assert found
    return found[1]


def code_in(letter: EmailMessage) -> str:
    found = re.search(r"\b(\d{6})\b", letter.body)
    assert found
    return found[1]


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def come_in(browser: Client, address: str, deliver: Deliver) -> Any:
    browser.post(address, {"send": "1"})
    [letter] = deliver()
    return browser.post(address, {"code": code_in(letter)}, follow=True)


# The letter


def test_the_letter_holds_the_secret_and_nothing_else_does(cast: Cast, address: str) -> None:
    secret = address.rstrip("/").rpartition("/")[2]
    link = Link.objects.get()
    assert link.secret_hash == hash_of(secret)
    told = [
        *map(str, ProcrastinateJob.objects.values_list("args", flat=True)),
        *map(str, Event.objects.values_list("facts", flat=True)),
        *map(str, Link.objects.values()),
    ]
    assert not [row for row in told if secret in row]
    assert len(secret) >= 43


def test_it_is_written_in_the_contacts_language_and_says_who_asks(
    cast: Cast, person: Contact, deliver: Deliver
) -> None:
    capacity.ask_to_update(organization=person.organization, by=cast.rosa)
    [letter] = deliver()
    assert letter.subject == "¿Cuántos lugares libres hay?"
    assert cast.rosa.email in letter.body
    assert "?lang=es" in letter.body


def test_only_addresses_that_were_written_down_are_written_to(
    cast: Cast, door: Organization
) -> None:
    with pytest.raises(NotAllowed):
        capacity.ask_to_update(organization=door, by=cast.rosa)
    gone = teo(door, cast.rosa, ends=days(-1))
    with pytest.raises(NotAllowed):
        capacity.ask_to_update(organization=door, by=cast.rosa, contact=gone)
    assert not Link.objects.exists()


def test_a_link_revoked_before_its_letter_left_is_never_sent(
    cast: Cast, person: Contact, deliver: Deliver
) -> None:
    link = capacity.ask_to_update(organization=person.organization, by=cast.rosa)
    actions.revoke(link=link, why="Wrong person.", by=cast.rosa)
    assert deliver() == []


# The code


def test_teo_opens_it_gets_a_code_and_is_in(cast: Cast, address: str, deliver: Deliver) -> None:
    phone = Client()
    page = words(phone.get(address))
    assert "t•••@opendoor.example" in page
    assert "Open Door" not in page.partition("<main")[2]
    assert deliver() == []  # opening alone sends nothing: a mail scanner opens everything
    answer = come_in(phone, address, deliver)
    assert "How many places are free?" in words(answer)
    assert "Open Door" in words(answer)


def test_forwarded_to_a_stranger_it_shows_a_masked_address_and_nothing_else(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    come_in(Client(), address, deliver)
    stranger = Client()
    page = words(stranger.get(address))
    for told in ("teo@", "Teo", "Open Door", "Counseling", "Rosa"):
        assert told not in page.partition("<main")[2], told
    service = Link.objects.get().contact.organization.services.get()
    stranger.post(address, {f"s{service.pk}-places": "3"})
    assert not Capacity.objects.exists()
    stranger.post(address, {"send": "1"})
    assert {letter.to[0] for letter in deliver()} == {"teo@opendoor.example"}


def test_five_wrong_codes_and_a_new_one_must_be_asked_for(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    browser = Client()
    browser.post(address, {"send": "1"})
    right = code_in(deliver()[0])
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    said = [words(browser.post(address, {"code": wrong})) for _ in range(5)]
    assert all("That is not the code" in page for page in said[:4])
    assert "wrong too often" in said[4]
    assert "wrong too often" in words(browser.post(address, {"code": right}))
    come_in(browser, address, deliver)
    assert words(browser.get(address)).count("So it is today")


def test_a_code_is_good_for_fifteen_minutes(cast: Cast, address: str, deliver: Deliver) -> None:
    browser = Client()
    browser.post(address, {"send": "1"})
    code = code_in(deliver()[0])
    LinkCode.objects.update(sent_at=timezone.now() - timedelta(minutes=16))
    assert "too old" in words(browser.post(address, {"code": code}))


def test_a_code_opens_one_browser_once(cast: Cast, address: str, deliver: Deliver) -> None:
    first, second = Client(), Client()
    first.post(address, {"send": "1"})
    code = code_in(deliver()[0])
    assert first.post(address, {"code": code}).status_code == 302
    assert "used already" in words(second.post(address, {"code": code}))
    LinkCode.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    come_in(second, address, deliver)
    assert "So it is today" in words(first.get(address))
    assert "So it is today" in words(second.get(address))


def test_an_older_code_is_nothing_once_a_newer_one_was_sent(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    browser = Client()
    browser.post(address, {"send": "1"})
    old = code_in(deliver()[0])
    LinkCode.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    browser.post(address, {"send": "1"})
    new = code_in(deliver()[0])
    if old != new:
        assert "That is not the code" in words(browser.post(address, {"code": old}))
    assert browser.post(address, {"code": f" {new[:3]}-{new[3:]} "}).status_code == 302


def test_two_presses_are_one_letter_and_a_stranger_fills_no_mailbox(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    browser = Client()
    for _press in range(2):
        browser.post(address, {"send": "1"})
    assert len(deliver()) == 1
    for _more in range(9):
        LinkCode.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
        browser.post(address, {"send": "1"})
    assert len(deliver()) == 4
    assert "many codes already" in words(browser.get(address))


def test_whoever_guesses_on_closes_the_link(cast: Cast, address: str, deliver: Deliver) -> None:
    browser = Client()
    for _code in range(3):
        LinkCode.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
        browser.post(address, {"send": "1"})
        right = code_in(deliver()[0])
        for _try in range(5):
            browser.post(address, {"code": f"{(int(right) + 7) % 10**6:06d}"})
    link = Link.objects.get()
    assert (link.revoked_by, link.revoked_why) == (None, "Too many wrong codes were typed.")
    assert browser.get(address).status_code == 410


def test_a_days_work_later_the_browser_is_asked_again(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    phone = Client()
    come_in(phone, address, deliver)
    LinkCode.objects.update(used_at=timezone.now() - timedelta(hours=13))
    assert "Is it you?" in words(phone.get(address))


def test_the_cookie_of_one_link_opens_no_other(
    cast: Cast, door: Organization, address: str, deliver: Deliver
) -> None:
    phone = Client()
    come_in(phone, address, deliver)
    mine = Link.objects.get()
    ana = teo(door, cast.rosa, name="Ana", email="ana@opendoor.example")
    other = capacity.ask_to_update(organization=door, by=cast.rosa, contact=ana)
    [letter] = deliver()
    phone.cookies[f"partner_{other.pk}"] = phone.cookies[f"partner_{mine.pk}"].value
    assert "a•••@opendoor.example" in words(phone.get(address_in(letter)))


# A dead link says whom to call


def dead(address: str, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(address)
    assert answer.status_code == 410
    page = words(answer)
    assert "Rosa Delgado of Alder Valley Unified" in page
    assert "rosa@aldervalley.example" in page
    assert "Open Door" not in page.partition("<main")[2]
    return page


def test_expired_it_is_dead_for_whoever_was_in_too(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    phone = Client()
    come_in(phone, address, deliver)
    Link.objects.update(expires_on=days(-1))
    assert "could be opened until" in dead(address, phone)


def test_revoked_it_is_dead_at_once_and_says_by_whom_in_its_record(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    phone, rosa = Client(), Client()
    come_in(phone, address, deliver)
    rosa.force_login(cast.rosa)
    link = Link.objects.get()
    place = reverse("partners:revoke_link", args=[link.pk])
    rosa.post(place, {"why": ""})
    link.refresh_from_db()
    assert link.revoked_at is None
    rosa.post(place, {"why": "It was forwarded."})
    dead(address, phone)
    link.refresh_from_db()
    assert (link.revoked_by, link.revoked_why) == (cast.rosa, "It was forwarded.")
    service = link.contact.organization.services.get()
    phone.post(address, {f"s{service.pk}-places": "3"})
    assert not Capacity.objects.exists()


def test_whoever_left_the_clinic_is_out_with_the_day(
    cast: Cast, person: Contact, address: str
) -> None:
    contact.change_contact(contact=person, said={**vars(person), "ends": days(-1)}, by=cast.rosa)
    assert "does not work there now" in dead(address)


def test_with_its_agreement_the_link_ends_and_with_a_renewal_it_goes_on(
    cast: Cast, door: Organization, address: str
) -> None:
    under = signed(door, cast.rosa, expires=days(5))
    Link.objects.update(agreement=under)
    assert Client().get(address).status_code == 200
    agreements.end(agreement=under, on=days(0), why="Closed.", by=cast.helen)
    assert "agreement that it stands under has ended" in dead(address)
    signed_anew = signed(door, cast.rosa)
    type(signed_anew).objects.filter(pk=signed_anew.pk).update(follows=under)
    assert Client().get(address).status_code == 200


def test_a_newer_letter_takes_the_place_of_the_older(
    cast: Cast, door: Organization, address: str, deliver: Deliver
) -> None:
    Link.objects.update(made_at=timezone.now() - timedelta(hours=1))
    capacity.ask_to_update(organization=door, by=cast.rosa)
    [letter] = deliver()
    assert "newer letter" in dead(address)
    assert Client().get(address_in(letter)).status_code == 200


def test_an_address_that_nobody_was_sent_leads_nowhere(cast: Cast, address: str) -> None:
    assert (
        Client().get(reverse("partner_door:capacity", args=["alder-valley", "x"])).status_code
        == 404
    )
    elsewhere = address.replace("alder-valley", "bristlecone")
    assert Client().get(elsewhere).status_code == 404
    Link.objects.update(purpose="referral")  # a link for one thing opens no other
    assert Client().get(address).status_code == 404


# What is written down


def test_each_opening_and_each_wrong_code_is_written_down_without_the_secret(
    cast: Cast, address: str, deliver: Deliver
) -> None:
    secret = address.rstrip("/").rpartition("/")[2]
    phone = Client()
    phone.get(address)
    phone.post(address, {"send": "1"})
    phone.post(address, {"code": "0"})
    code = code_in(deliver()[0])
    phone.post(address, {"code": code})
    phone.get(address)
    looks = list(Look.objects.filter(page="partner link").order_by("pk"))
    assert [(look.by_name, look.why) for look in looks] == [
        ("somebody with the link", "asked for a code"),
        ("Teo Marín", "let in by a code"),
    ]
    verbs = list(
        Event.objects.filter(about="partners.link").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["link made", "link sent", "link code asked", "link code refused",
                     "link code sent", "link opened"]  # fmt: skip
    told = [*map(str, Event.objects.values()), *map(str, Look.objects.values())]
    assert not [row for row in told if secret in row or code in row]


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"purpose": "everything"}, "link_purpose_known"),
        ({"secret_hash": "a"}, "link_sent_with_a_secret"),
        ({"revoked_at": timezone.now()}, "link_revoked_says_why"),
    ],
)
def test_the_database_refuses_half_a_link(
    cast: Cast, person: Contact, said: dict[str, Any], constraint: str
) -> None:
    whole = {"purpose": "capacity", "contact": person, "asked_by": cast.rosa, "expires_on": days(3)}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Link.objects.create(district=cast.alder, **{**whole, **said})


# Rules


def test_a_code_is_judged_by_what_it_is_and_when() -> None:
    now = timezone.now()

    def said(sent: Sent, same: bool) -> Verdict:
        return judge(sent, same, now, minutes=15, tries=5)

    fresh = now - timedelta(minutes=15)
    assert said(Sent(fresh, 0, False), True) == Verdict.RIGHT
    assert said(Sent(fresh, 4, False), False) == Verdict.WRONG
    assert said(Sent(fresh, 5, False), True) == Verdict.TOO_MANY
    assert said(Sent(fresh - timedelta(seconds=1), 0, False), True) == Verdict.TOO_OLD
    assert said(Sent(fresh, 0, True), True) == Verdict.USED
    assert said(Sent(None, 0, False), False) == Verdict.NOT_SENT


def test_an_address_is_masked_and_a_code_is_read_as_it_was_meant() -> None:
    assert masked("carla@clinic.example") == "c•••@clinic.example"
    assert masked("c@clinic.example") == "c•••@clinic.example"
    assert digits(" 123-456 ") == "123456"
    assert digits("١٢٣") == ""
