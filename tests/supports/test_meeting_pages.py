"""The pages of the team and its meetings, as each person meets them."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.access.models import Membership
from hearth.audit.models import Look
from hearth.supports import actions as referrals
from hearth.supports.actions import meeting as actions
from hearth.supports.models import Decision, Meeting, Referral, Team
from tests.cast import Cast
from tests.makers import SOME_DAY, make_guardian, make_referral, make_student
from tests.supports.conftest import Asked
from tests.supports.teams import decide, item_of, open_now, set_up

Page = Callable[..., str]
SECRET = "Told in confidence at the door"


@pytest.fixture
def team(cast: Cast) -> Team:
    return set_up(cast)


@pytest.fixture
def in_session(cast: Cast, team: Team, asked: Referral) -> Meeting:
    return open_now(cast)


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def item_url(meeting: Meeting, referral: Referral, name: str = "meeting_item") -> str:
    return reverse(f"supports:{name}", args=[meeting.pk, item_of(meeting, referral).pk])


def test_a_school_without_a_team_and_without_a_referral_is_told_how_to_begin(
    cast: Cast, page: Page
) -> None:
    assert "No team is set up for this school yet" in page(cast.rosa, "meetings")
    first = page(cast.rosa, "team", cast.cottonwood.pk)
    assert "Shall we begin a team?" in first
    assert reverse("supports:team_step", args=[cast.cottonwood.pk, "members"]) in first
    # A counselor reads who begins, and is offered no button that would refuse her.
    assert "set-up/members" not in page(cast.amina, "team", cast.cottonwood.pk)


def test_the_first_run_asks_one_question_after_the_other(cast: Cast, client: Client) -> None:
    client.force_login(cast.rosa)
    school = cast.cottonwood.pk
    answers: dict[str, dict[str, Any]] = {
        "members": {"members": [cast.rosa.pk, cast.amina.pk], "facilitator": cast.rosa.pk,
                    "notes": cast.amina.pk},
        "norms": {"norms": "Strengths first."},
        "rhythm": {"weekday": 1, "every_weeks": 2, "minutes": 45, "starts_at": "14:30"},
        "words": {"welcome_en": "Tell us.", "welcome_es": "Díganos."},
        "on-call": {"on_call": cast.amina.pk, "on_call_next": cast.rosa.pk},
        "door": {"door_open": "True"},
    }  # fmt: skip
    url = reverse("supports:team_step", args=[school, "members"])
    for key, said in answers.items():
        assert key in url
        url = client.post(url, said).headers["Location"]
    assert url == reverse("supports:team_finish", args=[school])
    assert "Our team is ready" in client.get(url).content.decode()
    client.post(url)
    team = Team.objects.get(school=school)
    assert team.is_ready
    assert team.door_open
    assert (
        "Every two weeks"
        not in client.get(reverse("supports:team", args=[school])).content.decode()
    )
    # Later the same page changes one answer and leads back to the team.
    back = client.post(reverse("supports:team_step", args=[school, "norms"]), {"norms": "Kind."})
    assert back.headers["Location"] == reverse("supports:team", args=[school])


def test_two_parts_for_one_person_are_mended_not_lost(cast: Cast, client: Client) -> None:
    client.force_login(cast.rosa)
    url = reverse("supports:team_step", args=[cast.cottonwood.pk, "members"])
    both = {"members": [cast.rosa.pk], "facilitator": cast.rosa.pk, "notes": cast.rosa.pk}
    assert "Give each part to another person" in client.post(url, both).content.decode()


def test_the_sample_norms_are_there_to_begin_with(cast: Cast, page: Page) -> None:
    assert "Each decision leaves with one name" in page(
        cast.rosa, "team_step", cast.cottonwood.pk, "norms"
    )


@pytest.mark.parametrize("key", ["families", "agenda"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_cost_is_can_be_read_by_anybody_in_both_languages(
    cast: Cast, client: Client, key: str, language: str
) -> None:
    client.cookies["django_language"] = language
    shown = client.get(reverse("supports:sheet", args=[key])).content.decode()
    assert f'lang="{language}"' in shown
    on_paper = words_of(client.get(reverse("supports:sheet_on_paper", args=[key, language])))
    wanted = {
        ("families", "en"): "not a gate to special education",
        ("families", "es"): "educación especial",
        ("agenda", "en"): "strengths first",
        ("agenda", "es"): "fortalezas primero",
    }[key, language]
    assert wanted in on_paper


def test_a_sheet_nobody_wrote_is_not_there(client: Client, cast: Cast) -> None:
    assert client.get(reverse("supports:sheet", args=["secrets"])).status_code == 404
    found = client.get(reverse("supports:sheet_on_paper", args=["families", "fr"]))
    assert found.status_code == 404


def test_before_the_meeting_its_agenda_can_be_read_and_nothing_is_stored(
    cast: Cast, team: Team, asked: Referral, page: Page
) -> None:
    meeting = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    said = page(cast.amina, "meeting", meeting.pk)
    assert "Diego" in said
    assert "Open it today already" in said
    assert not meeting.items.exists()


def test_anybody_on_the_team_may_lead(cast: Cast, team: Team, client: Client) -> None:
    meeting = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    client.force_login(cast.amina)
    client.post(reverse("supports:meeting_begin", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.opened_by == cast.amina


@pytest.mark.parametrize(
    ("who", "found"),
    [("rosa", 200), ("amina", 200), ("tom", 403), ("linh", 403), ("joy", 403), ("omar", 404),
     ("priya", 403)],
)  # fmt: skip
def test_who_opens_a_meeting(
    cast: Cast, in_session: Meeting, client: Client, who: str, found: int
) -> None:
    client.force_login(getattr(cast, who))
    url = reverse("meeting", args=[in_session.pk])
    assert client.get(url).status_code == found


def test_a_student_is_talked_about_strengths_first(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client
) -> None:
    client.force_login(cast.rosa)
    said = client.get(item_url(in_session, asked), follow=True).content.decode()
    assert said.index(asked.strength) < said.index(asked.concern)
    assert Look.objects.filter(page="meeting", by=cast.rosa.pk, about_id=asked.pk).exists()


def test_a_decision_is_made_in_place_and_its_answer_waits(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client
) -> None:
    client.force_login(cast.rosa)
    said = {
        "words": "Try larger print.", "owner": cast.amina.pk, "answer": "Larger print.",
        "due_on": (timezone.localdate() + timedelta(days=7)).isoformat(), "began": "1",
        "takes_over": "on",
    }  # fmt: skip
    url = f"{item_url(in_session, asked)}?form={uuid4()}"
    after = client.post(url, said, follow=True).content.decode()
    client.post(url, said)
    assert Decision.objects.get().words == "Try larger print."
    assert "answer waits for the end of the meeting" in after
    asked.refresh_from_db()
    assert asked.owner == cast.amina
    assert "Try larger print." in client.get(asked.get_absolute_url()).content.decode()


def test_done_leads_to_the_next_one_and_at_the_end_to_the_read_back(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client
) -> None:
    client.force_login(cast.rosa)
    url, seen = reverse("meeting", args=[in_session.pk]), []
    for _turn in range(5):
        here = re.search(r"items/(\d+)/\"[^>]*>.*?Go on", client.get(url).content.decode(), re.S)
        if here is None:
            break
        part = in_session.items.get(pk=here[1]).part
        seen.append(part)
        if part == "read_back":
            break
        leave = reverse("supports:meeting_leave", args=[in_session.pk, here[1]])
        client.post(leave, {"do": "take", "began": "1"})
    assert seen == ["norms", "picture", "new", "gaps", "read_back"]
    item = in_session.items.get(part="read_back")
    back = client.get(reverse("supports:meeting_item", args=[in_session.pk, item.pk]))
    assert back.headers["Location"] == reverse("supports:meeting_read_back", args=[in_session.pk])


def test_hidden_names_are_nowhere_in_the_pages_of_the_meeting(
    cast: Cast, team: Team, asked: Referral, client: Client
) -> None:
    make_guardian(cast.diego, cast.person("linh"), "aunt")
    told = make_referral(
        cast.minh_anh, cast.tom, strength="Minh Anh draws; DIEGO helps.",
        concern="nguyen family, her mother Linh and Diego O\u2019Brien-Ruiz talked.",
    )  # fmt: skip
    meeting = open_now(cast)
    decide(item_of(meeting, told), cast, words="Minh Anh and Diego sit together.",
           answer="Diego will sit with Minh Anh.")  # fmt: skip
    client.force_login(cast.rosa)
    switch = reverse("supports:meeting_names", args=[meeting.pk])
    back = reverse("meeting", args=[meeting.pk])
    assert client.post(switch, {"back": back}).headers["Location"] == back
    pages = [
        back,
        item_url(meeting, told),
        item_url(meeting, asked),
        reverse("supports:meeting_read_back", args=[meeting.pk]),
    ]
    names = re.compile(r"diego|minh|anh\b|nguy[eễ]n|brien|ruiz|linh|trần", re.IGNORECASE)
    for url in pages:
        shown = client.get(url, follow=True).content.decode()
        assert names.findall(shown) == [], url
    assert "M. A. N." in client.get(pages[1], follow=True).content.decode()
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    assert names.findall(client.get(back).content.decode()) == []
    client.post(switch, {"back": "https://elsewhere.example/"})
    assert "Diego" in client.get(back).content.decode()


def test_names_put_away_for_one_meeting_are_not_put_away_for_the_next(
    cast: Cast, in_session: Meeting, client: Client
) -> None:
    client.force_login(cast.rosa)
    client.post(reverse("supports:meeting_names", args=[in_session.pk + 1]))
    client.post(reverse("supports:meeting_names", args=[in_session.pk]))
    actions.close_meeting(meeting=in_session, by=cast.rosa)
    in_session.on -= timedelta(days=7)
    in_session.save(update_fields=["on"])
    other = open_now(cast)
    url = reverse("meeting", args=[other.pk])
    assert "Diego" in client.get(url).content.decode()


def test_the_switch_leads_nowhere_outside_the_house(
    cast: Cast, in_session: Meeting, client: Client
) -> None:
    client.force_login(cast.rosa)
    for outside in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:1"):
        switch = reverse("supports:meeting_names", args=[in_session.pk])
        assert "elsewhere" not in client.post(switch, {"back": outside}).headers["Location"]


@pytest.fixture
def leila(cast: Cast, team: Team) -> Referral:
    """Amina, the counselor, is Leila's mother."""
    child = make_student(cast.cottonwood, "Leila", "Star")
    make_guardian(child, cast.person("amina"), "mother")
    return make_referral(child, cast.tom, strength="Leila sings.", concern="Leila is tired.")


