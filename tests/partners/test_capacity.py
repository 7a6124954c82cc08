"""How many places are free, who said so, and how it is asked for again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Event
from hearth.demo import clock
from hearth.partners.actions import capacity as actions
from hearth.partners.actions import contact as contacts
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Capacity, Contact, Link, Organization, Service
from hearth.partners.reading.capacity import capacities
from hearth.partners.tasks import ask_where_old
from hearth.partners.tasks.capacity import ask_all
from tests.cast import Cast
from tests.partners.test_links import address_in, come_in, words
from tests.partners.test_pages import browser
from tests.partners.world import days, open_door, postman, teo

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
def talk(door: Organization) -> Service:
    return Service.objects.get(organization=door)


def said(service: Service, by: Any, ago: int = 0, **words: Any) -> Capacity:
    with clock.on(days(-ago)):
        return actions.say(service=service, said={"places": 12, **words}, by=by)


def told(service: Service) -> str:
    return str(capacities([service.pk])[service.pk])


def test_the_last_word_counts_and_says_how_old_it_is(cast: Cast, talk: Service) -> None:
    assert told(talk) == "Nobody has told us about places"
    said(talk, cast.rosa, ago=9, places=2)
    said(talk, cast.rosa, ago=3)
    assert told(talk) == "12 places, said 3 days ago"
    said(talk, cast.rosa, places=0, waiting=8, expected_on=days(40), languages=["es"])
    assert told(talk) == "no place free, said today"
    more = capacities([talk.pk])[talk.pk].more
    assert more.startswith("8 wait · next place: ")
    assert more.endswith("Spanish")


def test_an_old_word_is_called_old(cast: Cast, talk: Service) -> None:
    said(talk, cast.rosa, ago=31)
    assert told(talk).startswith("Not told since ")
    assert told(talk).endswith("then: 12 places")


def test_what_was_said_stays_said(cast: Cast, talk: Service) -> None:
    row = said(talk, cast.rosa)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Capacity.objects.filter(pk=row.pk).update(places=1)
    with pytest.raises(IntegrityError, match="capacity_said_by_one"), transaction.atomic():
        Capacity.objects.create(district=cast.alder, service=talk, places=1, said_on=days(0))


def test_teo_says_it_on_his_phone_and_the_service_page_shows_it(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    rosa = browser(cast.rosa)
    page = rosa.get(reverse("partners:service", args=[talk.pk]))
    assert "Nobody has told us about places" in words(page)
    asked = rosa.post(reverse("partners:ask_to_update", args=[talk.organization_id]), follow=True)
    assert "on its way to Teo Marín" in words(asked)
    [letter] = deliver()
    phone, address = Client(), address_in(letter)
    come_in(phone, address, deliver)
    answer = phone.post(
        address, {f"s{talk.pk}-places": "4", f"s{talk.pk}-languages": ["es"]}, follow=True
    )
    assert "Thank you" in words(answer)
    row = Capacity.objects.get()
    assert (row.places, row.languages, row.contact, row.by) == (4, ["es"], person, None)
    page = words(rosa.get(reverse("partners:service", args=[talk.pk])))
    assert "4 places" in page
    assert "said today" in page
    assert Link.objects.get().answered_at
    event = Event.objects.get(verb="capacity said")
    assert event.facts["contact"] == person.pk


def test_still_so_is_one_press(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    said(talk, cast.rosa, ago=20, places=7, waiting=2)
    actions.ask_to_update(organization=person.organization, by=cast.rosa)
    phone, address = Client(), address_in(deliver()[0])
    [(form, _told)] = come_in(phone, address, deliver).context["lines"]
    phone.post(address, {f"{form.prefix}-{k}": v for k, v in form.initial.items() if v})
    assert told(talk) == "7 places, said today"
    assert Capacity.objects.count() == 2


def test_of_several_services_an_empty_one_says_nothing(
    cast: Cast, door: Organization, talk: Service, person: Contact, deliver: Deliver
) -> None:
    group = Service.objects.create(district=cast.alder, organization=door, name="Group")
    actions.ask_to_update(organization=door, by=cast.rosa)
    phone, address = Client(), address_in(deliver()[0])
    come_in(phone, address, deliver)
    wrong = phone.post(address, {f"s{talk.pk}-places": "-4"})
    assert not Capacity.objects.exists()
    assert f"s{talk.pk}-places" in wrong.content.decode()
    half = phone.post(address, {f"s{talk.pk}-places": "4", f"s{group.pk}-waiting": "2"})
    assert "if it is none: 0" in words(half)
    assert not Capacity.objects.exists()
    phone.post(address, {f"s{talk.pk}-places": "4", f"s{group.pk}-places": ""})
    assert told(talk) == "4 places, said today"
    assert told(group) == "Nobody has told us about places"


def test_with_one_service_the_number_is_asked_for(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    actions.ask_to_update(organization=person.organization, by=cast.rosa)
    phone, address = Client(), address_in(deliver()[0])
    come_in(phone, address, deliver)
    assert "Please fill this in." in words(phone.post(address, {f"s{talk.pk}-waiting": "1"}))


def test_the_page_is_in_spanish_for_whoever_reads_spanish(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    actions.ask_to_update(organization=person.organization, by=cast.rosa)
    phone, address = Client(), address_in(deliver()[0])
    assert "¿Es usted?" in words(phone.get(f"{address}?lang=es", follow=True))
    assert "¿Cuántos lugares libres hay?" in words(come_in(phone, address, deliver))


def test_no_link_speaks_for_another_organization(
    cast: Cast, talk: Service, deliver: Deliver
) -> None:
    other = Organization.objects.create(district=cast.alder, name="Harvest")
    link = actions.ask_to_update(organization=other, by=cast.rosa, contact=teo(other, cast.rosa))
    with pytest.raises(NotAllowed):
        actions.say(service=talk, said={"places": 3}, link=link)


def test_vera_who_called_there_writes_it_down_and_tom_does_not(cast: Cast, talk: Service) -> None:
    place = reverse("partners:capacity", args=[talk.pk])
    browser(cast.amina).post(place, {f"s{talk.pk}-places": "5", f"s{talk.pk}-waiting": "0"})
    row = Capacity.objects.get()
    assert (row.places, row.waiting, row.by) == (5, 0, cast.amina)
    assert browser(cast.tom).get(place).status_code == 403
    assert "Ask them to update" not in words(browser(cast.amina).get(place))
    assert "Amina Yusuf" in words(browser(cast.rosa).get(place))
    page = words(browser(cast.tom).get(reverse("partners:service", args=[talk.pk])))
    assert "5 places" in page
    assert "Say how many" not in page
    assert browser(cast.omar).get(place).status_code == 404


def test_rosa_without_a_contact_is_told_to_write_one_down_first(cast: Cast, talk: Service) -> None:
    answer = browser(cast.rosa).post(
        reverse("partners:ask_to_update", args=[talk.organization_id]), follow=True
    )
    assert "Write down first whom we may ask there." in words(answer)


# Asked again each month


def test_where_the_word_is_old_the_partner_is_asked_again_once(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    assert ask_all(cast.alder.pk) == 0  # who never told is not pressed by a machine
    said(talk, cast.rosa, ago=31)
    assert ask_all(cast.alder.pk) == 1
    assert ask_all(cast.alder.pk) == 0
    assert [letter.to for letter in deliver()] == [["teo@opendoor.example"]]
    assert Link.objects.get().asked_by == cast.rosa


def test_a_fresh_word_is_left_alone(cast: Cast, talk: Service, person: Contact) -> None:
    said(talk, cast.rosa, ago=30)
    assert ask_all(cast.alder.pk) == 0


def test_a_partner_that_vanishes_is_said_to_be_silent_and_never_counted_on(
    cast: Cast, talk: Service, person: Contact, deliver: Deliver
) -> None:
    """Asked in three months and silent: the page says since when, and shows each letter."""
    said(talk, cast.rosa, ago=95)
    for ago in (60, 30, 0):
        with clock.on(days(-ago)):
            assert ask_all(cast.alder.pk) == 1
    assert told(talk).startswith("Not told since")
    page = words(browser(cast.rosa).get(reverse("partners:partner", args=[talk.organization_id])))
    assert page.count("Link: say how many places are free") == 3
    assert "no answer yet" in page
    contacts.change_contact(contact=person, said={**vars(person), "ends": days(-1)}, by=cast.rosa)
    assert ask_all(cast.alder.pk) == 0


def test_whoever_asked_has_left_so_a_keeper_asks(
    cast: Cast, talk: Service, person: Contact
) -> None:
    said(talk, cast.rosa, ago=40)
    type(cast.rosa).objects.filter(pk=cast.rosa.pk).update(is_active=False)
    assert ask_all(cast.alder.pk) == 1
    assert Link.objects.get().asked_by == cast.helen


def test_the_bell_of_the_month_rings_in_the_morning(
    cast: Cast, talk: Service, person: Contact
) -> None:
    said(talk, cast.rosa, ago=40)
    for hour, links in ((3, 0), (15, 1)):
        ask_where_old(timestamp=int(datetime(2026, 2, 1, hour, 25, tzinfo=UTC).timestamp()))
        assert Link.objects.count() == links


def test_the_pages_ask_the_database_few_times(
    cast: Cast, door: Organization, talk: Service, person: Contact, deliver: Deliver,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for n in range(12):
        more = Service.objects.create(district=cast.alder, organization=door, name=f"Group {n}")
        said(more, cast.rosa, ago=n)
    actions.ask_to_update(organization=door, by=cast.rosa)
    phone, address = Client(), address_in(deliver()[0])
    come_in(phone, address, deliver)
    # Seven of them are the gate's own, which notes the look as well.
    with django_assert_max_num_queries(14):
        assert len(phone.get(address).context["lines"]) == 13
    rosa = browser(cast.rosa)
    with django_assert_max_num_queries(14):
        rosa.get(reverse("partners:partner", args=[door.pk]))
    assert timezone.now() - Link.objects.get().made_at < timedelta(minutes=1)
