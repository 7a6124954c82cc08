"""The pages: Rosa prepares and sends, Linh answers on her phone, the clinic by its link."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Look
from hearth.partners.actions import agreement
from hearth.partners.actions import consent as consents
from hearth.partners.models import (
    Consent,
    LinkCode,
    ReferralOut,
)
from hearth.partners.tasks.link import send_code, send_link
from hearth.supports import actions as supports
from hearth.supports.models import Referral
from tests import makers
from tests.cast import Cast
from tests.partners.helping import WORDS, Helping, helping

BORN = date(2016, 3, 4)


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    person = cast.minh_anh.person
    person.birth_date = BORN
    person.save(update_fields=["birth_date"])
    return helping(cast)


def browser(user: Any = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def follow(client: Client, address: str) -> tuple[str, str]:
    """The page that a form of its own opens, and its address."""
    answer = client.get(address, follow=True)
    where = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
    return read(answer), where


class TestPreparing:
    def test_first_the_family_is_asked(self, help_there: Helping) -> None:
        rosa = browser(help_there.cast.rosa)
        page, _ = follow(rosa, _prepare(help_there))

        assert "The family has not been asked yet" in page
        assert "Exactly this is shared" not in page

    def test_then_exactly_what_is_shared_stands_there_before_it_is_sent(
        self, help_there: Helping
    ) -> None:
        help_there.allowed()
        rosa = browser(help_there.cast.rosa)
        page, where = follow(rosa, _prepare(help_there))
        assert "Exactly this is shared" in page
        assert "Minh Anh" in page

        said = {"contact": help_there.ines.pk, "words": WORDS}
        answer = rosa.post(where, said, follow=True)

        assert "It is sent." in read(answer)
        out = ReferralOut.objects.get()
        assert out.words == WORDS
        rosa.post(where, said)
        assert ReferralOut.objects.count() == 1

    def test_what_belongs_to_the_counselor_alone_is_not_sent(self, help_there: Helping) -> None:
        help_there.allowed()
        rosa = browser(help_there.cast.rosa)
        _, where = follow(rosa, _prepare(help_there))

        said = {"contact": help_there.ines.pk, "words": "She is pregnant."}
        page = read(rosa.post(where, said))

        assert "talk with the counselor" in page
        assert "She is pregnant." in page  # what was typed is not lost
        assert not ReferralOut.objects.exists()

    def test_without_an_agreement_the_page_says_so_and_has_no_button(
        self, help_there: Helping
    ) -> None:
        help_there.allowed()
        agreement.end(agreement=help_there.agreement, on=timezone.localdate(), why="Closed.",
                      by=help_there.cast.helen)  # fmt: skip
        page, _ = follow(browser(help_there.cast.rosa), _prepare(help_there))

        assert "This may not be shared today" in page
        assert ">Send it</button>" not in page

    @pytest.mark.parametrize("key", ["tom", "linh", "priya", "joy"])
    def test_nobody_but_the_team_gets_so_far(self, help_there: Helping, key: str) -> None:
        client = browser(getattr(help_there.cast, key))

        assert client.get(_prepare(help_there)).status_code in (403, 404)
        assert client.get(_ask(help_there)).status_code in (403, 404)
        choose = reverse("out:choose", args=[help_there.cast.minh_anh.pk])
        assert client.get(choose).status_code in (403, 404)

    def test_a_student_of_another_school_is_not_found(self, help_there: Helping) -> None:
        rosa = browser(help_there.cast.rosa)

        choose = reverse("out:choose", args=[help_there.cast.sam.pk])
        assert rosa.get(choose).status_code == 404


class TestAskingLinh:
    def test_for_a_child_with_no_guardian_the_page_says_whom_to_ask(
        self, help_there: Helping
    ) -> None:
        cast = help_there.cast
        address = reverse("out:ask", args=[cast.diego.pk, help_there.service.pk])
        page, where = follow(browser(cast.rosa), address)

        assert "No adult of this family may decide, as far as we know" in page
        browser(cast.rosa).post(where, {"adult": help_there.linh.pk, "elements": ["name"]})
        assert not Consent.objects.exists()

    def test_rosa_asks_and_lands_on_what_was_asked(self, help_there: Helping) -> None:
        rosa = browser(help_there.cast.rosa)
        page, where = follow(rosa, _ask(help_there))
        assert "What do we ask the family to allow?" in page

        answer = rosa.post(where, {
            "adult": help_there.linh.pk, "elements": ["name", "reach_family"], "language": "vi",
            "expires_on": timezone.localdate() + timedelta(days=90),
        }, follow=True)  # fmt: skip

        assert "Asked, and no answer yet." in read(answer)
        asked = Consent.objects.get()
        assert set(asked.elements) == {"name", "reach_family", "asked_for"}

    def test_a_stranger_with_the_link_reads_no_name(self, help_there: Helping) -> None:
        asked = help_there.asked()
        page = read(browser().get(asked.private_address()))

        for word in ("Minh", "Linh", "Willow"):
            assert word not in page

    def test_five_wrong_birthdays_and_it_is_closed(self, help_there: Helping) -> None:
        asked, stranger = help_there.asked(), browser()
        for day in range(5):
            stranger.post(asked.private_address(), {"birthday": f"2016-01-0{day + 1}"})

        page = read(stranger.post(asked.private_address(), {"birthday": BORN.isoformat()}))
        assert "This link is closed" in page
        assert "Minh" not in page

    def test_linh_reads_exactly_what_and_says_yes_then_takes_it_back(
        self, help_there: Helping
    ) -> None:
        asked, linh = help_there.asked(), browser()
        address = asked.private_address()
        page = read(linh.post(address, {"birthday": BORN.isoformat()}, follow=True))
        assert "Minh Anh" in page
        assert "Willow Clinic" in page

        page = read(linh.post(address, {"answer": "yes"}, follow=True))
        assert "You said yes" in page
        out = help_there.sent(consent=Consent.objects.get(pk=asked.pk))
        page = read(linh.post(address, {"answer": "take_back"}, follow=True))
        assert "You took this back" in page
        out.refresh_from_db()
        assert out.state == "withdrawn"

    def test_an_answer_without_the_birthday_changes_nothing(self, help_there: Helping) -> None:
        asked = help_there.asked()

        browser().post(asked.private_address(), {"answer": "yes"})

        asked.refresh_from_db()
        assert asked.is_waiting

    def test_signed_in_she_answers_on_her_own_page(self, help_there: Helping) -> None:
        asked, linh = help_there.asked(), browser(help_there.cast.linh)
        home = reverse("out:at_home", args=[help_there.cast.minh_anh.pk])
        assert "Willow Clinic" in read(linh.get(home))

        read(linh.post(reverse("out:say", args=[asked.pk]), {"answer": "yes"}, follow=True))
        asked.refresh_from_db()
        assert (asked.answer, asked.way) == ("given", "account")
        read(linh.post(reverse("out:say", args=[asked.pk]), {"answer": "take_back"}, follow=True))
        asked.refresh_from_db()
        assert asked.withdrawn_by == help_there.cast.linh

    def test_rosa_cannot_answer_in_her_place(self, help_there: Helping) -> None:
        asked = help_there.asked()
        rosa = browser(help_there.cast.rosa)

        assert rosa.post(reverse("out:say", args=[asked.pk]), {"answer": "yes"}).status_code == 403

    def test_the_page_who_can_see_tells_her_what_was_sent(self, help_there: Helping) -> None:
        linh = browser(help_there.cast.linh)
        who = reverse("who_can_see", args=[help_there.cast.minh_anh.pk])
        assert "Hearth has sent them nothing" in read(linh.get(who))

        help_there.sent()
        assert "With partner organizations: sent 1 time" in read(linh.get(who))


class TestTheClinic:
    def test_a_forwarded_link_shows_a_stranger_nothing(self, help_there: Helping) -> None:
        help_there.sent()
        page = read(browser().get(_letter_address()))

        for word in ("Minh", "Linh", WORDS):
            assert word not in page

    def test_with_the_code_the_clinic_reads_and_answers(self, help_there: Helping) -> None:
        out = help_there.sent()
        clinic, address = _let_in(help_there)
        page = read(clinic.get(address))
        assert "Minh Anh" in page
        assert WORDS in page
        look = Look.objects.filter(student_id=help_there.cast.minh_anh.pk).latest("pk")
        assert look.by_name == "Ines Duarte"

        clinic.post(address, {"to": "served", "first_service_on": timezone.localdate()})
        out.refresh_from_db()
        assert out.state == "served"

    def test_taken_back_while_it_is_open_it_is_gone(self, help_there: Helping) -> None:
        out = help_there.sent()
        clinic, address = _let_in(help_there)
        assert clinic.get(address).status_code == 200

        consents.take_back(consent=out.consent, by=None)

        answer = clinic.get(address)
        assert answer.status_code == 410
        assert "Minh" not in answer.content.decode()
        assert clinic.post(address, {"to": "accepted"}).status_code == 410

    def test_over_it_is_gone_too(self, help_there: Helping) -> None:
        out = help_there.sent()
        clinic, address = _let_in(help_there)
        Consent.objects.filter(pk=out.consent_id).update(
            expires_on=timezone.localdate() - timedelta(days=1)
        )
        assert clinic.get(address).status_code == 410

    def test_an_answer_without_its_day_comes_back_with_what_to_mend(
        self, help_there: Helping
    ) -> None:
        out = help_there.sent()
        clinic, address = _let_in(help_there)
        page = read(clinic.post(address, {"to": "waiting", "words": "Soon."}))

        assert "Write a day, even a rough one" in page
        assert "Soon." in page
        out.refresh_from_db()
        assert out.state == "sent"


class TestTheTeam:
    def test_the_board_has_it_and_what_is_still_needed(self, help_there: Helping) -> None:
        out, rosa = help_there.sent(), browser(help_there.cast.rosa)
        board = reverse("out:board")
        assert "Talking with families" in read(rosa.get(board))
        assert "Talking with families" not in read(rosa.get(board + "?show=missing"))

        said = {"to": "declined", "declined_because": "no_place"}
        read(rosa.post(reverse("out:said", args=[out.pk]), said, follow=True))
        assert "Talking with families" in read(rosa.get(board + "?show=missing"))

    def test_the_family_says_half_met_without_an_account(self, help_there: Helping) -> None:
        out = help_there.sent()
        page = read(browser().get(out.met_address()))
        for word in ("Minh", "Willow"):
            assert word not in page

        said = {"met": "partly", "still_needed": "Somebody who drives us there."}
        assert "Thank you" in read(browser().post(out.met_address(), said, follow=True))
        rosa = browser(help_there.cast.rosa)
        assert "Somebody who drives us there." in read(rosa.get(out.get_absolute_url()))

    def test_tom_who_teaches_her_finds_none_of_it(self, help_there: Helping) -> None:
        out, tom = help_there.sent(), browser(help_there.cast.tom)

        for address in (
            out.get_absolute_url(), out.consent.get_absolute_url(), reverse("out:board"),
            reverse("out:consent_link", args=[out.consent_id]),
            reverse("out:said", args=[out.pk]),
        ):  # fmt: skip
            assert tom.get(address).status_code in (403, 404), address

    def test_pages_ask_as_much_for_many_as_for_few(
        self, help_there: Helping, django_assert_max_num_queries: Any
    ) -> None:
        help_there.sent()
        rosa = browser(help_there.cast.rosa)
        rosa.get(reverse("out:board"))
        with django_assert_max_num_queries(12):
            rosa.get(reverse("out:board"))
        with django_assert_max_num_queries(16):  # one of them for the times it was given
            rosa.get(ReferralOut.objects.get().get_absolute_url())


class TestToday:
    def test_linh_finds_the_question_on_her_first_page_until_she_answers(
        self, help_there: Helping
    ) -> None:
        asked, linh = help_there.asked(), browser(help_there.cast.linh)
        page = read(linh.get(reverse("today")))
        assert "The school asks you" in page
        assert "Willow Clinic" in page

        consents.answer(consent=asked, yes=False, way="link")
        assert "The school asks you" not in read(linh.get(reverse("today")))

    def test_rosa_finds_who_has_not_answered_and_tom_does_not(self, help_there: Helping) -> None:
        out = help_there.sent()
        rosa = browser(help_there.cast.rosa)
        assert "Partners who have not answered" not in read(rosa.get(reverse("today")))

        ReferralOut.objects.filter(pk=out.pk).update(
            due_on=timezone.localdate() - timedelta(days=2)
        )
        assert "Partners who have not answered" in read(rosa.get(reverse("today")))
        tom = browser(help_there.cast.tom)
        assert "Partners who have not answered" not in read(tom.get(reverse("today")))


class TestBesideTheReferral:
    def test_sent_from_a_referral_it_is_a_step_of_it_and_the_visit_too(
        self, help_there: Helping
    ) -> None:
        cast = help_there.cast
        referral = _planned(cast)
        help_there.allowed()
        rosa = browser(cast.rosa)
        _, where = follow(rosa, f"{_prepare(help_there)}?referral={referral.pk}")
        rosa.post(where, {"contact": help_there.ines.pk, "words": WORDS})

        referral.refresh_from_db()
        assert (referral.state, referral.provider) == ("referred", "Willow Clinic")
        out = ReferralOut.objects.get(answers=referral.pk)
        said = {"to": "served", "first_service_on": timezone.localdate()}
        rosa.post(reverse("out:said", args=[out.pk]), said)
        beside = reverse("with_partners", args=[referral.pk])
        assert "Confirm the first service" in read(rosa.get(beside))
        rosa.post(reverse("catch_up", args=[referral.pk, out.pk]))
        referral.refresh_from_db()
        assert (referral.state, referral.first_service_on) == ("linked", timezone.localdate())
        assert "Confirm the first service" not in read(rosa.get(beside))


def _prepare(help_there: Helping) -> str:
    return reverse("prepare_out", args=[help_there.cast.minh_anh.pk, help_there.service.pk])


def _ask(help_there: Helping) -> str:
    return reverse("out:ask", args=[help_there.cast.minh_anh.pk, help_there.service.pk])


def _letter_address() -> str:
    """What the worker sends, and the address in the letter."""
    out = ReferralOut.objects.get()
    mail.outbox.clear()
    send_link(link_id=out.link_id, district_id=out.district_id)
    [letter] = mail.outbox
    assert letter.to == ["ines@willow.example"]
    assert "Minh" not in letter.body
    found = re.search(r"https?://[^/]+(/partner/\S+)", letter.body)
    assert found
    return found[1].partition("?")[0]


def _let_in(help_there: Helping) -> tuple[Client, str]:
    """Ines opens her letter's link and types the code from her mailbox."""
    clinic, address = browser(), _letter_address()
    clinic.get(address)
    clinic.post(address, {"send": "1"})
    mail.outbox.clear()
    send_code(code_id=LinkCode.objects.get().pk, district_id=help_there.cast.alder.pk)
    code = re.search(r"\b(\d{6})\b", mail.outbox[0].body)
    assert code
    answer = clinic.post(address, {"code": code[1]})
    assert answer.status_code == 302, answer.content.decode()
    return clinic, address


def _planned(cast: Cast) -> Referral:
    """A referral for Minh Anh that is ready for a service."""
    referral = makers.make_referral(cast.minh_anh, cast.tom)
    supports.triage(referral=referral, why="Read.", by=cast.rosa)
    supports.assign(referral=referral, owner=cast.rosa, by=cast.rosa)
    supports.begin_assessing(referral=referral, by=cast.rosa)
    supports.set_plan(referral=referral, why="Somebody to talk to.", by=cast.rosa)
    return referral
