"""From a meeting to a step of a referral, and back to the same place at the table."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from hearth.supports.models import Meeting, Referral
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.teams import item_of, open_now, set_up


@pytest.fixture
def in_session(cast: Cast, asked: Referral, client: Client) -> Meeting:
    set_up(cast)
    client.force_login(cast.rosa)
    return open_now(cast)


def place_of(meeting: Meeting, referral: Referral) -> str:
    return reverse("supports:meeting_item", args=[meeting.pk, item_of(meeting, referral).pk])


def links(client: Client, url: str) -> list[str]:
    shown = client.get(url, follow=True).content.decode()
    return [unescape(link) for link in re.findall(r'(?:href|action)="([^"]+)"', shown)]


def step_link(client: Client, url: str) -> str:
    return next(link for link in links(client, url) if "/steps/triage/" in link)


def test_a_step_from_the_table_leads_back_to_the_table(
    client: Client, in_session: Meeting, asked: Referral
) -> None:
    here = place_of(in_session, asked)
    step = step_link(client, here)
    assert step in links(client, step), "the form is sent to the address that knows the way back"
    taken = client.post(step, {"why": "He is new here."})
    assert taken.headers["Location"] == here
    asked.refresh_from_db()
    assert asked.state == "triaged"


def test_so_does_one_from_the_whole_referral(
    client: Client, in_session: Meeting, asked: Referral
) -> None:
    here = place_of(in_session, asked)
    whole = next(
        link for link in links(client, here) if link.startswith(asked.get_absolute_url() + "?")
    )
    assert here in links(client, whole)
    step = step_link(client, whole)
    assert client.post(step, {"why": "He is new here."}).headers["Location"] == here
    note = next(
        link
        for link in links(client, whole)
        if link.startswith(f"{asked.get_absolute_url()}notes/?")
    )
    assert client.post(note, {"body": "Talk to his aunt."}).headers["Location"] == here


def test_back_and_send_again_takes_one_step_and_still_shows_the_way(
    client: Client, in_session: Meeting, asked: Referral
) -> None:
    here = place_of(in_session, asked)
    step = step_link(client, here)
    client.post(step, {"why": "He is new here."})
    again = client.post(step, {"why": "He is new here."})
    assert "so this step is not open" in again.content.decode()
    assert f'href="{here}"' in again.content.decode()
    assert asked.moves.filter(went_to="triaged").count() == 1
    assert here in links(client, step), "the Back button shows the same way out"


def test_closing_from_the_table_does_not_leave_the_meeting(
    client: Client, in_session: Meeting, asked: Referral
) -> None:
    here = place_of(in_session, asked)
    url = reverse("supports:step", args=[asked.pk, "close"])
    said = {"because": "goal_met", "why": "He reads on his own."}
    closed = client.post(f"{url}?back={here}", said)
    assert closed.headers["Location"] == here
    assert "on the student&#x27;s page" in client.get(here, follow=True).content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/students/1/",
        "javascript:1",
        "/x",
        "",
    ],
)
def test_the_way_back_leads_nowhere_but_to_a_meeting(
    client: Client, in_session: Meeting, asked: Referral, elsewhere: str
) -> None:
    url = reverse("supports:step", args=[asked.pk, "triage"])
    taken = client.post(f"{url}?back={elsewhere}", {"why": "He is new here."})
    assert taken.headers["Location"] == asked.get_absolute_url()


def test_in_danger_no_step_is_offered_at_the_table(
    cast: Cast, client: Client, in_session: Meeting, asked: Referral
) -> None:
    other = make_referral(cast.minh_anh, cast.tom)
    assert other.state == "submitted"
    Referral.objects.filter(pk=asked.pk).update(state="safety")
    assert not [link for link in links(client, place_of(in_session, asked)) if "/steps/" in link]
