"""The door as people meet it: on a phone, in Spanish, at night, twice, and by machines."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.audit.models import Look
from hearth.supports import actions
from hearth.supports.actions import door
from hearth.supports.models import HelpRequest, Phrase, Referral, SafetyCall, Team
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_section, make_student
from tests.supports.conftest import Asked

TYPED = {
    "asker": "family",
    "about_name": "Diego O'Brien-Ruiz",
    "about_grade": "4",
    "strength": "Sabe todo de los dinosaurios 🦕.",
    "concern": "Ya no quiere leer en voz alta.",
    "urgency": "soon",
    "asker_name": "",
    "reach_by": "sms",
    "reach_at": "(555) 010-0199",
    "language": "es",
}


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def open_door(cast: Cast) -> Team:
    return Team.objects.create(
        district=cast.alder, school=cast.cottonwood, door_open=True, on_call=cast.amina
    )


@pytest.fixture
def address(open_door: Team) -> str:
    """A form of its own, as somebody with no account opens it."""
    answer = Client().get("/ask/alder-valley/cottonwood/")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.fixture
def knock(cast: Cast, open_door: Team) -> Callable[..., HelpRequest]:
    def at_door(**said: Any) -> HelpRequest:
        words = {**TYPED, **said}
        return door.ask_at_door(school=cast.cottonwood, said=words)

    return at_door


def sent(address: str, **typed: str) -> Any:
    return Client().post(address, TYPED | typed, follow=True)


def test_lucia_asks_in_spanish_on_her_phone_with_no_account(address: str) -> None:
    phone = Client(headers={"accept-language": "es-MX,es;q=0.9"})
    page = phone.get(address).content.decode()
    assert '<html lang="es"' in page
    assert "¿Qué va bien?" in page
    told = phone.post(address, TYPED, follow=True)
    asked = HelpRequest.objects.get()
    assert told.redirect_chain[-1][0] == f"/ask/alder-valley/cottonwood/{asked.key}/"
    assert asked.strength == TYPED["strength"]
    assert (asked.language, asked.taken_by) == ("es", None)


def test_a_spanish_poster_opens_the_form_in_spanish(open_door: Team) -> None:
    phone = Client()
    page = phone.get("/ask/alder-valley/cottonwood/?lang=es", follow=True)
    assert '<html lang="es"' in page.content.decode()


def test_help_in_danger_is_always_on_the_page(address: str) -> None:
    page = Client().get(address).content.decode()
    for number in ("tel:911", "tel:988", "tel:555-0100"):
        assert number in page


def test_the_private_page_names_nobody_and_says_nothing_of_a_record(
    cast: Cast, knock: Callable[..., HelpRequest]
) -> None:
    asked = knock(asker_name="Lucía")
    door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    actions.close(referral=asked.referral, because="family_declined", by=cast.rosa)
    page = Client().get(asked.private_address()).content.decode()
    for word in ("Diego", "Lucía", "declined", "said no", "dinosaurios", "Rosa"):
        assert word not in page
    assert "finished its work" in page


def test_a_wrong_key_opens_nothing(cast: Cast, knock: Callable[..., HelpRequest]) -> None:
    asked = knock()
    right = asked.private_address()
    for wrong in (
        right.replace(str(asked.key), "00000000-0000-4000-8000-000000000000"),
        right.replace("cottonwood", "sycamore"),
        right.replace("alder-valley", "bristlecone"),
    ):
        assert Client().get(wrong).status_code == 404


def test_the_same_form_sent_twice_and_gone_back_to_is_one_request(address: str) -> None:
    phone = Client()
    pages = [phone.post(address, TYPED).headers["Location"] for _ in range(2)]
    pages.append(phone.get(address).headers["Location"])
    assert len(set(pages)) == 1
    assert HelpRequest.objects.count() == 1


def test_danger_at_night_with_nobody_on_call_shows_help_and_pages_the_principal(
    cast: Cast, address: str
) -> None:
    Team.objects.update(on_call=None)
    page = sent(address, concern="Mi hija dice que se quiere morir").content.decode()
    assert "btn-attention" in page
    assert page.index("tel:988") < page.index("Keep this page"), "help stands above all else"
    assert SafetyCall.objects.get().paged == cast.grace
    jobs = ProcrastinateJob.objects.filter(task_name="supports.page_somebody").order_by("pk")
    assert jobs[0].args["user_id"] == cast.grace.pk


def test_danger_is_not_asked_to_choose_other_words_first(address: str) -> None:
    sent(address, concern="I was raped", urgency="now")
    assert SafetyCall.objects.count() == 1


def test_a_private_word_comes_back_with_where_it_belongs_and_stores_nothing(address: str) -> None:
    page = sent(address, concern="Mi hija está embarazada")
    assert not HelpRequest.objects.exists()
    text = page.content.decode()
    assert "embarazada" in text
    assert 'name="went_on"' in text


def test_whoever_meant_something_else_goes_on(address: str) -> None:
    sent(address, concern="Su mamá está embarazada y cansada", went_on="on")
    assert HelpRequest.objects.count() == 1


def test_the_trap_gives_the_form_back_and_keeps_every_word(address: str) -> None:
    page = sent(address, website="http://buy.example")
    assert not HelpRequest.objects.exists()
    assert "dinosaurios" in page.content.decode()


def test_too_many_from_one_address_wait_and_lose_nothing(open_door: Team) -> None:
    for _ in range(30):
        address = Client().get("/ask/alder-valley/cottonwood/").headers["Location"]
        sent(address)
    again = sent(Client().get("/ask/alder-valley/cottonwood/").headers["Location"])
    assert again.status_code == 429
    assert "dinosaurios" in again.content.decode()
    assert HelpRequest.objects.count() == 30


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"strength": ""}, "strength"),
        ({"reach_by": "email", "reach_at": "lucia"}, "reach_at"),
        ({"reach_by": "phone", "reach_at": "home"}, "reach_at"),
        ({"urgency": "whenever"}, "urgency"),
        ({"about_name": ""}, "about_name"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    address: str, wrong: dict[str, str], field: str
) -> None:
    page = sent(address, **wrong).content.decode()
    assert f'href="#id_{field}' in page
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("name", ["Diego 🦕", "O’Brien-Ruiz", "دانة الخوري", "<b>x</b>"])
def test_any_name_comes_through_as_it_was_typed(cast: Cast, address: str, name: str) -> None:
    sent(address, about_name=name)
    rosa = Client()
    rosa.force_login(cast.rosa)
    asked = HelpRequest.objects.get()
    assert asked.about_name == name
    page = rosa.get(asked.get_absolute_url()).content.decode()
    assert "<b>x</b>" not in page


def test_a_door_that_is_not_open_says_whom_to_call(cast: Cast) -> None:
    page = Client().get("/ask/alder-valley/sycamore/").content.decode()
    assert "<textarea" not in page
    assert "tel:988" in page


def test_a_school_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert Client().get("/ask/alder-valley/nowhere/").status_code == 404
    assert Client().get("/ask/nowhere/cottonwood/").status_code == 404


class TestTheTeam:
    @pytest.fixture(autouse=True)
    def at_the_desk(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.rosa)

    def test_rosa_reads_who_knocked_and_the_look_is_kept(
        self, cast: Cast, client: Client, knock: Callable[..., HelpRequest]
    ) -> None:
        asked = knock()
        assert "O&#x27;Brien-Ruiz" in client.get(reverse("supports:door")).content.decode()
        page = client.get(asked.get_absolute_url()).content.decode()
        assert f"student={cast.diego.pk}" in page
        assert Look.objects.get().page == "request at the door"

    def test_rosa_makes_it_a_referral_and_sees_that_somebody_asked_before(
        self, cast: Cast, client: Client, knock: Callable[..., HelpRequest]
    ) -> None:
        make_referral(cast.diego, cast.tom)
        asked = knock()
        address = reverse("supports:join", args=[asked.pk]) + f"?student={cast.diego.pk}"
        assert "asked for this student already" in client.get(address).content.decode()
        client.post(address, {"domain": "academic"})
        asked.refresh_from_db()
        assert asked.referral.referrer == cast.rosa
        assert client.post(address, {"domain": "academic"}).status_code == 302
        assert Referral.objects.filter(referrer=cast.rosa).count() == 1
        page = client.get(reverse("supports:answer", args=[asked.referral.pk])).content.decode()
        assert "do not know for sure who" in page

    def test_a_student_of_another_school_is_not_meant(
        self, cast: Cast, client: Client, knock: Callable[..., HelpRequest]
    ) -> None:
        asked = knock(about_name="Sam Whitefeather")
        assert f"student={cast.sam.pk}" not in client.get(asked.get_absolute_url()).content.decode()
        address = reverse("supports:join", args=[asked.pk]) + f"?student={cast.sam.pk}"
        assert client.post(address, {"domain": "academic"}).status_code == 404

    def test_an_answer_by_text_waits_until_somebody_says_that_it_was_sent(
        self, client: Client, knock: Callable[..., HelpRequest]
    ) -> None:
        asked = knock()
        client.post(reverse("supports:asker_answer", args=[asked.pk]), {"answer": "Venga el lunes"})
        assert "(555) 010-0199" in client.get(reverse("supports:door")).content.decode()
        client.post(reverse("supports:asker_told", args=[asked.pk]))
        assert "(555) 010-0199" not in client.get(reverse("supports:door")).content.decode()
        assert "Venga el lunes" in Client().get(asked.private_address()).content.decode()

    def test_ten_more_at_the_door_ask_no_more_of_the_database(
        self, client: Client, knock: Callable[..., HelpRequest], asking: Asked
    ) -> None:
        def queries() -> int:
            with asking:
                client.get(reverse("supports:door"))
            return asking.count

        knock()
        few = queries()
        for _ in range(10):
            knock()
        assert queries() == few <= 12

    def test_rosa_takes_the_call_and_writes_what_was_done(
        self, cast: Cast, client: Client, open_door: Team
    ) -> None:
        referral = make_referral(cast.diego, cast.tom, urgency="now")
        call = SafetyCall.objects.get()
        board = client.get(reverse("supports:board")).content.decode()
        assert call.get_absolute_url() in board
        assert referral.get_absolute_url() not in board
        client.post(reverse("supports:take_call", args=[call.pk]))
        typed = {"outcome": "Talked and called home.", "afterwards": "list"}
        client.post(reverse("supports:finish_call", args=[call.pk]), typed)
        call.refresh_from_db()
        assert (call.taken_by, call.outcome) == (cast.rosa, "Talked and called home.")
        board = client.get(reverse("supports:board")).content.decode()
        assert referral.get_absolute_url() in board
        assert call.get_absolute_url() not in board

    def test_a_poster_in_spanish_is_one_tagged_page_with_the_address(
        self, cast: Cast, client: Client
    ) -> None:
        from io import BytesIO

        from pypdf import PdfReader

        answer = client.get(reverse("supports:poster", args=[cast.cottonwood.pk, "es"]))
        paper = PdfReader(BytesIO(answer.content))
        assert len(paper.pages) == 1
        assert "/StructTreeRoot" in paper.trailer["/Root"]
        assert paper.trailer["/Root"]["/Lang"].startswith("es")
        assert "/ask/alder-valley/cottonwood/" in paper.pages[0].extract_text()

    def test_the_posters_page_leads_to_one_in_each_language(
        self, cast: Cast, client: Client
    ) -> None:
        listed = client.get(reverse("supports:posters")).content.decode()
        for language in ("en", "es"):
            assert reverse("supports:poster", args=[cast.cottonwood.pk, language]) in listed

    def test_no_poster_of_another_school(self, cast: Cast, client: Client) -> None:
        address = reverse("supports:poster", args=[cast.sycamore.pk, "es"])
        assert client.get(address).status_code == 404

    def test_rosa_adds_words_and_ends_them(self, cast: Cast, client: Client) -> None:
        typed = {"words": "the water tower", "kind": "danger", "language": "en", "leads_to": ""}
        client.post(reverse("supports:add_phrase"), typed)
        assert "the water tower" in client.get(reverse("supports:phrases")).content.decode()
        make_referral(cast.diego, cast.tom, concern="Was up on the Water Tower.")
        assert SafetyCall.objects.count() == 1
        ended = {"kind": "danger", "phrase": "en the water tower"}
        client.post(reverse("supports:end_phrase"), ended)
        assert "the water tower" not in client.get(reverse("supports:phrases")).content.decode()
        client.post(reverse("supports:add_phrase"), typed)
        assert Phrase.objects.count() == 1
        assert Phrase.objects.get().valid_until is None

    def test_a_private_word_in_a_step_is_warned_of_in_a_restricted_note_is_kept(
        self, cast: Cast, client: Client, asked: Referral
    ) -> None:
        said = "He told me in confidence that it is his uncle."
        note = reverse("supports:note", args=[asked.pk])
        client.post(note, {"body": said})
        client.post(reverse("supports:step", args=[asked.pk, "triage"]), {"why": said})
        asked.refresh_from_db()
        assert asked.state == "submitted"
        assert not asked.notes.exists()
        client.post(note, {"body": said, "restricted": "on"})
        assert asked.notes.count() == 1


def test_joy_and_tom_open_nothing_of_the_door(
    cast: Cast, client: Client, knock: Callable[..., HelpRequest]
) -> None:
    asked = knock(urgency="now")
    call = SafetyCall.objects.get()
    for user in (cast.joy, cast.tom, cast.omar, cast.helen):
        client.force_login(user)
        for page in (asked.get_absolute_url(), call.get_absolute_url()):
            assert client.get(page).status_code in (403, 404)


def test_grace_cares_for_diego_at_home_and_reads_nothing_of_the_call(
    cast: Cast, client: Client, open_door: Team
) -> None:
    make_guardian(cast.diego, cast.person("grace"), "aunt")
    make_referral(cast.diego, cast.tom, urgency="now")
    client.force_login(cast.grace)
    assert client.get(SafetyCall.objects.get().get_absolute_url()).status_code == 404


def test_tom_reads_at_once_whom_to_call_and_who_was_sent_for(
    cast: Cast, client: Client, open_door: Team
) -> None:
    client.force_login(cast.tom)
    form = client.get(f"/referrals/new/?student={cast.diego.pk}").headers["Location"]
    typed = {"strength": "Builds.", "concern": "He said he wants to die.", "domain": "academic",
             "urgency": "soon"}  # fmt: skip
    page = client.post(form, typed, follow=True).content.decode()
    assert "btn-attention" in page
    assert "Amina Yusuf" in page


def test_somebody_in_the_office_takes_down_a_call(cast: Cast, client: Client) -> None:
    client.force_login(cast.tom)
    form = client.get(reverse("supports:call_taken")).headers["Location"]
    typed = {**TYPED, "school": str(cast.cottonwood.pk)}
    page = client.post(form, typed, follow=True)
    asked = HelpRequest.objects.get()
    assert asked.taken_by == cast.tom
    assert str(asked.key) in page.content.decode()


def test_a_call_is_not_taken_down_for_a_school_where_one_does_not_work(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.tom)
    form = client.get(reverse("supports:call_taken")).headers["Location"]
    client.post(form, {**TYPED, "school": str(cast.sycamore.pk)})
    assert not HelpRequest.objects.exists()


def test_two_brothers_are_two_requests(
    cast: Cast, knock: Callable[..., HelpRequest], client: Client
) -> None:
    brother = make_student(cast.cottonwood, "Mateo", "O'Brien-Ruiz", grade="02")
    make_section(cast.cottonwood, "Grade 2", cast.person("tom"), brother)
    for student, name in ((cast.diego, "Diego"), (brother, "Mateo")):
        door.join(request=knock(about_name=name), student=student, domain="academic", by=cast.rosa)
    assert Referral.objects.count() == 2
