"""A decision that the team takes back while it still sits together."""

from io import BytesIO
from unittest import mock
from uuid import uuid4

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Event
from hearth.supports.actions import meeting as actions
from hearth.supports.models import Decision, Meeting, Referral
from hearth.supports.rules import NotAllowed
from hearth.supports.waits.meeting import from_meetings
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_student
from tests.supports.teams import decide, item_of, open_now, set_up

WORDS = "Move Diego to the front row."


@pytest.fixture
def in_session(cast: Cast, asked: Referral) -> Meeting:
    set_up(cast)
    return open_now(cast)


@pytest.fixture
def decision(cast: Cast, in_session: Meeting, asked: Referral) -> Decision:
    today = timezone.localdate()
    return decide(
        item_of(in_session, asked), cast, words=WORDS, answer="A seat in front.", due_on=today
    )


def press(client: Client, decision: Decision, back: str = "") -> str:
    url = reverse("supports:decision_take_back", args=[decision.pk])
    return client.post(url, {"back": back}, follow=True).content.decode()


def test_what_rosa_takes_back_stays_with_her_name_and_the_hour(
    cast: Cast, decision: Decision
) -> None:
    actions.take_back(decision=decision, by=cast.rosa)
    assert decision.words == WORDS
    assert decision.withdrawn_by == cast.rosa
    assert decision.withdrawn_at
    assert Event.objects.get(verb="decision_taken_back").by == cast.rosa.pk


def test_its_answer_is_not_sent_and_those_of_the_others_are(
    cast: Cast, in_session: Meeting, asked: Referral, decision: Decision
) -> None:
    actions.take_back(decision=decision, by=cast.rosa)
    with mock.patch("hearth.supports.tasks.tell_referrer.defer") as told:
        actions.close_meeting(meeting=in_session, by=cast.rosa)
    asked.refresh_from_db()
    assert (asked.answer, told.call_count) == ("", 0)


def test_of_two_decisions_only_the_one_that_stands_is_answered(
    cast: Cast, in_session: Meeting, asked: Referral, decision: Decision
) -> None:
    decide(item_of(in_session, asked), cast, answer="Larger print.")
    actions.take_back(decision=decision, by=cast.amina)
    with mock.patch("hearth.supports.tasks.tell_referrer.defer"):
        actions.close_meeting(meeting=in_session, by=cast.rosa)
    asked.refresh_from_db()
    assert asked.answer == "Larger print."


def test_the_minutes_the_referral_and_todays_list_do_not_show_it(
    cast: Cast, client: Client, in_session: Meeting, asked: Referral, decision: Decision
) -> None:
    assert from_meetings(cast.amina, timezone.localdate()).promised
    actions.take_back(decision=decision, by=cast.rosa)
    assert from_meetings(cast.amina, timezone.localdate()).promised == []
    client.force_login(cast.amina)
    read_back = reverse("supports:meeting_read_back", args=[in_session.pk])
    pages = [client.get(read_back).content.decode()]
    actions.close_meeting(meeting=in_session, by=cast.rosa)
    urls = [in_session.get_absolute_url(), asked.get_absolute_url(), reverse("supports:meetings")]
    pages += [client.get(url).content.decode() for url in urls]
    paper = client.get(reverse("supports:meeting_minutes", args=[in_session.pk])).content
    printed = pypdf.PdfReader(BytesIO(paper)).pages
    pages.append(" ".join(page.extract_text() for page in printed))
    for page in pages:
        assert "front row" not in page
    assert client.get(reverse("supports:decision_done", args=[decision.pk])).status_code == 404


def test_at_the_table_one_still_reads_who_took_it_back_and_stays_there(
    cast: Cast, client: Client, in_session: Meeting, asked: Referral, decision: Decision
) -> None:
    client.force_login(cast.amina)
    here = reverse("supports:meeting_item", args=[in_session.pk, item_of(in_session, asked).pk])
    assert "Take it back" in client.get(here, follow=True).content.decode()
    after = press(client, decision, here)
    assert "taken back by Amina Yusuf" in after
    assert "Take it back" not in after
    assert "It will not stand in the minutes" in after


def test_pressed_twice_it_is_taken_back_once(
    cast: Cast, client: Client, decision: Decision
) -> None:
    client.force_login(cast.rosa)
    press(client, decision)
    first = Decision.objects.get().withdrawn_at
    client.force_login(cast.amina)
    press(client, decision)
    assert Decision.objects.get().withdrawn_at == first
    assert Event.objects.filter(verb="decision_taken_back").count() == 1


def test_back_and_send_again_does_not_bring_it_back(
    cast: Cast, client: Client, in_session: Meeting, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    here = reverse("supports:meeting_item", args=[in_session.pk, item_of(in_session, asked).pk])
    sent = f"{here}?form={uuid4()}"
    said = {"words": WORDS, "owner": cast.amina.pk, "due_on": timezone.localdate().isoformat()}
    client.post(sent, said)
    press(client, Decision.objects.get(), here)
    again = client.post(sent, said, follow=True).content.decode()
    assert "This was taken back." in again
    assert not Decision.objects.standing().exists()


def test_who_took_it_over_with_the_decision_is_told_to_look_after_it_still(
    cast: Cast, client: Client, in_session: Meeting, asked: Referral
) -> None:
    decision = decide(item_of(in_session, asked), cast, takes_over=True)
    client.force_login(cast.rosa)
    assert "Amina Yusuf still looks after the referral" in press(client, decision)
    asked.refresh_from_db()
    assert asked.owner == cast.amina


def test_after_the_meeting_it_stands(
    cast: Cast, client: Client, in_session: Meeting, decision: Decision
) -> None:
    actions.close_meeting(meeting=in_session, by=cast.rosa)
    client.force_login(cast.amina)
    assert "closed by Rosa Delgado" in press(client, decision)
    assert Decision.objects.standing().exists()


def test_what_is_done_is_not_taken_back_and_what_is_taken_back_is_not_done(
    cast: Cast, in_session: Meeting, asked: Referral, decision: Decision
) -> None:
    actions.take_back(decision=decision, by=cast.rosa)
    with pytest.raises(NotAllowed):
        actions.finish_decision(decision=decision, became="Moved.", by=cast.amina)
    other = decide(item_of(in_session, asked), cast)
    actions.finish_decision(decision=other, became="Moved.", by=cast.amina)
    with pytest.raises(NotAllowed):
        actions.take_back(decision=other, by=cast.rosa)


def test_no_row_is_taken_back_by_nobody(decision: Decision) -> None:
    with pytest.raises(IntegrityError, match="withdrawn_by_somebody"), transaction.atomic():
        Decision.objects.update(withdrawn_at=timezone.now())


def test_a_mother_on_the_team_takes_nothing_back_about_her_child(
    cast: Cast, client: Client
) -> None:
    set_up(cast)
    child = make_student(cast.cottonwood, "Leila", "Star")
    make_guardian(child, cast.person("amina"), "mother")
    about = make_referral(child, cast.tom)
    decision = decide(item_of(open_now(cast), about), cast, owner=cast.grace)
    client.force_login(cast.amina)
    url = reverse("supports:decision_take_back", args=[decision.pk])
    assert client.post(url).status_code == 404
    with pytest.raises(NotAllowed):
        actions.take_back(decision=decision, by=cast.amina)
    client.force_login(cast.tom)
    assert client.post(url).status_code in {403, 404}
    assert Decision.objects.standing().exists()
