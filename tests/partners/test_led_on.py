"""What one finds leads on: from one service to the next, from a count to its rows, and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.demo import clock
from hearth.partners.actions import asset, capacity, keeping, outward
from hearth.partners.models import Service
from tests.cast import Cast
from tests.partners.helping import Helping, helping


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


def page(user: Any, address: str) -> str:
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_from_one_service_a_neighbor_finds_the_others_of_the_same_house(
    help_there: Helping,
) -> None:
    district, clinic = help_there.cast.alder, help_there.clinic
    glasses = Service.objects.create(district=district, organization=clinic, name="Glasses")
    gone = Service.objects.create(
        district=district, organization=clinic, name="Once", gone_on=timezone.localdate()
    )
    here = page(None, reverse("offers:offer", args=[district.slug, help_there.service.pk]))

    assert "Also from them" in here
    assert reverse("offers:offer", args=[district.slug, glasses.pk]) in here
    assert f"/{gone.pk}/" not in here


def test_rosa_reads_on_the_directory_that_somebody_told_her_something(
    help_there: Helping,
) -> None:
    district, rosa = help_there.cast.alder, help_there.cast.rosa
    assert "that nobody has looked at" not in page(rosa, reverse("partners:directory"))

    said = {"kind": "place", "name": "The wall by the river", "about": "Painted."}
    for _time in range(2):
        asset.propose(district_id=district.pk, said=said)
    keeping.suggest(service=help_there.service, said={}, words="The door is at the back.")
    here = page(rosa, reverse("partners:directory"))

    assert "Neighbors told us of 2 things that nobody has looked at" in here
    assert "1 correction waits for you" in here


def test_a_link_that_was_answered_says_so(help_there: Helping) -> None:
    out = help_there.sent()
    about_them = reverse("partners:partner", args=[help_there.clinic.pk])
    assert "no answer yet" in page(help_there.cast.helen, about_them)

    outward.answer(out=out, to="accepted", contact=help_there.ines)

    assert "no answer yet" not in page(help_there.cast.helen, about_them)


@pytest.mark.parametrize("page_name", ["partners:new_agreement", "partners:directory"])
def test_a_sign_that_no_keyboard_has_breaks_no_search(help_there: Helping, page_name: str) -> None:
    assert page(help_there.cast.helen, reverse(page_name) + "?q=Clinic%00")


def test_of_the_ways_to_show_a_list_the_one_shown_is_marked(help_there: Helping) -> None:
    """For the eye, too: `aria-current` alone is only heard."""
    here = page(help_there.cast.rosa, reverse("out:board") + "?show=missing")
    assert 'class="btn k-small" aria-current="page" href="?show=missing"' in here
    with open("hearth/kit/static/kit/components.css", encoding="utf-8") as sheet:
        assert ".btn[aria-current]" in sheet.read()


def test_asked_twice_in_one_breath_the_clinic_gets_one_letter(help_there: Helping) -> None:
    cast, clinic = help_there.cast, help_there.clinic
    first = capacity.ask_to_update(organization=clinic, by=cast.rosa)
    assert capacity.ask_to_update(organization=clinic, by=cast.rosa) == first

    later = timezone.localdate() + timedelta(days=1)
    with clock.on(later):
        assert capacity.ask_to_update(organization=clinic, by=cast.rosa) != first
    first.refresh_from_db()
    assert first.revoked_at
