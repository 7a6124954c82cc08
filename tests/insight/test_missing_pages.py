"""What is still missing, as pages, a file and a sheet of paper: figures that were released, beside
what the directory offers."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from hearth.insight.rules.gaps import Word, measuring_on, word_for
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import Capacity, Detail, Organization, Service
from tests.cast import Cast
from tests.insight.released import figure, hidden, tell

JUNE = date(2026, 6, 30)


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Food is met in Spanish and not in Hmong; somebody to talk to is short; the rest is of few."""
    tell(cast, [
        figure("", n=120, k=40), figure("asked_month", "2025-09", n=60, k=30),
        hidden("asked_month", "2025-10", because="linked", n=30),
    ], measure="unmet_need", school="")  # fmt: skip
    tell(cast, [figure("", n=50, k=20)], measure="unmet_need", school="cottonwood")
    tell(cast, [hidden("")], measure="unmet_need", school="sycamore")
    tell(cast, [
        figure("need", "food", n=60, k=6), figure("need", "talking", n=40, k=25),
        hidden("need", "legal"),
        figure("language+need", "es", "food", n=40, k=4),
        hidden("language+need", "hmn", "food"),
    ], measure="unmet_by_need", school="")  # fmt: skip
    tell(cast, [
        figure("", part="not_enough", n=40, k=25), hidden("", part="no_answer", because="linked"),
    ], measure="what_became", school="")  # fmt: skip
    tell(cast, [
        figure("", n=900, k=900), figure("language", "es", n=300, k=300),
        figure("language", "hmn", n=30, k=30), hidden("language", "mix"),
    ], measure="enrolled", school="")  # fmt: skip
    return cast


def offers(cast: Cast, name: str, language: str, places: int | None, days: int = 1) -> Service:
    whose = Organization.objects.create(district=cast.alder, name=f"{name} House")
    made = Service.objects.create(district=cast.alder, organization=whose, name=name)
    Detail.objects.create(district=cast.alder, service=made, kind="language",
                          row={"code": language})  # fmt: skip
    if places is not None:
        Capacity.objects.create(
            district=cast.alder, service=made, places=places, by=cast.rosa,
            said_on=timezone.localdate() - timedelta(days=days),
        )  # fmt: skip
    renew_listings(district_id=cast.alder.pk)
    return made


def page(client: Client, whose: Any, name: str, *args: str) -> Any:
    client.force_login(whose)
    answer = client.get(reverse(f"insight:{name}", args=args))
    assert answer.status_code == 200
    return answer


def test_priya_reads_which_need_is_met_in_which_language(client: Client, told: Cast) -> None:
    for name in ("Food pantry", "Food bank"):
        offers(told, name, "es", 30)
    matrix = page(client, told.priya, "matrix").context["matrix"]
    assert matrix.languages == ["Spanish", "Hmong"], "the largest first; Mixteco is of few"
    food = next(row for row in matrix.rows if row.whole.label == "Food")
    assert food.whole.said == "met", "60 places, and 60 asked: no more than is asked for"
    spanish, hmong = food.cells
    assert (spanish.said, spanish.counted) == ("doubled", "4 of 40 still open")
    assert spanish.offers == "2 services, 60 places free"
    assert (hmong.said, hmong.counted) == ("too few to say", "")
    first = matrix.told
    assert first.languages == ["Spanish"], (
        "of Hmong nothing is told: it stands folded, with the rest"
    )
    assert all(row.is_told and len(row.cells) == 1 for row in first.rows)
    talking = next(row for row in matrix.rows if row.whole.label == "Somebody to talk to")
    assert (talking.whole.said, talking.whole.offers) == ("unmet", "nobody offers it")


def test_few_and_nobody_look_alike(client: Client, told: Cast) -> None:
    """Of legal help one child's family asked, of work nobody: the page does not say which."""
    rows = {
        row.whole.label: row for row in page(client, told.priya, "matrix").context["matrix"].rows
    }

    def looks(label: str) -> list[tuple[str, str, str]]:
        row = rows[label]
        return [(c.said, c.counted, c.tone) for c in (row.whole, *row.cells)]

    assert looks("Legal help") == looks("Work")
    assert len(rows) == 19, "every need has its line"


def test_an_old_word_about_places_counts_no_places(client: Client, told: Cast) -> None:
    offers(told, "Food pantry", "es", 30, days=400)
    matrix = page(client, told.priya, "matrix").context["matrix"]
    food = next(row for row in matrix.rows if row.whole.label == "Food")
    assert food.cells[0].offers == "1 service"