def test_a_mother_on_the_team_learns_only_that_one_item_is_not_for_her(
    cast: Cast, leila: Referral, client: Client
) -> None:
    planned = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    client.force_login(cast.amina)
    before = client.get(planned.get_absolute_url()).content.decode()
    meeting = open_now(cast)
    decide(item_of(meeting, leila), cast, words="Leila rests at noon.", owner=cast.grace)
    open_page = client.get(meeting.get_absolute_url()).content.decode()
    back = client.get(reverse("supports:meeting_read_back", args=[meeting.pk])).content.decode()
    assert client.get(item_url(meeting, leila)).status_code == 404
    assert client.post(item_url(meeting, leila, "meeting_leave")).status_code == 404
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    closed = client.get(meeting.get_absolute_url()).content.decode()
    on_paper = words_of(client.get(reverse("supports:meeting_minutes", args=[meeting.pk])))
    done = reverse("supports:decision_done", args=[Decision.objects.get().pk])
    assert client.get(done).status_code == 404
    for said in (before, open_page, back, closed, on_paper):
        assert "Leila" not in said
        assert "rests at noon" not in said
    for said in (before, open_page, back, closed):
        assert "One item is not shown to you" in said


def test_a_mother_who_leads_is_taken_past_what_is_not_for_her(
    cast: Cast, leila: Referral, asked: Referral, client: Client
) -> None:
    meeting = open_now(cast)
    client.force_login(cast.amina)
    picture = meeting.items.get(part="picture")
    leave = reverse("supports:meeting_leave", args=[meeting.pk, picture.pk])
    assert client.post(leave, {"do": "take"}).headers["Location"] == item_url(meeting, asked)


