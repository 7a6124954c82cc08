"""What is asked at the door may have been asked before: then it joins the referral that is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.audit.models import Event
from hearth.people.models import Person
from hearth.supports import actions
from hearth.supports.actions import door, safety
from hearth.supports.models import AssessmentRequest, HelpRequest, Referral, SafetyCall, Team
from hearth.supports.rules import NotAllowed
from hearth.supports.waits.door import at_the_door
from tests.cast import Cast
from tests.makers import make_guardian, make_referral
from tests.supports.teams import item_of, open_now, set_up

SAID = {
    "asker": "family", "asker_name": "Lucía O'Brien", "language": "es", "reach_by": "email",
    "reach_at": "lucia@example.org", "about_name": "Diego", "urgency": "this_week",
    "strength": "Sabe todo de los dinosaurios.", "concern": "Ya no quiere leer en voz alta.",
    "tried": "Leemos juntos.",
}  # fmt: skip
Knock = Callable[..., HelpRequest]
Page = Callable[..., str]


@pytest.fixture
def knock(cast: Cast) -> Knock:
    Team.objects.create(
        district=cast.alder, school=cast.cottonwood, door_open=True, on_call=cast.amina
    )

    def at_door(**said: Any) -> HelpRequest:
        return door.ask_at_door(school=cast.cottonwood, said=SAID | said)

    return at_door


@pytest.fixture
def joined(cast: Cast, asked: Referral, knock: Knock) -> HelpRequest:
    """Lucía asks at the door for what Tom has asked for already; Rosa joins the two."""
    request = knock()
    door.join_open(request=request, referral=asked, by=cast.rosa)
    return request


def test_it_joins_toms_referral_and_no_second_one_begins(
    cast: Cast, asked: Referral, joined: HelpRequest
) -> None:
    assert (joined.standing, joined.referral, joined.read_by) == ("joined", asked, cast.rosa)
    assert list(Referral.objects.all()) == [asked]
    assert asked.referrer == cast.tom
    assert Event.objects.filter(verb="request_joined", student_id=cast.diego.pk).count() == 1


def test_every_word_of_it_stands_beside_the_first_for_the_team_alone(
    cast: Cast, asked: Referral, joined: HelpRequest, page: Page
) -> None:
    for_rosa, for_tom = (page(user, "referral", asked.pk) for user in (cast.rosa, cast.tom))
    for word in (SAID["strength"], SAID["concern"], SAID["tried"], "This week", "Reading aloud"):
        assert word in for_rosa, word
    for word in (SAID["strength"], SAID["concern"], SAID["tried"], "Lucía"):
        assert word not in for_tom, word


def test_the_table_reads_it_in_the_meeting(
    cast: Cast, asked: Referral, joined: HelpRequest, page: Page
) -> None:
    set_up(cast)
    held = open_now(cast)
    words = page(cast.rosa, "meeting_item", held.pk, item_of(held, asked).pk)
    assert SAID["concern"] in words
    assert "Reading aloud" in words


def test_rosa_joins_it_with_one_button_on_the_page_of_who_is_meant(
    cast: Cast, client: Client, asked: Referral, knock: Knock, page: Page
) -> None:
    request = knock()
    words = page(cast.rosa, "join", request.pk, student=str(cast.diego.pk))
    address = reverse("supports:join_open", args=[request.pk, asked.pk])
    assert f'action="{address}"' in words
    assert "Reading aloud" in words
    assert client.post(address).url == asked.get_absolute_url()
    request.refresh_from_db()
    assert request.referral == asked


def test_lucias_own_page_tells_what_became_of_it(
    cast: Cast, asked: Referral, joined: HelpRequest
) -> None:
    address = joined.private_address()
    assert "read it and taken it up" in Client().get(address).content.decode()
    actions.answer_referrer(referral=asked, answer="Leemos los martes.", by=cast.rosa)
    words = Client().get(address).content.decode()
    assert "Leemos los martes." in words
    assert "Reading aloud" not in words
    actions.close(referral=asked, because="goal_met", by=cast.rosa)
    assert "finished its work" in Client().get(address).content.decode()


def test_two_who_asked_the_same_both_read_the_answer(
    cast: Cast, asked: Referral, joined: HelpRequest, knock: Knock
) -> None:
    second = knock(asker_name="Teresa", reach_at="teresa@example.org")
    door.join_open(request=second, referral=asked, by=cast.grace)
    actions.answer_referrer(referral=asked, answer="Leemos los martes.", by=cast.rosa)
    told = HelpRequest.objects.filter(referral=asked, answer="Leemos los martes.")
    assert set(told) == {joined, second}
    jobs = ProcrastinateJob.objects.filter(task_name="supports.tell_asker")
    assert {job.args["request_id"] for job in jobs} == {joined.pk, second.pk}


@time_machine.travel("2026-11-20 15:00-08:00", tick=False)
def test_the_nearer_promise_is_kept(cast: Cast, knock: Knock) -> None:
    request = knock()
    with time_machine.travel("2026-11-24 09:00-08:00"):
        late = make_referral(cast.diego, cast.tom)
        assert late.answer_due_on > request.answer_due_on
        door.join_open(request=request, referral=late, by=cast.rosa)
    assert late.answer_due_on == request.answer_due_on == date(2026, 11, 27)


def test_an_answer_written_before_is_not_shown_to_lucia_and_hers_is_still_owed(
    cast: Cast, client: Client, asked: Referral, knock: Knock, page: Page
) -> None:
    actions.answer_referrer(referral=asked, answer="Tom, we read with Diego.", by=cast.rosa)
    due = asked.answer_due_on
    request = knock()
    door.join_open(request=request, referral=asked, by=cast.rosa)
    assert "Tom, we read" not in Client().get(request.private_address()).content.decode()
    assert asked.answer_due_on == due
    assert list(HelpRequest.objects.owed()) == [request]
    assert at_the_door(cast.rosa).owed == 1
    client.force_login(cast.rosa)
    assert "has no answer yet" in client.get(reverse("today")).content.decode()
    assert reverse("supports:answer", args=[asked.pk]) in page(cast.rosa, "door")
    actions.answer_referrer(referral=asked, answer="We read on Tuesdays.", by=cast.rosa)
    assert not HelpRequest.objects.owed().exists()
    assert at_the_door(cast.rosa).owed == 0


def test_what_is_closed_is_not_joined(cast: Cast, asked: Referral, knock: Knock) -> None:
    request = knock()
    actions.close(referral=asked, because="goal_met", by=cast.rosa)
    with pytest.raises(NotAllowed, match="closed"):
        door.join_open(request=request, referral=asked, by=cast.rosa)
    request.refresh_from_db()
    assert request.is_waiting


def test_what_was_taken_up_is_not_joined_again(
    cast: Cast, client: Client, asked: Referral, joined: HelpRequest
) -> None:
    other = make_referral(cast.diego, cast.tom)
    with pytest.raises(NotAllowed, match="Rosa Delgado has taken it up"):
        door.join_open(request=joined, referral=other, by=cast.grace)
    joined.refresh_from_db()
    assert joined.referral == asked


def test_grace_who_cares_for_diego_at_home_does_not_join_it(
    cast: Cast, client: Client, asked: Referral, knock: Knock
) -> None:
    make_guardian(cast.diego, cast.person("grace"), "aunt")
    request = knock()
    with pytest.raises(NotAllowed, match="care for this student at home"):
        door.join_open(request=request, referral=asked, by=cast.grace)
    client.force_login(cast.grace)
    address = reverse("supports:join_open", args=[request.pk, asked.pk])
    assert client.post(address).status_code == 404


def test_a_referral_of_another_school_is_not_there_to_join(
    cast: Cast, client: Client, knock: Knock
) -> None:
    elsewhere = make_referral(cast.sam, cast.joy)
    request = knock()
    client.force_login(cast.rosa)
    address = reverse("supports:join_open", args=[request.pk, elsewhere.pk])
    assert client.post(address).status_code == 404
    request.refresh_from_db()
    assert request.is_waiting


@time_machine.travel("2026-11-20 15:00-08:00", tick=False)
def test_an_assessment_asked_for_at_the_door_runs_from_that_day(
    cast: Cast, asked: Referral, knock: Knock
) -> None:
    request = knock(concern="Quisiera una evaluación de educación especial.")
    with time_machine.travel("2026-11-24 09:00-08:00"):
        door.join_open(request=request, referral=asked, by=cast.rosa)
    begun = AssessmentRequest.objects.get()
    assert (begun.asked_on, begun.request, begun.referral) == (date(2026, 11, 20), request, asked)


def test_an_open_call_goes_along_and_a_new_referral_waits_for_it(
    cast: Cast, asked: Referral, knock: Knock
) -> None:
    request = knock(urgency="now")
    door.join_open(request=request, referral=asked, by=cast.rosa)
    assert asked.state == "safety"
    assert SafetyCall.objects.get().student == cast.diego


def test_what_somebody_works_on_stays_with_them_while_the_call_is_open(
    cast: Cast, asked: Referral, knock: Knock, at: Callable[..., Referral], page: Page
) -> None:
    at(asked, "planned")
    request = knock(urgency="now")
    door.join_open(request=request, referral=asked, by=cast.rosa)
    assert asked.state == "planned"
    assert SafetyCall.objects.get().get_absolute_url() in page(cast.rosa, "referral", asked.pk)


def test_of_two_open_calls_the_first_that_is_done_leaves_it_waiting_for_the_second(
    cast: Cast, asked: Referral, at: Callable[..., Referral], knock: Knock
) -> None:
    at(asked, "safety")
    door.join_open(request=knock(urgency="now"), referral=asked, by=cast.rosa)
    first, second = SafetyCall.objects.order_by("pk")
    for call, stands in ((first, "safety"), (second, "triaged")):
        safety.take(call=call, by=cast.amina)
        safety.finish(call=call, outcome="We talked.", by=cast.amina)
        asked.refresh_from_db()
        assert asked.state == stands


ON_ITS_WAY = "an e-mail is on its way"
CHANNELS = {
    "": "They look there",
    "email": "an e-mail tells them",
    **dict.fromkeys(("sms", "phone", "whatsapp", "paper"), "please tell them"),
}


def test_every_way_to_be_reached_is_tried_below() -> None:
    assert set(CHANNELS) == {"", *Person.ReachBy.values}


@pytest.mark.parametrize("way", CHANNELS)
@pytest.mark.parametrize("path", ["alone", "made a referral", "joined"])
def test_rosa_is_told_how_whoever_asked_hears_of_the_answer(
    cast: Cast, client: Client, asked: Referral, knock: Knock, way: str, path: str
) -> None:
    request = knock(reach_by=way, reach_at="lucia@example.org" if way else "")
    address = reverse("supports:asker_answer", args=[request.pk])
    if path == "made a referral":
        door.join(request=request, student=cast.diego, domain="academic", by=cast.rosa)
    elif path == "joined":
        door.join_open(request=request, referral=asked, by=cast.rosa)
    if path != "alone":
        address = reverse("supports:answer", args=[request.referral.pk])
    client.force_login(cast.rosa)
    words = client.post(address, {"answer": "Venga el lunes."}, follow=True).content.decode()
    request.refresh_from_db()
    assert request.answer == "Venga el lunes."
    for other in set(CHANNELS.values()):
        assert (other in words) == (other == CHANNELS[way]), other
    if CHANNELS[way] == "please tell them":
        assert str(Person.ReachBy(way).label) in words
    # Tom, who asked first, is one of the staff and has an e-mail.
    assert (ON_ITS_WAY in words) == (path == "joined")


def test_an_answer_to_tom_alone_says_that_an_email_is_on_its_way(
    cast: Cast, client: Client, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    address = reverse("supports:answer", args=[asked.pk])
    words = client.post(address, {"answer": "We begin."}, follow=True).content.decode()
    assert ON_ITS_WAY in words
    assert "door" not in words.split(ON_ITS_WAY)[0][-200:]
