"""Asking at the school's open door, and what the team makes of it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.audit.models import Event
from hearth.people.models import Guardian
from hearth.supports import actions, tasks
from hearth.supports.actions import asker, door, safety
from hearth.supports.models import AssessmentRequest, HelpRequest, Referral, SafetyCall, Team
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_guardian

SAID = {
    "asker": "family",
    "asker_name": "Lucía O'Brien",
    "language": "es",
    "reach_by": "email",
    "reach_at": "lucia@example.org",
    "about_name": "Diego",
    "about_grade": "4",
    "strength": "Sabe todo de los dinosaurios.",
    "concern": "Ya no quiere leer en voz alta.",
    "urgency": "soon",
}
Ask = Callable[..., HelpRequest]


@pytest.fixture
def open_door(cast: Cast) -> Team:
    return Team.objects.create(
        district=cast.alder, school=cast.cottonwood, door_open=True, on_call=cast.amina
    )


@pytest.fixture
def ask(cast: Cast, open_door: Team) -> Ask:
    def at_door(**said: Any) -> HelpRequest:
        return door.ask_at_door(school=cast.cottonwood, said=SAID | said)

    return at_door


def test_a_request_stands_with_no_student_until_somebody_finds_who_is_meant(ask: Ask) -> None:
    asked = ask()
    assert asked.is_waiting
    assert not Referral.objects.exists()
    assert Event.objects.get(about_id=asked.pk, verb="request_asked").by is None


@time_machine.travel("2026-11-20 15:00-08:00")
def test_the_answer_is_due_in_five_school_days_over_the_weekend(ask: Ask) -> None:
    assert ask().answer_due_on == date(2026, 11, 27)


def test_a_closed_door_takes_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="not open yet"):
        door.ask_at_door(school=cast.sycamore, said=SAID)


def test_the_same_form_sent_twice_is_one_request(cast: Cast, open_door: Team) -> None:
    key = uuid4()
    first, second = (
        door.ask_at_door(school=cast.cottonwood, said=SAID, nonce=key) for _ in range(2)
    )
    assert first.pk == second.pk


def test_danger_from_a_family_pages_the_one_on_call(cast: Cast, ask: Ask) -> None:
    ask(concern="Mi hija dice que se quiere morir.")
    call = SafetyCall.objects.get()
    assert (call.paged, call.student) == (cast.amina, None)


def test_rosa_finds_diego_and_it_becomes_her_referral(cast: Cast, ask: Ask) -> None:
    asked = ask(tried="Leemos juntos.", urgency="this_week")
    referral = door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    assert referral.referrer == cast.rosa
    assert (referral.concern, referral.tried) == (SAID["concern"], "Leemos juntos.")
    assert referral.urgency == "this_week"
    assert referral.answer_due_on == asked.answer_due_on
    assert (asked.standing, asked.referral) == ("joined", referral)


def test_of_two_who_take_up_the_same_request_the_second_is_told(cast: Cast, ask: Ask) -> None:
    asked = ask()
    seen_by_grace = HelpRequest.objects.get(pk=asked.pk)
    door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    with pytest.raises(NotAllowed, match="Rosa Delgado has taken it up"):
        door.join(request=seen_by_grace, student=cast.minh_anh, domain="academic", by=cast.grace)
    assert Referral.objects.count() == 1


def test_rosa_who_cares_for_diego_at_home_asks_a_colleague(cast: Cast, ask: Ask) -> None:
    make_guardian(cast.diego, cast.person("rosa"), "aunt")
    with pytest.raises(NotAllowed, match="care for this student at home"):
        door.join(request=ask(), student=cast.diego, domain="academic", by=cast.rosa)


def test_it_may_be_for_minh_anhs_mother_herself(cast: Cast, ask: Ask) -> None:
    mother = Guardian.objects.get(person=cast.person("linh"))
    asked = ask(for_adult=True)
    referral = door.join(
        request=asked, student=cast.minh_anh, adult=mother, domain="health_basic_needs",
        by=cast.rosa,
    )  # fmt: skip
    assert referral.adult == mother


def test_an_adult_of_another_family_is_refused(cast: Cast, ask: Ask) -> None:
    linh = Guardian.objects.get(person=cast.person("linh"))
    with pytest.raises(NotAllowed, match="this student's family"):
        door.join(request=ask(), student=cast.diego, adult=linh, domain="academic", by=cast.rosa)


def test_a_request_about_rosas_own_child_is_hidden_from_her_once_known(
    cast: Cast, ask: Ask
) -> None:
    make_guardian(cast.diego, cast.person("rosa"), "aunt")
    asked = ask()
    door.join(request=asked, student=cast.diego, domain="academic", by=cast.grace)
    assert not HelpRequest.objects.visible_to(cast.rosa).exists()
    assert HelpRequest.objects.visible_to(cast.grace).exists()


def test_an_open_call_goes_on_with_the_referral_and_is_raised_once(cast: Cast, ask: Ask) -> None:
    asked = ask(urgency="now")
    referral = door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    referral.refresh_from_db()
    call = SafetyCall.objects.get()
    assert (referral.state, call.student) == ("safety", cast.diego)
    with pytest.raises(NotAllowed, match="First write down"):
        actions.triage(referral=referral, why="Sorted.", by=cast.rosa)
    safety.take(call=call, by=cast.amina)
    safety.finish(call=call, outcome="Called home; all are safe.", by=cast.amina)
    referral.refresh_from_db()
    assert referral.state == "triaged"


def test_a_call_that_was_answered_before_does_not_hold_the_referral(cast: Cast, ask: Ask) -> None:
    asked = ask(urgency="now")
    call = SafetyCall.objects.get()
    safety.take(call=call, by=cast.amina)
    safety.finish(call=call, outcome="Called back; all are safe.", by=cast.amina)
    referral = door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    assert referral.state == "submitted"


def test_the_laws_clock_starts_on_the_day_it_was_asked_at_the_door(cast: Cast, ask: Ask) -> None:
    with time_machine.travel("2026-11-13 09:00-08:00"):
        asked = ask(concern="Quiero que lo evalúen.")
    with time_machine.travel("2026-11-18 09:00-08:00"):
        door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    assert AssessmentRequest.objects.get().asked_on == date(2026, 11, 13)


def test_a_child_in_no_roster_is_answered_without_a_referral(cast: Cast, ask: Ask) -> None:
    asked = ask(about_name="Nobody Here")
    door.set_aside(request=asked, answer="Por favor llame a la oficina.", by=cast.rosa)
    assert (asked.standing, asked.answer) == ("set_aside", "Por favor llame a la oficina.")
    assert not Referral.objects.exists()


def test_what_became_a_referral_is_not_set_aside(cast: Cast, ask: Ask) -> None:
    asked = ask()
    door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    with pytest.raises(NotAllowed, match="taken it up already"):
        door.set_aside(request=asked, answer="No.", by=cast.grace)


def test_lucia_reads_the_answer_to_the_referral_and_hears_of_it_in_spanish(
    cast: Cast, ask: Ask
) -> None:
    asked = ask()
    referral = door.join(request=asked, student=cast.diego, domain="academic", by=cast.rosa)
    actions.answer_referrer(referral=referral, answer="Hablaremos el martes.", by=cast.amina)
    asked.refresh_from_db()
    assert asked.answer == "Hablaremos el martes."
    [job] = ProcrastinateJob.objects.filter(task_name="supports.tell_asker")
    assert str(asked.key) not in str(job.args)
    tasks.tell_asker.func(**job.args)
    [letter] = mail.outbox
    assert letter.to == ["lucia@example.org"]
    assert asked.private_address() in letter.body
    for name in ("Diego", "Lucía", "Cottonwood Elementary", "martes"):
        assert name not in letter.body + letter.subject


def test_an_answer_by_phone_waits_for_somebody_to_call(cast: Cast, ask: Ask) -> None:
    asked = ask(reach_by="phone", reach_at="555-0123")
    door.set_aside(request=asked, answer="Venga el lunes.", by=cast.rosa)
    assert list(HelpRequest.objects.to_tell()) == [asked]
    asker.note_told(request=asked, by=cast.rosa)
    asker.note_told(request=asked, by=cast.grace)
    assert not HelpRequest.objects.to_tell().exists()
    assert Event.objects.filter(verb="asker_told").count() == 1


def test_whoever_left_no_way_to_be_reached_finds_the_answer_on_their_page(
    cast: Cast, ask: Ask
) -> None:
    asked = ask(reach_by="", reach_at="")
    door.set_aside(request=asked, answer="Gracias.", by=cast.rosa)
    assert (asked.answer, asked.answered_at is not None) == ("Gracias.", True)
    assert not HelpRequest.objects.to_tell().exists()
    assert not ProcrastinateJob.objects.filter(task_name="supports.tell_asker").exists()


@pytest.mark.parametrize("name", ["Diego 🦕", "O’Brien-Ruiz", "دانة الخوري", "'; DROP TABLE --"])
def test_a_name_keeps_its_own_letters(ask: Ask, name: str) -> None:
    assert HelpRequest.objects.get(pk=ask(about_name=name).pk).about_name == name
