"""What comes back: an answer stands on Rosa's Today until she has read it; a word is no answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.demo import clock
from hearth.partners.actions import consent, outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Consent, OutStep
from hearth.partners.tasks.outward import keep_clocks
from tests import makers
from tests.cast import Cast
from tests.partners.helping import Helping, helping

NEWS = "What came back from partners and families"


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


def read(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


class TestToday:
    def test_an_answer_stands_there_until_rosa_has_read_it(self, help_there: Helping) -> None:
        out, rosa = help_there.sent(), help_there.cast.rosa
        assert NEWS not in read(rosa, "/")

        outward.answer(out=out, to="accepted", contact=help_there.ines)
        here = read(rosa, "/")
        assert NEWS in here
        assert "Taken, no visit yet" in here
        assert NEWS in read(help_there.cast.amina, "/")

        read(rosa, out.get_absolute_url())
        assert NEWS not in read(rosa, "/")
        assert NEWS in read(help_there.cast.amina, "/")  # she has not

    def test_so_does_the_familys_word(self, help_there: Helping) -> None:
        out, rosa = help_there.sent(), help_there.cast.rosa
        outward.say_met(out=out, met="partly", still_needed="A bus.")
        assert "The family says: Partly" in read(rosa, "/")

    def test_so_does_a_yes_on_the_phone_until_it_is_sent_or_read(self, help_there: Helping) -> None:
        rosa, may = help_there.cast.rosa, help_there.allowed()
        here = read(rosa, "/")
        assert "The family says yes. It can be sent now." in here
        assert may.get_absolute_url() in here
        assert NEWS not in read(help_there.cast.tom, "/")
        read(help_there.cast.amina, may.get_absolute_url())
        assert NEWS not in read(help_there.cast.amina, "/")
        help_there.sent(consent=may)
        assert NEWS not in read(rosa, "/")

    def test_a_yes_that_was_taken_back_is_told_and_a_no(self, help_there: Helping) -> None:
        rosa, out = help_there.cast.rosa, help_there.sent()
        consent.take_back(consent=out.consent, by=None)
        consent.answer(consent=help_there.asked(), yes=False, way=Consent.Way.LINK)
        here = read(rosa, "/")
        assert "The family has taken its yes back." in here
        assert "The family says no to sharing." in here

    def test_an_answer_that_the_school_wrote_down_is_known_there(self, help_there: Helping) -> None:
        rosa = help_there.cast.rosa
        consent.answer(
            consent=help_there.asked(), yes=True, way=Consent.Way.PAPER, written_by=rosa, by=rosa
        )
        assert NEWS not in read(rosa, "/")

    def test_what_rosa_wrote_down_herself_is_no_news(self, help_there: Helping) -> None:
        rosa = help_there.cast.rosa
        outward.answer(out=help_there.sent(), to="accepted", by=rosa)
        assert NEWS not in read(rosa, "/")

    def test_nor_is_what_is_long_ago_or_was_taken_back(self, help_there: Helping) -> None:
        rosa = help_there.cast.rosa
        with clock.on(timezone.localdate() - timedelta(days=20)):
            outward.answer(out=help_there.sent(), to="accepted", contact=help_there.ines)
        other = help_there.sent()
        outward.answer(out=other, to="accepted", contact=help_there.ines)
        outward.withdraw(out=other, by=rosa)
        assert NEWS not in read(rosa, "/")

    def test_nobody_of_another_school_hears_of_it(self, help_there: Helping) -> None:
        outward.answer(out=help_there.sent(), to="accepted", contact=help_there.ines)
        for key in ("tom", "joy", "priya", "omar"):
            assert NEWS not in read(getattr(help_there.cast, key), "/")


class TestAWord:
    def test_it_stands_with_the_steps_and_moves_no_clock(self, help_there: Helping) -> None:
        out = help_there.sent()
        outward.answer(out=out, to="more", words="We called twice.", contact=help_there.ines)
        before = out.due_on
        out.refresh_from_db()

        assert (out.state, out.due_on) == ("sent", before)
        here = read(help_there.cast.rosa, out.get_absolute_url())
        assert "A word, no answer yet" in here
        assert "We called twice." in here
        assert keep_clocks(before + timedelta(days=1))["reminded"] == 1  # silence it is still

    def test_pressed_twice_it_stands_once(self, help_there: Helping) -> None:
        out = help_there.sent()
        for _press in range(2):
            outward.say_more(out=out, words="We called twice.", contact=help_there.ines)
        assert OutStep.objects.filter(words="We called twice.").count() == 1

    def test_with_nothing_in_it_or_after_the_end_it_is_none(self, help_there: Helping) -> None:
        out = help_there.sent()
        with pytest.raises(NotAllowed, match="Write what the school should know"):
            outward.say_more(out=out, words=" ", contact=help_there.ines)
        outward.answer(
            out=out, to="declined", declined_because="no_place", contact=help_there.ines
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="Look again"):
            outward.say_more(out=out, words="Still.", contact=help_there.ines)

    def test_after_the_family_took_it_back_nobody_says_anything(self, help_there: Helping) -> None:
        out = help_there.sent()
        out.consent.expires_on = timezone.localdate() - timedelta(days=1)
        out.consent.save(update_fields=["expires_on"])
        with pytest.raises(outward.Gone):
            outward.say_more(out=out, words="Hello?", contact=help_there.ines)

    def test_rosa_may_choose_it_for_what_was_said_on_the_phone(self, help_there: Helping) -> None:
        out = help_there.sent()
        client = Client()
        client.force_login(help_there.cast.rosa)
        said = reverse("out:said", args=[out.pk])
        empty = client.post(said, {"to": "more"}).content.decode()
        assert "Write what the school should know." in empty

        client.post(said, {"to": "more", "words": "Ask again in March."})
        assert OutStep.objects.get(words="Ask again in March.").by == help_there.cast.rosa


class TestTheNextDay:
    def test_it_says_what_is_to_come(self, help_there: Helping) -> None:
        out, rosa = help_there.sent(), help_there.cast.rosa
        assert "They answer by:" in read(rosa, out.get_absolute_url())
        assert "They answer by:" in read(rosa, reverse("out:board"))

    def test_whom_the_family_has_told_is_late_with_nothing(self, help_there: Helping) -> None:
        rosa, long_ago = help_there.cast.rosa, timezone.localdate() - timedelta(days=58)
        with clock.on(long_ago):
            out = help_there.sent()
            outward.answer(
                out=out, to="served", first_service_on=long_ago, contact=help_there.ines
            )  # fmt: skip
        assert "days late" in read(rosa, reverse("out:board"))
        outward.say_met(out=out, met="partly", still_needed="A bus.")
        assert "days late" not in read(rosa, reverse("out:board"))

    def test_what_belongs_to_one_answer_says_to_which(self, help_there: Helping) -> None:
        page = read(help_there.cast.rosa, reverse("out:said", args=[help_there.sent().pk]))
        for belongs in ("to=waiting", "to=served", "to=declined"):
            assert f'data-belongs-to="{belongs}"' in page


def test_what_answers_another_childs_referral_does_not_stand_on_this_one(
    help_there: Helping,
) -> None:
    cast = help_there.cast
    of_diego = makers.make_referral(cast.diego, cast.tom)
    out = help_there.sent(answers=of_diego.pk)  # an address that somebody changed by hand

    assert help_there.service.name not in read(
        cast.rosa, reverse("with_partners", args=[of_diego.pk])
    )
    client = Client()
    client.force_login(cast.rosa)
    assert client.post(reverse("catch_up", args=[of_diego.pk, out.pk])).status_code == 404