def test_the_minutes_on_paper_name_nobody_and_hold_no_restricted_word(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client
) -> None:
    referrals.write_note(referral=asked, body=SECRET, restricted=True, by=cast.amina)
    decide(item_of(in_session, asked), cast, words="Diego reads with Marcus.")
    actions.mark_present(meeting=in_session, parts={cast.rosa: "facilitator"},
                         guests=["Dana Reyes, nurse"], by=cast.rosa)  # fmt: skip
    client.force_login(cast.amina)
    paper = reverse("supports:meeting_minutes", args=[in_session.pk])
    assert client.get(paper).status_code == 404
    actions.close_meeting(meeting=in_session, by=cast.rosa)
    answer = client.get(paper)
    said = words_of(answer)
    assert "D. reads with Marcus." in said
    assert "Dana Reyes, nurse" in said
    assert "Diego" not in said
    shown = client.get(in_session.get_absolute_url()).content.decode()
    for words in (said, shown):
        assert SECRET not in words
    assert pypdf.PdfReader(BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_guest_with_a_whole_story_on_their_line_is_asked_for_a_few_words(
    cast: Cast, in_session: Meeting, client: Client
) -> None:
    client.force_login(cast.amina)
    told = {"people": [cast.rosa.pk], "guests": "Dana Reyes, " + "nurse " * 40}
    answer = client.post(reverse("supports:meeting_present", args=[in_session.pk]), told)
    assert "Give each guest a line" in answer.content.decode()


def test_the_agenda_before_the_meeting_is_read_in_few_questions(
    cast: Cast, team: Team, asked: Referral, client: Client, asking: Asked
) -> None:
    url = actions.plan_next(school=cast.cottonwood, by=cast.rosa).get_absolute_url()
    client.force_login(cast.rosa)
    with asking:
        client.get(url)
    assert asking.count <= 12, "\n".join(asking.questions)


def test_private_words_in_a_decision_are_asked_back_before_they_are_kept(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client
) -> None:
    client.force_login(cast.rosa)
    said = {
        "words": "It was told us in confidence.", "owner": cast.amina.pk,
        "due_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    url = f"{item_url(in_session, asked)}?form={uuid4()}"
    assert "counselor alone" in client.post(url, said).content.decode()
    assert not Decision.objects.exists()
    client.post(url, {**said, "went_on": "on"})
    assert Decision.objects.exists()


def test_two_people_press_close_and_the_second_reads_who_did(
    cast: Cast, in_session: Meeting, client: Client
) -> None:
    actions.close_meeting(meeting=in_session, by=cast.rosa)
    client.force_login(cast.amina)
    url = reverse("supports:meeting_close", args=[in_session.pk])
    assert "closed by Rosa Delgado" in client.post(url, follow=True).content.decode()


def test_what_i_promised_stands_with_my_meetings_until_it_is_done(
    cast: Cast, in_session: Meeting, asked: Referral, client: Client, page: Page
) -> None:
    decision = decide(item_of(in_session, asked), cast, words="Call the library.")
    assert "Call the library." in page(cast.amina, "meetings")
    url = reverse("supports:decision_done", args=[decision.pk])
    client.force_login(cast.amina)
    client.post(url, {"became": "They hold a seat for Diego."})
    assert "Call the library." not in page(cast.amina, "meetings")
    assert "They hold a seat for Diego." in page(cast.rosa, "referral", asked.pk)


def test_a_post_at_another_school_opens_no_meeting_here(
    cast: Cast, in_session: Meeting, client: Client
) -> None:
    Membership.objects.create(
        district=cast.alder, user=cast.joy, role="coordinator", school=cast.larkspur,
        starts=SOME_DAY,
    )  # fmt: skip
    client.force_login(cast.joy)
    for name in ("meeting", "supports:meeting_read_back", "supports:meeting_present"):
        assert client.get(reverse(name, args=[in_session.pk])).status_code == 404
    assert client.get(reverse("supports:team", args=[cast.cottonwood.pk])).status_code == 404
    found = client.post(reverse("supports:meeting_close", args=[in_session.pk]))
    assert found.status_code == 404


@pytest.mark.parametrize("name", ["meetings", "meeting", "meeting_item", "meeting_read_back"])
def test_pages_ask_the_database_no_more_for_more_students(
    cast: Cast, team: Team, asked: Referral, client: Client, asking: Asked, name: str
) -> None:
    for n in range(6):
        make_referral(make_student(cast.cottonwood, f"Child{n}", "Star"), cast.tom)
    meeting = open_now(cast)
    for item in meeting.items.filter(referral__isnull=False):
        decide(item, cast, owner=cast.rosa)
    args = {"meetings": [], "meeting_item": [meeting.pk, item_of(meeting, asked).pk]}
    at = name if name == "meeting" else f"supports:{name}"  # composed upstairs, with partners
    url = reverse(at, args=args.get(name, [meeting.pk]))
    client.force_login(cast.rosa)
    with asking:
        client.get(f"{url}?form={uuid4()}")
    assert asking.count <= QUERIES[name], "\n".join(asking.questions)


# The session, the user, the district and the post are four of these; keeping looks is two.
QUERIES = {"meetings": 9, "meeting": 10, "meeting_item": 12, "meeting_read_back": 11}


def test_the_minutes_ask_no_more_for_more_answers(
    cast: Cast, team: Team, asked: Referral, client: Client, asking: Asked
) -> None:
    """An answer is sent when its meeting closes, and each says so."""
    for n in range(6):
        make_referral(make_student(cast.cottonwood, f"Child{n}", "Star"), cast.tom)
    meeting = open_now(cast)
    for item in meeting.items.filter(referral__isnull=False):
        decide(item, cast, owner=cast.rosa, answer="We have read it, and begin on Monday.")
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    client.force_login(cast.rosa)
    with asking:
        said = client.get(meeting.get_absolute_url()).content.decode()
    assert said.count("answer sent") > 5
    assert asking.count <= 12, "\n".join(asking.questions)
