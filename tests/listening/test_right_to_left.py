"""Every page of the room in a pseudo-language that is read from right to left."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.translation import trans_real

from hearth.listening.models import Survey
from hearth.listening.reading.participation import ticket_of
from tests.cast import Cast
from tests.guards.house import addresses
from tests.guards.test_who_sees_what import filled, what_is_listened_for
from tests.listening.world import asked_by_mail, opened

PSEUDO = "ar"  # Django draws it from right to left; our own words stay as they are


@pytest.fixture
def rtl() -> Iterator[None]:
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (PSEUDO, "Pseudo")]):
        trans_real.get_languages.cache_clear()
        yield
    trans_real.get_languages.cache_clear()


def reader(user: Any = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = PSEUDO
    return client


def pages(rows: dict[str, dict[str, Any]]) -> list[tuple[str, Any]]:
    """Every address of the room that is read, and the verb it asks for: a new one cannot be
    forgotten. What names its language is a paper."""
    return [
        (filled(address, rows), view.gate)
        for address, view in addresses()
        if "listening.views" in view.__module__
        and "GET" in view.methods
        and not address.endswith("<slug:language>/")
    ]


def test_every_page_turns(cast: Cast, rtl: None) -> None:
    rows, own = what_is_listened_for(cast), asked_by_mail(cast)
    Survey.objects.update(languages=["en", PSEUDO])
    rows["listening/surveys/<int:pk>/seal/"] = {"pk": own.pk}
    rows["say/<slug:district>/<uuid:key>/own/"] = {
        "district": cast.alder.slug, "key": own.key, "ticket": ticket_of(own, 0),
    }  # fmt: skip
    turned = set()
    for address, verb in pages(rows):
        answer = reader(verb and cast.rosa).get(address, follow=True)
        if answer.status_code == 404:  # what a district reads and decides over its schools
            answer = reader(verb and cast.helen).get(address, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert f'<html lang="{PSEUDO}" dir="rtl">' in page, address
        assert "tabler.rtl.min" in page, address
        turned.add(answer.request["PATH_INFO"])
    assert len(turned) == len(pages(rows)) > 40, "none leads back to another"


def test_a_question_that_is_not_translated_keeps_its_own_direction(cast: Cast, rtl: None) -> None:
    """Its words are English on a page of Arabic: they say so, and are read from left to right."""
    running = opened(cast, languages=["en", "ar"])
    page = reader().get(f"/say/alder-valley/{running.key}/").content.decode()
    assert 'lang="en" dir="ltr">2. I feel at home here.' in page
