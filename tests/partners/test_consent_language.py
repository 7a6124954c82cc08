"""Linh is asked in Vietnamese; a family whose language Hearth does not write hears the question."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hearth.kit import spoken
from hearth.kit.family_languages import family_languages
from hearth.partners.actions import consent
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Consent
from hearth.partners.tasks.outward import ask_family, ask_whether_met
from hearth.people.models import Person
from tests.cast import Cast
from tests.partners.helping import Helping, helping

HEARD = {"yes": "yes", "way": "in_person", "interpreted_by": "telephone", "understood": "said_back"}


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


def page(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def at(name: str, asked: Consent) -> str:
    return reverse(f"out:{name}", args=[asked.pk])


class TestAskedInMixteco:
    def test_the_team_reads_why_there_is_no_link(self, help_there: Helping) -> None:
        asked, rosa = help_there.asked(language="mix"), help_there.cast.rosa
        for where in (at("consent", asked), at("consent_link", asked)):
            told = page(rosa, where)
            assert "Hearth does not write Mixteco yet" in told
            assert str(asked.key) not in told
            assert at("consent_link", asked) not in told.split("<main")[1]

    def test_who_interpreted_and_how_it_was_understood_stands_with_the_answer(
        self, help_there: Helping
    ) -> None:
        asked, client = help_there.asked(language="mix"), Client()
        client.force_login(help_there.cast.rosa)
        missing = client.post(at("consent_answer", asked), {"yes": "yes", "way": "in_person"})
        assert missing.content.decode().count("k-error") >= 2

        done = client.post(at("consent_answer", asked), HEARD, follow=True).content.decode()
        assert "an interpreter on the telephone" in done
        assert "They said in their own words what would be shared" in done

    def test_no_other_way_round_the_interpreter(self, help_there: Helping) -> None:
        asked, rosa = help_there.asked(language="mix"), help_there.cast.rosa
        with pytest.raises(NotAllowed, match="who interpreted"):
            consent.answer(consent=asked, yes=True, way=Consent.Way.PAPER, written_by=rosa)
        with pytest.raises(NotAllowed, match="does not stand in their language"):
            consent.answer(consent=asked, yes=True, way=Consent.Way.LINK)

    def test_no_letter_goes_out_in_a_language_that_is_not_theirs(self, help_there: Helping) -> None:
        Person.objects.filter(pk=help_there.linh.person_id).update(email="linh@families.example")
        asked, out = help_there.asked(language="mix"), help_there.sent()
        Consent.objects.filter(pk=out.consent_id).update(language="mix")
        mail.outbox.clear()

        ask_family(consent_id=asked.pk, district_id=asked.district_id)
        ask_whether_met(out_id=out.pk, district_id=out.district_id)

        assert not mail.outbox

    def test_the_paper_is_for_an_interpreter_to_read_from(self, help_there: Helping) -> None:
        asked, client = help_there.asked(language="mix"), Client()
        client.force_login(help_there.cast.rosa)
        paper = pypdf.PdfReader(BytesIO(client.get(at("consent_paper", asked)).content))
        told = " ".join(paper.pages[0].extract_text().split())
        assert "May the school share this?" in told
        assert "Read aloud in this language: Mixteco. Who interpreted?" in told


class TestAskedInVietnamese:
    def test_the_paper_is_in_vietnamese(self, help_there: Helping) -> None:
        client = Client()
        client.force_login(help_there.cast.rosa)
        answer = client.get(at("consent_paper", help_there.asked()))
        told = pypdf.PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert "Nhà trường có được phép chia sẻ điều này không?" in " ".join(told.split())
        assert "Chữ ký" in told
        assert "Điều được yêu cầu: một hoặc hai câu" in told, "what goes along is asked for, too"

    def test_the_link_opens_in_vietnamese(self, help_there: Helping) -> None:
        asked = help_there.asked()
        assert f"{asked.key}/?lang=vi" in page(help_there.cast.rosa, at("consent_link", asked))

        phone = Client()
        read = phone.get(asked.private_address() + "?lang=vi", follow=True)
        assert "Một câu hỏi từ nhà trường" in read.content.decode()
        assert read.headers["Content-Language"] == "vi"

    def test_until_a_speaker_reads_the_words_over_the_team_is_told(
        self, help_there: Helping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked, rosa = help_there.asked(), help_there.cast.rosa
        warned = "Nobody who speaks Vietnamese has read these words over yet"
        assert warned in page(rosa, at("consent", asked))

        assert not family_languages()["vi"].read_over
        monkeypatch.setattr(spoken, "family_languages", dict)
        assert spoken.is_read_over("vi"), "a language of the house is checked with each change"
        assert not spoken.is_written("vi")