def test_the_district_on_one_page(client: Client, told: Cast) -> None:
    answer = page(client, told.helen, "missing", "district")
    shown = answer.content.decode()
    assert "33.3%" in shown
    assert "40 of 120" in shown
    schools = {p.slug: line and line.of_how_many for p, line in answer.context["schools"]}
    assert schools["cottonwood"] == "20 of 50"
    assert schools["sycamore"] is schools["larkspur"] is None, "of few, and of nobody"
    assert [line.label for line in answer.context["missing"].months] == [
        "September 2025", "October 2025",
    ]  # fmt: skip
    assert "Withheld, so that nobody can be worked out" in shown
    assert "the service came, and the family says it was not enough" in shown


def test_a_school_of_few_and_one_of_nobody_look_alike(client: Client, told: Cast) -> None:
    for school in ("sycamore", "larkspur"):
        assert "No figures yet" in page(client, told.grace, "missing", school).content.decode()
    assert client.get(reverse("insight:missing_file", args=["sycamore"])).status_code == 404


def test_the_council_takes_it_away_with_withheld_marked(client: Client, told: Cast) -> None:
    answer = page(client, told.grace, "missing_file", "district")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    everybody = next(row for row in rows if row["Told by"] == "Everybody")
    assert (everybody["Still open"], everybody["Of how many"]) == ("40", "120")
    legal = next(row for row in rows if row["Group"] == "Legal help" and not row["Language"])
    assert legal["Still open"] == legal["Of how many"] == legal["In a word"] == "withheld"
    assert legal["Shown or withheld"] == "too few to say"
    spanish = next(row for row in rows if (row["Group"], row["Language"]) == ("Food", "Spanish"))
    assert (spanish["Still open"], spanish["In a word"]) == ("4", "met")
    assert any(row["Place"] == "Cottonwood Elementary" for row in rows)


def test_and_on_paper_in_spanish(client: Client, told: Cast) -> None:
    told.grace.language = "es"
    told.grace.save()
    client.force_login(told.grace)
    answer = client.get(reverse("insight:missing_paper", args=["district"]))
    words = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "¿Qué falta todavía?" in words
    assert "muy pocos para decirlo" in words
    assert "Cottonwood Elementary" in words


def test_a_page_asks_the_database_few_questions(
    client: Client, told: Cast, django_assert_max_num_queries: Any
) -> None:
    client.force_login(told.priya)
    for name, args in (("missing", ["district"]), ("missing", ["cottonwood"]), ("matrix", [])):
        with django_assert_max_num_queries(15):  # three of them are the test's own savepoint
            client.get(reverse(f"insight:{name}", args=args))


class TestTheWord:
    BY = measuring_on(JUNE)

    def word(
        self, still_open: int, asked: int, services: int = 0, places: int | None = None
    ) -> Word:
        return word_for(
            still_open=still_open, asked=asked, services=services, places=places, by=self.BY
        )

    def test_the_card_says_these_numbers_in_words(self) -> None:
        """Whoever changes them mends cards/unmet_by_need.toml and views/missing.py as well."""
        assert (self.BY.unmet, self.BY.partly, self.BY.services) == (50, 20, 2)

    def test_the_shares_at_which_it_changes(self) -> None:
        assert self.word(20, 40) == Word.UNMET
        assert self.word(19, 40) == self.word(8, 40) == Word.PARTLY
        assert self.word(7, 40) == Word.MET

    def test_doubled_is_more_places_than_who_asked_in_two_services(self) -> None:
        assert self.word(3, 40, services=2, places=41) == Word.DOUBLED
        assert self.word(3, 40, services=2, places=40) == Word.MET
        assert self.word(3, 40, services=1, places=90) == Word.MET
        assert self.word(3, 40, services=9) == Word.MET, "nobody has told of places"
        assert self.word(30, 40, services=9, places=90) == Word.UNMET, "they do not get there"

    @given(
        some.integers(11, 500).flatmap(lambda n: some.tuples(some.integers(0, n - 1), some.just(n)))
    )
    def test_one_more_open_never_sounds_better(self, counts: tuple[int, int]) -> None:
        order = [Word.DOUBLED, Word.MET, Word.PARTLY, Word.UNMET]
        still_open, asked = counts
        now, more = self.word(still_open, asked, 2, 999), self.word(still_open + 1, asked, 2, 999)
        assert order.index(more) >= order.index(now)
