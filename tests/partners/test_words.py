"""Rosa types what a mother says, and the page says what it was read as."""

from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.demo.directory import write_directory
from hearth.imports import actions
from hearth.partners.forms.search import SearchForm
from hearth.partners.models import SchoolPlace, Tally
from tests.cast import Cast
from tests.partners.asking import browser, found

SPANISH = "open-door-counseling-consejería-en-español"


@pytest.fixture
def demo(cast: Cast, tmp_path: Path) -> Cast:
    """Alder Valley with the directory of the demo."""
    folder = write_directory(tmp_path / "alder", timezone.localdate())
    run = actions.receive(file=folder, name="alder", district=cast.alder, by=None,
                          kind="directory", source="Alder Valley directory")  # fmt: skip
    run, held = actions.check_run(run_id=run.pk, district_id=cast.alder.pk)
    actions.apply_run(run_id=run.pk, district_id=cast.alder.pk, by=None, checked=held)
    return cast


def test_rosa_finds_lucia_who_counsels_in_spanish(demo: Cast) -> None:
    for said in ("somebody to talk to", "alguien con quien hablar", "my daughter is always sad"):
        assert SPANISH in found(demo.rosa, q=said), said
    assert found(demo.rosa, q="Spanish-speaking counselor") == {
        SPANISH, "open-door-counseling-grief-group",
    }  # fmt: skip
    assert found(demo.rosa, q="somebody to talk to", language="es") == {
        SPANISH, "open-door-counseling-grief-group",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("hungry", "harvest-table-saturday-food-pantry"),
        ("tenemos hambre", "harvest-table-saturday-food-pantry"),
        ("teeth", "river-street-family-clinic-teeth-cleaning-and-fillings"),
        ("no ve bien el pizarrón", "river-street-family-clinic-glasses-for-school"),
        ("papers", "puente-legal-aid-immigration-help"),
        ("abogado", "puente-legal-aid-education-rights-clinic"),
        ("afraid at home", "valley-safe-line-domestic-violence-help-line"),
        ("after school", "alder-valley-youth-collective-after-school-at-the-creamery"),
        ("learn English", "alder-valley-library-english-classes-for-adults"),
        ("pañales", "first-steps-diapers-and-baby-clothes"),
    ],
)  # fmt: skip
def test_plain_words_find_who_helps(demo: Cast, said: str, service: str) -> None:
    assert service in found(demo.rosa, q=said)


def test_what_has_the_other_words_too_stands_first(demo: Cast) -> None:
    page = browser(demo.rosa).get(reverse("partners:directory"), {"q": "sad, and a group for it"})
    assert page.context["rows"][0].name == "Grief group"


def test_the_page_says_what_the_words_were_read_as_and_lets_it_be_taken_off(demo: Cast) -> None:
    client = browser(demo.rosa)
    asked = {"q": "consejera en español", "free": "on", "page": "1"}
    page = client.get(reverse("partners:directory"), asked)
    talking, spanish = page.context["read"]
    assert (talking.words, spanish.words) == ("Somebody to talk to", "Spanish")
    assert "We read your words as" in page.content.decode()
    without = client.get(reverse("partners:directory") + talking.without)
    assert not without.context["read"]
    assert not without.context["rows"]  # no service has these very words
    assert [chip.words for chip in without.context["chosen"]] == ["Only what is free"]
    # It stays off while she narrows, and is forgotten once other words are typed.
    assert 'name="off" value="consejera"' in without.content.decode()
    other = client.get(reverse("partners:directory"), {"q": "therapist", "off": "consejera"})
    assert [chip.words for chip in other.context["read"]] == ["Somebody to talk to"]
    assert 'name="off"' not in other.content.decode()


def test_it_says_so_in_spanish(demo: Cast) -> None:
    client = Client(headers={"accept-language": "es"})
    client.force_login(demo.rosa)
    client.cookies["django_language"] = "es"
    page = client.get(reverse("partners:directory"), {"q": "alguien con quien hablar"})
    assert [chip.words for chip in page.context["read"]] == ["Alguien con quien hablar"]


def test_what_was_chosen_stays_in_sight_and_is_taken_off_alone(demo: Cast) -> None:
    SchoolPlace.objects.create(
        district=demo.alder, school=demo.cottonwood, latitude=36.9836, longitude=-120.0640
    )
    asked = {"need": "talking", "language": "es", "grade": "04", "near": "3", "now": "", "age": "9"}
    page = browser(demo.rosa).get(reverse("partners:directory"), asked)
    chosen = {chip.words: chip.without for chip in page.context["chosen"]}
    assert list(chosen) == [
        "Somebody to talk to", "Spanish", "Grade 4", "9 years old",
        "3 miles · Cottonwood Elementary",
    ]  # fmt: skip
    assert page.context["more"] == 2
    left = QueryDict(chosen["Spanish"].removeprefix("?"))
    assert left.dict() == {key: value for key, value in asked.items() if key != "language"}


def test_a_language_that_nobody_speaks_there_narrows_nothing(demo: Cast) -> None:
    tallies = list(Tally.objects.filter(kind="language").exclude(key="es"))
    form = SearchForm(QueryDict("q=Spanish+counselor"), tallies=tallies, places=[])
    assert form.wanted.said.languages == {}
    assert list(form.wanted.said.needs) == ["talking"]
