"""Minutes in the language of whoever reads them, not of whoever opened the meeting."""

from io import BytesIO

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from hearth.audit.models import Look
from hearth.supports.actions import meeting as actions
from hearth.supports.models import AgendaItem, Meeting, Referral
from hearth.supports.reading.whole_school import in_words
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.teams import open_now, set_up


@pytest.fixture
def closed(cast: Cast, asked: Referral, at: object) -> Meeting:
    """Rosa opened it in Spanish; a service is short, and one concern had nothing to offer."""
    at(asked, "waitlisted")  # type: ignore[operator]
    other = make_referral(cast.minh_anh, cast.tom, domain="attendance")
    Referral.objects.filter(pk=other.pk).update(
        state="closed", closed_because="nothing_offered", next_on=None, since=timezone.localdate()
    )
    set_up(cast)
    with translation.override("es"):
        meeting = open_now(cast)
        actions.close_meeting(meeting=meeting, by=cast.rosa)
    return meeting


def printed(client: Client, meeting: Meeting, **query: str) -> str:
    answer = client.get(reverse("supports:meeting_minutes", args=[meeting.pk]), query)
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_amina_reads_in_english_what_was_opened_in_spanish(
    cast: Cast, client: Client, closed: Meeting
) -> None:
    client.force_login(cast.amina)
    said = printed(client, closed)
    assert "1 referral came in." not in said, "two came in"
    assert "2 referrals came in." in said
    assert "Coming to school: 1 went without" in said
    assert "Tutoring: 1 waits" in said
    assert "espera" not in said


def test_the_same_file_in_spanish_names_the_domain_in_spanish_and_the_service_as_typed(
    cast: Cast, client: Client, closed: Meeting
) -> None:
    client.force_login(cast.amina)
    shown = client.get(closed.get_absolute_url()).content.decode()
    assert "?language=es" in shown
    said = printed(client, closed, language="es")
    with translation.override("es"):
        gaps = in_words(closed.items.get(part="gaps"))
        picture = in_words(closed.items.get(part="picture"))
    for line in (*gaps, *picture):
        assert line in said
    assert any(line.startswith("Tutoring: ") for line in gaps)
    assert not any("Coming to school" in line for line in gaps)
    assert "requests" not in said


def test_a_language_nobody_speaks_here_is_the_readers_own(
    cast: Cast, client: Client, closed: Meeting
) -> None:
    client.force_login(cast.amina)
    assert "2 referrals came in." in printed(client, closed, language="xx")


def test_the_look_is_kept_in_the_houses_own_words(
    cast: Cast, client: Client, closed: Meeting
) -> None:
    client.force_login(cast.amina)
    client.cookies["django_language"] = "es"
    printed(client, closed)
    look = Look.objects.get(page="minutes on paper", by=cast.amina.pk)
    assert look.why == "You are on this school's support team."


def test_a_line_that_was_kept_as_words_is_read_as_it_was_written(closed: Meeting) -> None:
    gaps = closed.items.get(part="gaps")
    AgendaItem.objects.filter(pk=gaps.pk).update(facts=None, words="Tutoring: 3 wait")
    gaps.refresh_from_db()
    assert in_words(gaps) == ["Tutoring: 3 wait"]
