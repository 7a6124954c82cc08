"""The verbs: who may, what follows, and what the second of two people is told."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.visible import people_who_may_see, why
from hearth.audit.models import Event
from hearth.schools.models import ClosedDay
from hearth.supports import actions, tasks
from hearth.supports.models import ClosedBecause, Move, Referral
from hearth.supports.models.grounds import team_of
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_referral

Walk = Callable[[Referral, str], Referral]


def test_tom_asks_and_the_first_move_and_event_are_kept(cast: Cast, asked: Referral) -> None:
    assert asked.state == "submitted"
    assert asked.school == cast.cottonwood
    assert Move.objects.get(referral=asked).by == cast.tom
    event = Event.objects.get(about="supports.referral", about_id=asked.pk)
    assert (event.verb, event.by, event.student_id) == (
        "referral_submitted", cast.tom.pk, cast.diego.pk,
    )  # fmt: skip


def test_no_event_holds_a_childs_name_or_a_word_of_the_story(asked: Referral, at: Walk) -> None:
    at(asked, "closed")
    events = Event.objects.filter(about_id=asked.pk, about="supports.referral")
    assert events.count() > 5, "one for each step"
    for event in events:
        assert "Diego" not in str(event.facts)
        assert "aloud" not in str(event.facts)


def test_pressing_twice_asks_once(cast: Cast) -> None:
    words = {
        "student": cast.diego, "strength": "Builds.", "concern": "Tired.",
        "domain": "academic", "urgency": "soon", "nonce": uuid4(), "by": cast.tom,
    }  # fmt: skip
    first, second = (actions.ask_for_support(**words) for _ in range(2))
    assert first.pk == second.pk
    assert Move.objects.filter(referral=first).count() == 1


@time_machine.travel("2026-11-19 09:00-08:00")
def test_the_answer_is_due_in_five_school_days_past_weekend_and_holidays(cast: Cast) -> None:
    for day in (26, 27):
        ClosedDay.objects.create(
            district=cast.alder, day=date(2026, 11, day), kind="holiday", name="Thanksgiving"
        )
    # Friday, then Monday to Wednesday, then the Monday after the holiday.
    assert make_referral(cast.diego, cast.tom).answer_due_on == date(2026, 11, 30)


def test_the_second_of_two_people_is_told(cast: Cast, asked: Referral) -> None:
    as_grace_saw_it = Referral.objects.get(pk=asked.pk)
    actions.triage(referral=asked, why="Read.", by=cast.rosa)
    with pytest.raises(NotAllowed, match=r"“sorted” now.*Look again"):
        actions.triage(referral=as_grace_saw_it, why="Read, too.", by=cast.grace)
    assert Move.objects.filter(referral=asked).count() == 2


def test_an_owner_is_one_of_the_team(cast: Cast, asked: Referral, at: Walk) -> None:
    at(asked, "triaged")
    for stranger in (cast.tom, cast.joy, cast.omar, cast.priya):
        with pytest.raises(NotAllowed, match="support team"):
            actions.assign(referral=asked, owner=stranger, by=cast.rosa)
    actions.assign(referral=asked, owner=cast.amina, by=cast.rosa)
    assert asked.owner == cast.amina
    assert {user.pk for user in team_of(cast.cottonwood.pk)} == {
        cast.rosa.pk, cast.amina.pk, cast.grace.pk,
    }  # fmt: skip


def test_the_whole_path_to_linked_and_closed_and_open_again(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "linked")
    assert asked.first_service_on is not None
    at(asked, "closed")
    assert asked.next_on is None
    actions.assign(referral=asked, owner=cast.grace, by=cast.grace)
    assert (asked.state, asked.owner, asked.closed_because) == ("assigned", cast.grace, "")
    assert asked.next_on is not None
    said = Move.objects.filter(referral=asked).order_by("pk").values_list("went_to", flat=True)
    assert list(said)[:3] == ["submitted", "triaged", "assigned"]
    assert list(said)[-2:] == ["closed", "assigned"]


def test_a_service_of_tomorrow_cannot_be_confirmed(cast: Cast, asked: Referral, at: Walk) -> None:
    at(asked, "referred")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowed, match="still ahead"):
        actions.confirm_first_service(referral=asked, on=tomorrow, by=cast.rosa)


def test_a_new_service_forgets_the_first_day_of_the_old_one(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "monitoring")
    actions.set_plan(referral=asked, why="Another way.", by=cast.rosa)
    actions.refer_to_service(referral=asked, service="Circle", provider="", by=cast.rosa)
    assert asked.first_service_on is None


def test_the_waiting_list_asks_again_on_the_day_one_chose(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "referred")
    day = timezone.localdate() + timedelta(days=40)
    actions.put_on_waiting_list(referral=asked, until=day, by=cast.rosa)
    assert asked.next_on == day


def test_a_restricted_note_is_written_by_the_team_of_that_school(
    cast: Cast, asked: Referral
) -> None:
    note = actions.write_note(referral=asked, body=" Quietly. ", restricted=True, by=cast.rosa)
    assert note.body == "Quietly."
    with pytest.raises(NotAllowed, match="support team"):
        actions.write_note(referral=asked, body="Me too.", restricted=True, by=cast.tom)


def test_the_letter_waits_for_the_answer_and_names_nobody(cast: Cast, asked: Referral) -> None:
    actions.answer_referrer(referral=asked, answer="Amina reads with Diego.", by=cast.rosa)
    job = ProcrastinateJob.objects.get(task_name="supports.tell_referrer")
    assert set(job.args) == {"referral_id", "district_id"}
    tasks.tell_referrer(**job.args)
    [letter] = mail.outbox
    assert letter.to == [cast.tom.email]
    words = f"{letter.subject} {letter.body}"
    assert "There is an answer to something you asked on" in words
    assert f"/referrals/{asked.pk}/" in words
    for private in ("Diego", "O'Brien", "Cottonwood", "reads", "aloud"):
        assert private not in words


def test_an_answer_already_read_needs_no_letter(cast: Cast, asked: Referral) -> None:
    actions.answer_referrer(referral=asked, answer="Yes.", by=cast.rosa)
    actions.note_answer_read(referral=asked, by=cast.tom)
    tasks.tell_referrer(referral_id=asked.pk, district_id=asked.district_id)
    assert mail.outbox == []


def test_a_new_answer_is_unread_again_and_only_tom_reads_it(cast: Cast, asked: Referral) -> None:
    actions.answer_referrer(referral=asked, answer="Yes.", by=cast.rosa)
    actions.note_answer_read(referral=asked, by=cast.grace)
    asked.refresh_from_db()
    assert asked.answer_read_at is None
    actions.note_answer_read(referral=asked, by=cast.tom)
    asked.refresh_from_db()
    assert asked.answer_read_at is not None
    actions.answer_referrer(referral=asked, answer="And more.", by=cast.rosa)
    assert asked.answer_read_at is None


def test_a_refused_step_leaves_nothing_behind(cast: Cast, asked: Referral) -> None:
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        actions.set_plan(referral=asked, why="Too early.", by=cast.rosa)
    asked.refresh_from_db()
    assert (asked.state, Event.objects.count()) == ("submitted", before)


def test_rows_people_and_reasons_are_one_relation(cast: Cast, asked: Referral) -> None:
    everybody = ["rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "marcus", "helen"]
    watchers = {watcher.user.pk for watcher in people_who_may_see(asked)}
    for key in everybody:
        user = getattr(cast, key)
        sees = Referral.objects.visible_to(user).filter(pk=asked.pk).exists()
        assert sees == (user.pk in watchers) == bool(why(user, asked)), key
    assert watchers == {cast.rosa.pk, cast.tom.pk, cast.amina.pk, cast.grace.pk}


def test_a_reason_is_needed_to_close(cast: Cast, asked: Referral) -> None:
    actions.close(referral=asked, because=ClosedBecause.INFORMATION_ONLY, by=cast.rosa)
    assert asked.closed_because == "information_only"
