"""Finding again: by name, by word, by year; and never by what one may not read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Look
from hearth.demo import clock
from hearth.supports import actions
from hearth.supports.front.finding import matching
from hearth.supports.front.today import for_student
from hearth.supports.models import Referral
from hearth.web.timeline import what_happened
from tests.cast import Cast
from tests.makers import make_guardian, make_referral
from tests.supports.conftest import Asked

Page = Callable[..., str]
Walk = Callable[[Referral, str], Referral]
LONG_AGO = timedelta(days=731)


@pytest.fixture
def old(cast: Cast, at: Walk) -> Referral:
    """Closed for Diego more than two years ago."""
    with clock.on(timezone.localdate() - LONG_AGO):
        return at(make_referral(cast.diego, cast.tom, concern="Was homesick at camp."), "closed")


def found(cast: Cast, key: str, typed: str) -> list[str]:
    return [row.student for row in matching(getattr(cast, key), typed, timezone.localdate())]


def test_the_board_finds_a_student_as_anyone_types_the_name(
    cast: Cast, asked: Referral, page: Page
) -> None:
    make_referral(cast.minh_anh, cast.tom)
    for typed in ("nguyen", "Nguyễn minh"):
        words = page(cast.rosa, "board", q=typed)
        assert "Minh Anh" in words
        assert "Diego" not in words
    assert "Nothing here matches" in page(cast.rosa, "board", q="zzzz")


def test_the_board_finds_words_of_what_was_asked(cast: Cast, asked: Referral, page: Page) -> None:
    make_referral(cast.minh_anh, cast.tom, concern="Eats alone.")
    assert "Diego" in page(cast.rosa, "board", q="aloud BRIDGES")
    assert "Minh Anh" not in page(cast.rosa, "board", q="aloud")
    assert "Nothing here matches" in page(cast.rosa, "board", q="aloud alone")


def test_signs_that_mean_something_to_the_database_are_letters_here(
    cast: Cast, asked: Referral, page: Page
) -> None:
    for typed in ("%", "_", "\\", "'; --", "a:*", "\0", "🦕" * 300):
        page(cast.rosa, "board", q=typed)
    Referral.objects.filter(pk=asked.pk).update(concern="Sleeps 100% less.")
    assert "Diego" in page(cast.rosa, "board", q="100%")
    assert "Nothing here matches" in page(cast.rosa, "board", q="10_%")


def test_no_note_is_ever_searched(cast: Cast, asked: Referral, page: Page) -> None:
    actions.write_note(referral=asked, body="Quetzalcoatlus", restricted=True, by=cast.rosa)
    actions.write_note(referral=asked, body="Pachycephalosaur", restricted=False, by=cast.rosa)
    for word in ("quetzalcoatlus", "pachycephalosaur"):
        for key in ("rosa", "amina", "grace"):
            assert "Nothing here matches" in page(getattr(cast, key), "board", q=word)
            assert found(cast, key, word) == []


def test_tom_finds_what_he_asked_by_the_words_he_may_read(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "referred")
    actions.answer_referrer(referral=asked, answer="Reading begins on Monday.", by=cast.rosa)
    assert found(cast, "tom", "monday") == ["Diego O'Brien-Ruiz"]
    assert found(cast, "tom", "Valley") == []
    assert found(cast, "rosa", "Valley") == ["Diego O'Brien-Ruiz"]


def test_rosa_at_home_finds_nothing_by_the_teams_words(cast: Cast, at: Walk) -> None:
    """She asked for her own child: she is the one who asked, and not of the team."""
    make_guardian(cast.diego, cast.person("rosa"))
    referral = make_referral(cast.diego, cast.rosa)
    Referral.objects.filter(pk=referral.pk).update(provider="Valley Tutoring")
    assert found(cast, "rosa", "bridges") == ["Diego O'Brien-Ruiz"]
    assert found(cast, "rosa", "Valley") == []


def test_strangers_find_nothing(cast: Cast, asked: Referral) -> None:
    for key in ("joy", "omar", "priya", "linh", "marcus", "helen"):
        assert found(cast, key, "aloud") == [], key
        assert found(cast, key, "diego") == [], key


def test_the_house_search_shows_referrals_beside_students(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    words = client.get(reverse("search"), {"q": "aloud"}).content.decode()
    assert reverse("supports:referral", args=[asked.pk]) in words
    assert "Nobody found" not in words
    client.force_login(cast.priya)
    words = client.get(reverse("search"), {"q": "diego"}).content.decode()
    assert reverse("supports:referral", args=[asked.pk]) not in words
    look = Look.objects.filter(page="search").latest("pk")
    assert look.why == "1 found, 0 referrals"


def test_the_year_is_the_school_year_in_which_it_was_asked(
    cast: Cast, asked: Referral, page: Page
) -> None:
    Referral.objects.filter(pk=asked.pk).update(
        asked_at=timezone.make_aware(timezone.datetime(2026, 6, 30, 23, 59))
    )
    with clock.on(date(2026, 11, 23)):
        assert "Diego" in page(cast.rosa, "board", year="2025")
        assert "Diego" not in page(cast.rosa, "board", year="2026").split("<main", 1)[1]


def test_closed_ones_are_shown_when_asked_for(
    cast: Cast, asked: Referral, at: Walk, page: Page
) -> None:
    at(asked, "closed")
    assert "Nobody is waiting" in page(cast.rosa, "board")
    assert "Diego" in page(cast.rosa, "board", closed="on")


def test_filters_stay_in_the_address_and_in_the_form(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    words = client.get(
        reverse("supports:board"), {"q": "aloud", "domain": "academic", "closed": "on"}
    ).content.decode()
    assert 'value="aloud"' in words
    assert "/referrals/exports/new/?q=aloud&amp;domain=academic&amp;closed=on" in words


def test_what_was_closed_long_ago_is_nowhere_in_sight(
    client: Client, cast: Cast, old: Referral, page: Page
) -> None:
    for name, query in (
        ("board", {"closed": "on"}), ("board", {"state": "closed"}), ("board", {"q": "homesick"}),
        ("mine", {}),
    ):  # fmt: skip
        words = page(cast.tom if name == "mine" else cast.rosa, name, **query)
        assert old.get_absolute_url() not in words, (name, query)
    for key in ("rosa", "tom"):
        user = getattr(cast, key)
        assert for_student(cast.diego, user) == []
        assert found(cast, key, "homesick") == []
        assert not what_happened(cast.diego, [cast.diego.pk], user)
        client.force_login(user)
        for address in (reverse("student", args=[cast.diego.pk]), old.get_absolute_url()):
            assert "homesick" not in client.get(address).content.decode()


def test_unfolding_is_on_purpose_and_a_look(client: Client, cast: Cast, old: Referral) -> None:
    client.force_login(cast.rosa)
    folded = client.get(old.get_absolute_url()).content.decode()
    assert "closed more than 2 years ago" in folded
    assert not Look.objects.filter(page="folded away").exists()
    opened = client.get(old.get_absolute_url(), {"folded": "on"}).content.decode()
    assert "homesick" in opened
    look = Look.objects.get(page="folded away")
    assert (look.by, look.student_id) == (cast.rosa.pk, cast.diego.pk)
    student = reverse("student", args=[cast.diego.pk])
    assert old.get_absolute_url() in client.get(student, {"folded": "on"}).content.decode()
    board = reverse("supports:board")
    query = {"closed": "on", "folded": "on"}
    assert old.get_absolute_url() in client.get(board, query).content.decode()
    assert Look.objects.filter(page="folded away").count() == 3
    client.force_login(cast.tom)
    mine = client.get(reverse("supports:mine"), {"folded": "on"}).content.decode()
    assert old.get_absolute_url() in mine


def test_what_is_open_is_never_folded(cast: Cast, at: Walk) -> None:
    today = timezone.localdate()
    with clock.on(today - 2 * LONG_AGO):
        waiting = at(make_referral(cast.diego, cast.tom), "monitoring")
    assert not waiting.is_folded(today)
    assert waiting in Referral.objects.not_folded(today)
    assert waiting not in Referral.objects.folded(today)


def test_two_years_to_the_day_is_still_in_sight(cast: Cast, old: Referral) -> None:
    edge = old.since + timedelta(days=730)
    assert old in Referral.objects.not_folded(edge)
    assert not old.is_folded(edge)
    after = edge + timedelta(days=1)
    assert old not in Referral.objects.not_folded(after)
    assert old in Referral.objects.folded(after)


def test_a_folded_one_that_is_taken_up_again_is_in_sight(cast: Cast, old: Referral) -> None:
    actions.assign(referral=old, owner=cast.amina, by=cast.rosa)
    assert old in Referral.objects.not_folded(timezone.localdate())


def test_searching_the_board_asks_as_few_questions(
    client: Client, cast: Cast, asked: Referral, asking: Asked
) -> None:
    client.force_login(cast.rosa)
    query = {"q": "aloud", "closed": "on", "year": "2026"}
    client.get(reverse("supports:board"), query)
    with asking:
        client.get(reverse("supports:board"), query)
    assert asking.count <= 12, asking.questions
