"""A restricted note with a word of its own, looked for in every place by everybody.

Every address of the house, the search, the board, files taken out, PDFs, e-mails, the log and the
record: the word stands on the one page where those who may unfold it unfold it, and nowhere else.
"""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from hearth.audit.models import Event, Look
from hearth.schools.acting import acting_for
from hearth.supports import actions
from hearth.supports.actions.export import ask_for_export
from hearth.supports.front.finding import matching
from hearth.supports.models import Referral
from hearth.supports.tasks import taking_out
from tests.cast import Cast
from tests.guards.house import addresses
from tests.guards.test_who_sees_what import PEOPLE, filled, login, rows

__all__ = ["rows"]  # the fixture: one row for each kind of address
WORD = "quolliwog"
BODY = f"Told in confidence: {WORD} at home since Sunday."


@pytest.fixture
def referral(cast: Cast, rows: dict[str, Any]) -> Referral:
    """The one that every address of the house is tried with, and the note beside it."""
    found = Referral.objects.get(pk=rows["referrals/"]["pk"])
    actions.write_note(referral=found, body=BODY, restricted=True, by=cast.amina)
    return found


def words_of(answer: Any) -> str:
    if answer.get("Content-Type", "").startswith("application/pdf"):
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(page.extract_text() for page in pages)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def pages(rows: dict[str, Any]) -> Iterator[str]:
    for address, view in addresses():
        if hasattr(view, "gate") and "GET" in view.methods:
            try:
                yield filled(address, rows)
            except KeyError:  # no example row: the page of who sees what says so
                continue


@pytest.mark.slow
@pytest.mark.parametrize("key", PEOPLE)
def test_no_page_of_the_house_shows_the_word_but_the_one_that_unfolds_it(
    cast: Cast, rows: dict[str, Any], referral: Referral, key: str
) -> None:
    client = Client()
    client.force_login(login(cast, key))
    found, papers = set(), 0
    for address in pages(rows):
        answer = client.get(f"{address}?folded=on&closed=on", follow=True)
        papers += answer.get("Content-Type", "").startswith("application/pdf")
        if WORD in words_of(answer).lower():
            found.add(address)
    unfolds = reverse("supports:restricted", args=[referral.pk])
    assert found == ({unfolds} if key == "amina" else set())
    assert papers or key not in ("rosa", "amina", "grace"), "no paper was read"


@pytest.mark.parametrize("key", PEOPLE)
def test_no_search_finds_anything_by_the_word(
    cast: Cast, referral: Referral, client: Client, key: str
) -> None:
    user = login(cast, key)
    client.force_login(user)
    for address, query in (
        (reverse("search"), {"q": WORD}),
        (reverse("supports:board"), {"q": WORD, "closed": "on", "folded": "on"}),
        (reverse("supports:new"), {"q": WORD}),
    ):
        words = client.get(address, query).content.decode()
        assert referral.get_absolute_url() not in words, address
        assert "Diego" not in words, address
    with acting_for(user.district_id):
        assert matching(user, WORD, referral.since) == []


@pytest.mark.parametrize("key", ["rosa", "grace"])
def test_no_file_taken_out_holds_the_word(cast: Cast, referral: Referral, key: str) -> None:
    for wanted, many in (({}, 1), ({"q": WORD}, 0), ({"closed": "on", "folded": "on"}, 1)):
        export = ask_for_export(
            wanted=wanted, nonce=uuid4(), district_id=cast.alder.pk, by=getattr(cast, key)
        )
        taking_out.make(export_id=export.pk)
        export.refresh_from_db()
        assert export.rows == many
        assert WORD not in bytes(export.content or b"").decode().lower()


def test_no_letter_holds_the_word(cast: Cast, referral: Referral) -> None:
    """Every job that is waiting is done, whatever it is."""
    actions.answer_referrer(referral=referral, answer="We have begun.", by=cast.rosa)
    for job in ProcrastinateJob.objects.filter(status="todo"):
        assert WORD not in json.dumps(job.args).lower()
        app.tasks[job.task_name](**job.args)
    assert mail.outbox
    for letter in mail.outbox:
        assert WORD not in f"{letter.subject} {letter.body}".lower()


def test_neither_the_log_nor_the_record_holds_the_word(
    cast: Cast, referral: Referral, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.force_login(cast.amina)
    where = reverse("supports:note", args=[referral.pk])
    typed = {"body": BODY, "restricted": "on", "sure": "on"}
    client.post(where, typed)
    client.post(where, {**typed, "body": BODY + "x" * 5000})
    client.get(reverse("supports:restricted", args=[referral.pk]))
    assert WORD not in caplog.text.lower()
    said = [*Event.objects.values_list("verb", "facts"), *Look.objects.values_list("page", "why")]
    assert WORD not in str(said).lower()


def test_helen_looking_through_aminas_eyes_does_not_see_it(
    cast: Cast, referral: Referral, client: Client
) -> None:
    client.force_login(cast.helen)
    client.post(reverse("access:choose_eyes"), {"user": cast.amina.pk})
    session = client.session
    session["viewing_as"] = cast.amina.pk
    session.save()
    for name in ("restricted", "referral"):
        answer = client.get(reverse(f"supports:{name}", args=[referral.pk]))
        assert WORD not in answer.content.decode().lower()
        assert answer.status_code in (403, 404)
