"""A family looks for help by itself: no account, no referral, in its own language."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hearth.partners.models import Listing, Service, Tally
from hearth.schools.acting import acting_for
from tests.cast import Cast
from tests.partners.helping import Helping, helping


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    found = helping(cast)
    listed(found.service, needs=["talking"], languages=["vi"])
    listed(
        Service.objects.create(
            district=cast.alder, organization=found.clinic, name="Bags of groceries"
        ),
        needs=["food"], languages=["en"],
    )  # fmt: skip
    for kind, key in (("need", "talking"), ("need", "food"), ("language", "vi"), ("all", "")):
        Tally.objects.create(district=cast.alder, kind=kind, key=key, services=1)
    return found


def listed(service: Service, **said: Any) -> None:
    Listing.objects.create(district=service.district, service=service, name=service.name, **said)


def looked(address: str = "alder-valley", **asked: str) -> str:
    language = asked.pop("lang", "en")
    client = Client(headers={"accept-language": language})
    answer = client.get(reverse("offers:find", args=[address]), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everything_stands_there_and_each_need_leads_somewhere(help_there: Helping) -> None:
    page = looked()
    assert "Talking with families" in page
    assert "Bags of groceries" in page
    assert 'href="?need=food"' in page
    assert 'href="?need=legal"' not in page  # nobody offers it
    assert reverse("offers:offer", args=["alder-valley", help_there.service.pk]) in page


@pytest.mark.parametrize(
    "asked",
    [{"q": "alguien con quien hablar"}, {"q": "somebody to talk to"}, {"need": "talking"},
     {"language": "vi"}, {"need": "talking", "language": "vi", "q": ""}],
)  # fmt: skip
def test_linh_finds_it_in_her_words_or_by_choosing(
    help_there: Helping, asked: dict[str, str]
) -> None:
    page = looked(**asked, lang="vi")
    assert "Có những gì cho gia đình tôi?" in page
    assert "Talking with families" in page
    assert "Bags of groceries" not in page


@pytest.mark.parametrize(
    "asked", [{"need": "🦕"}, {"language": "x" * 300}, {"page": "²"}, {"q": "\u202eشيماء"},
              {"q": "x" * 900}]
)  # fmt: skip
def test_an_address_that_makes_no_sense_breaks_nothing(
    help_there: Helping, asked: dict[str, str]
) -> None:
    assert "<h1>What is there for my family?</h1>" in looked(**asked)


def test_where_nothing_fits_it_is_not_the_familys_fault(help_there: Helping) -> None:
    page = looked(q="zzz")
    assert "what is missing here is not your fault" in page


def test_another_district_shows_its_own(help_there: Helping) -> None:
    bristlecone = help_there.cast.bristlecone
    assert "Talking with families" not in looked(bristlecone.slug)
    with acting_for(bristlecone.pk):
        assert not Listing.objects.exists()


def test_one_finds_it_from_the_neighborhood_and_from_each_service(help_there: Helping) -> None:
    find = reverse("offers:find", args=["alder-valley"])
    for address in (
        reverse("offers:offer", args=["alder-valley", help_there.service.pk]),
        reverse("neighborhood:map", args=["alder-valley"]),
    ):
        assert f'href="{find}"' in Client().get(address).content.decode()


def test_a_page_of_it_asks_few_questions(
    help_there: Helping, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        looked(need="talking")
