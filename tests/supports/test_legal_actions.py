"""Requests for an assessment, and support instead of discipline: what starts, who is told, what is
refused. The law's clock waits for nothing that the team does."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import Membership
from hearth.access.visible import people_who_may_see, why
from hearth.audit.models import Event
from hearth.schools.models import ClosedDay, Session
from hearth.supports import actions, tasks
from hearth.supports.actions import instead as instead_actions
from hearth.supports.actions import legal
from hearth.supports.models import AssessmentRequest, InsteadOfDiscipline, Referral
from hearth.supports.rules import NotAllowed
from hearth.supports.tasks.clocks import keep_clocks
from tests.cast import Cast
from tests.makers import SOME_DAY, make_guardian, make_referral, make_user

Walk = Callable[[Referral, str], Referral]
MONDAY = "2026-09-14 09:00-07:00"
EVERYBODY = ("rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "marcus", "helen")


def opened(cast: Cast, **said: Any) -> AssessmentRequest:
    told = {
        "student": cast.diego, "kind": "special_education", "asked_on": date(2026, 9, 14),
        "words": "I want him assessed.", "by": cast.tom, **said,
    }  # fmt: skip
    return legal.open_assessment(**told)


def asked_instead(cast: Cast, **said: Any) -> InsteadOfDiscipline:
    told = {
        "student": cast.diego, "strength": "Makes everybody laugh.", "nonce": uuid4(),
        "happened": "He shouted and left the room.", "hoped": "A quiet place.", "by": cast.tom,
        **said,
    }  # fmt: skip
    return instead_actions.ask_instead(**told)


@pytest.fixture
def winter(cast: Cast) -> None:
    """Three weeks of winter break from 21 December, and the year it stands in."""
    Session.objects.create(
        district=cast.alder, title="2026-27", kind="schoolYear",
        starts=date(2026, 8, 12), ends=date(2027, 6, 8),
    )  # fmt: skip
    days = [date(2026, 12, 21 + n) for n in range(11)] + [date(2027, 1, n) for n in range(1, 11)]
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=day, kind="break", name="Winter break")
        for day in days
        if day.weekday() < 5
    )


# ---- an assessment begins


@time_machine.travel(MONDAY)
def test_a_tick_opens_a_request_at_once_beside_the_referral(cast: Cast) -> None:
    referral = actions.ask_for_support(
        student=cast.diego, strength="Builds.", concern="Tired of reading.", domain="academic",
        urgency="soon", assessment="section_504", by=cast.tom,
    )  # fmt: skip
    [row] = AssessmentRequest.objects.all()
    assert (row.kind, row.referral, row.written_by) == ("section_504", referral, cast.tom)
    assert (row.asked_on, row.plan_due_on) == (date(2026, 9, 14), date(2026, 9, 29))
    assert row.words == ""  # a tick says no words, and the concern is not the family's letter
    assert referral.state == "submitted"


@time_machine.travel(MONDAY)
def test_words_that_ask_open_it_too_and_only_they_are_kept(cast: Cast) -> None:
    actions.ask_for_support(
        student=cast.diego, strength="Builds.", domain="academic", urgency="soon", by=cast.tom,
        concern="He is tired. His mother wants him tested for special education. I worry.",
    )  # fmt: skip
    [row] = AssessmentRequest.objects.all()
    assert row.words == "His mother wants him tested for special education."


def test_a_referral_that_asks_for_none_opens_none(cast: Cast, asked: Referral) -> None:
    assert not AssessmentRequest.objects.exists()


@time_machine.travel(MONDAY)
def test_it_neither_waits_for_the_team_nor_holds_the_team_up(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    row = opened(cast, referral=asked)
    at(asked, "closed")
    legal.give_plan(assessment=row, on=date(2026, 9, 14), by=cast.grace)
    legal.record_consent(assessment=row, on=date(2026, 9, 14), by=cast.grace)
    assert row.evaluation_due_on == date(2026, 11, 13)
    assert row.due_on == date(2026, 11, 13)


@time_machine.travel(MONDAY)
def test_the_case_manager_of_the_school_looks_after_it_else_the_principal(cast: Cast) -> None:
    assert opened(cast).owner == cast.grace
    ines = make_user(cast.alder, "Inés Vega", "case_manager", school=cast.cottonwood)
    make_user(cast.alder, "Abe Other", "case_manager", school=cast.larkspur)
    assert opened(cast, student=cast.minh_anh).owner == ines


@time_machine.travel(MONDAY)
def test_a_case_manager_who_is_diegos_mother_does_not_look_after_his_request(cast: Cast) -> None:
    ines = make_user(cast.alder, "Inés Vega", "case_manager", school=cast.cottonwood)
    person = cast.person("rosa")
    person.user = ines
    person.save()
    make_guardian(cast.diego, person, "mother")
    row = opened(cast)
    assert row.owner == cast.grace
    with pytest.raises(NotAllowed, match="case manager"):
        legal.hand_over(assessment=row, owner=ines, by=cast.grace)


@time_machine.travel(MONDAY)
def test_a_school_without_any_team_still_has_somebody_who_looks_after_it(cast: Cast) -> None:
    Membership.objects.filter(school=cast.cottonwood).delete()
    assert opened(cast).owner == cast.helen
    Membership.objects.filter(role="district_lead").delete()
    assert opened(cast, student=cast.minh_anh).owner == cast.tom


@time_machine.travel(MONDAY)
def test_asking_again_shows_the_same_row_and_the_earlier_day_counts(cast: Cast) -> None:
    first = opened(cast)
    again = opened(cast, asked_on=date(2026, 9, 10), words="The mother called on Thursday.")
    assert again.pk == first.pk
    assert (again.asked_on, again.plan_due_on) == (date(2026, 9, 10), date(2026, 9, 25))
    assert again.words == "I want him assessed."
    later = opened(cast, asked_on=date(2026, 9, 14))
    assert (later.pk, later.asked_on) == (first.pk, date(2026, 9, 10))
    assert opened(cast, kind="section_504").pk != first.pk
    assert Event.objects.filter(verb="assessment_asked_again", about_id=first.pk).count() == 2


@time_machine.travel(MONDAY)
def test_nobody_asks_tomorrow(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="ahead"):
        opened(cast, asked_on=date(2026, 9, 15))


# ---- its steps


@time_machine.travel("2026-10-20 09:00-07:00")
def test_the_steps_come_in_their_order_and_on_days_that_can_be(cast: Cast) -> None:
    row = opened(cast)
    with pytest.raises(NotAllowed, match="plan first"):
        legal.record_consent(assessment=row, on=date(2026, 9, 20), by=cast.grace)
    with pytest.raises(NotAllowed, match="before it was asked"):
        legal.give_plan(assessment=row, on=date(2026, 9, 13), by=cast.grace)
    with pytest.raises(NotAllowed, match="still ahead"):
        legal.give_plan(assessment=row, on=date(2026, 10, 21), by=cast.grace)
    legal.give_plan(assessment=row, on=date(2026, 9, 25), by=cast.grace)
    assert row.due_on is None  # now it is the family's turn
    with pytest.raises(NotAllowed, match="before it had the plan"):
        legal.record_consent(assessment=row, on=date(2026, 9, 24), by=cast.grace)
    with pytest.raises(NotAllowed, match="after an evaluation"):
        legal.finish(assessment=row, outcome="eligible", words="Yes.", by=cast.grace)
    legal.record_consent(assessment=row, on=date(2026, 10, 1), by=cast.grace)
    legal.record_consent(assessment=row, on=date(2026, 10, 2), by=cast.grace)  # a slip, corrected
    assert row.evaluation_due_on == date(2026, 12, 1)
    with pytest.raises(NotAllowed, match="agreed already"):
        legal.give_plan(assessment=row, on=date(2026, 9, 26), by=cast.grace)
    legal.finish(assessment=row, outcome="eligible", words=" A plan is in place. ", by=cast.grace)
    assert (row.due_on, row.outcome_words) == (None, "A plan is in place.")
    with pytest.raises(NotAllowed, match="finished"):
        legal.hand_over(assessment=row, owner=cast.amina, by=cast.grace)
    assert opened(cast).pk != row.pk  # one may always ask anew


@time_machine.travel(MONDAY)
def test_a_family_may_take_it_back_at_any_time(cast: Cast) -> None:
    row = opened(cast)
    legal.finish(assessment=row, outcome="withdrawn", words="They will wait.", by=cast.grace)
    assert row.finished_on == date(2026, 9, 14)


@time_machine.travel(MONDAY)
def test_the_second_of_two_people_is_told_that_it_is_finished(cast: Cast) -> None:
    row = opened(cast)
    as_amina_saw_it = AssessmentRequest.objects.get(pk=row.pk)
    legal.finish(assessment=row, outcome="withdrawn", words="They will wait.", by=cast.grace)
    with pytest.raises(NotAllowed, match="finished"):
        legal.give_plan(assessment=as_amina_saw_it, on=date(2026, 9, 14), by=cast.amina)


@time_machine.travel(MONDAY)
def test_handed_over_within_the_school_and_not_to_a_stranger(cast: Cast) -> None:
    row = opened(cast)
    for stranger in (cast.tom, cast.joy, cast.omar, cast.priya):
        with pytest.raises(NotAllowed, match="case manager"):
            legal.hand_over(assessment=row, owner=stranger, by=cast.grace)
    legal.hand_over(assessment=row, owner=cast.amina, by=cast.grace)
    assert row.owner == cast.amina


@time_machine.travel(MONDAY)
def test_when_diego_moves_his_new_school_takes_the_request_and_the_clock_runs_on(
    cast: Cast,
) -> None:
    row = opened(cast)
    cast.diego.school = cast.larkspur
    cast.diego.save()
    lars = make_user(cast.alder, "Lars Holm", "case_manager", school=cast.larkspur)
    legal.hand_over(assessment=row, owner=lars, by=cast.grace)
    assert (row.owner, row.school, row.plan_due_on) == (lars, cast.larkspur, date(2026, 9, 29))


# ---- the calendar moves


@time_machine.travel("2026-12-14 09:00-08:00")
def test_a_clock_over_winter_break(cast: Cast, winter: None) -> None:
    row = opened(cast, asked_on=date(2026, 12, 14))
    assert row.plan_due_on == date(2027, 1, 19)


def test_a_year_that_ends_with_an_open_request_loses_no_day(cast: Cast, winter: None) -> None:
    with time_machine.travel("2027-06-04 09:00-07:00"):
        row = opened(cast, asked_on=date(2027, 6, 4))
        assert row.plan_due_on == date(2027, 8, 21)  # guessed: the same Wednesday of August
    Session.objects.create(
        district=cast.alder, title="2027-28", kind="schoolYear",
        starts=date(2027, 8, 18), ends=date(2028, 6, 9),
    )  # fmt: skip
    with time_machine.travel("2027-07-20 03:35-07:00"):
        assert keep_clocks() == 1
        assert keep_clocks() == 0
    row.refresh_from_db()
    assert row.plan_due_on == date(2027, 8, 28)
    assert Event.objects.get(verb="assessment_clock_moved").by_name == "Hearth"


@time_machine.travel("2026-12-14 09:00-08:00")
def test_a_plan_that_was_given_keeps_the_day_by_which_it_was_due(cast: Cast) -> None:
    row = opened(cast, asked_on=date(2026, 12, 7))
    legal.give_plan(assessment=row, on=date(2026, 12, 14), by=cast.grace)
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=date(2026, 12, day), kind="break", name="Storm")
        for day in range(8, 19)
    )
    assert keep_clocks() == 0
    row.refresh_from_db()
    assert row.plan_due_on == date(2026, 12, 22)


# ---- who sees


@time_machine.travel(MONDAY)
def test_rows_people_and_reasons_are_one_relation(cast: Cast) -> None:
    rows = [
        (opened(cast, student=cast.minh_anh), ("rosa", "tom", "amina", "grace", "linh")),
        (asked_instead(cast, student=cast.minh_anh), ("tom", "grace", "linh")),
        (asked_instead(cast, by=cast.amina), ("amina", "grace")),
    ]
    for row, expected in rows:
        watchers = {watcher.user.pk for watcher in people_who_may_see(row)}
        assert watchers == {getattr(cast, key).pk for key in expected}
        for key in EVERYBODY:
            user = getattr(cast, key)
            sees = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
            assert sees == (user.pk in watchers) == bool(why(user, row)), key


@time_machine.travel(MONDAY)
def test_no_event_holds_a_word_of_the_story(cast: Cast) -> None:
    opened(cast)
    asked_instead(cast)
    for event in Event.objects.filter(about__startswith="supports."):
        assert "assessed" not in str(event.facts)
        assert "shouted" not in str(event.facts)


# ---- support instead of discipline


@time_machine.travel("2026-12-17 16:30-08:00")
def test_tom_asks_and_grace_has_five_business_days(cast: Cast, winter: None) -> None:
    assert asked_instead(cast).due_on == date(2027, 1, 14)


def test_pressing_twice_asks_once(cast: Cast) -> None:
    key = uuid4()
    assert asked_instead(cast, nonce=key).pk == asked_instead(cast, nonce=key).pk


def test_what_was_done_reaches_tom_at_once_and_the_letter_names_nobody(cast: Cast) -> None:
    row = asked_instead(cast)
    instead_actions.document(instead=row, action="Talked with him at lunch.", by=cast.grace)
    assert (row.administrator, row.action) == (cast.grace, "Talked with him at lunch.")
    assert row.told_at == row.documented_at
    job = ProcrastinateJob.objects.get(task_name="supports.tell_employee")
    assert set(job.args) == {"instead_id", "district_id"}
    tasks.tell_employee(**job.args)
    [letter] = mail.outbox
    assert letter.to == [cast.tom.email]
    words = f"{letter.subject} {letter.body}"
    assert f"/referrals/instead/{row.pk}/" in words
    for private in ("Diego", "O'Brien", "Cottonwood", "lunch", "shouted", "Grace"):
        assert private not in words


def test_only_who_leads_the_school_documents_and_never_for_their_own_child(cast: Cast) -> None:
    row = asked_instead(cast)
    for other in (cast.tom, cast.rosa, cast.amina, cast.joy, cast.helen):
        with pytest.raises(NotAllowed, match="lead the school"):
            instead_actions.document(instead=row, action="Done.", by=other)
    make_guardian(cast.diego, cast.person("grace"), "aunt")
    with pytest.raises(NotAllowed, match="family"):
        instead_actions.document(instead=row, action="Done.", by=cast.grace)
    again = make_user(cast.alder, "Vic Prinz", "principal", school=cast.cottonwood)
    instead_actions.document(instead=row, action="Done.", by=again)
    assert row.administrator == again


def test_one_tap_brings_it_to_the_team_and_a_second_tap_finds_it(cast: Cast) -> None:
    row = asked_instead(cast)
    referral = instead_actions.ask_the_team(instead=row, by=cast.tom)
    assert (referral.strength, referral.domain) == ("Makes everybody laugh.", "behavior")
    assert "He shouted" in referral.concern
    assert "A quiet place." in referral.concern
    stale = InsteadOfDiscipline.objects.get(pk=row.pk)
    assert instead_actions.ask_the_team(instead=stale, by=cast.grace).pk == referral.pk
    assert Referral.objects.count() == 1


def test_words_of_danger_wait_for_nobodys_five_days(cast: Cast) -> None:
    row = asked_instead(cast, happened="He said he wants to kill himself, and ran out.")
    assert row.referral is not None
    assert row.referral.state == "safety"
    assert row.referral.safety_calls.count() == 1
    assert asked_instead(cast).referral is None


# ---- a referral moves with the student


def moved(cast: Cast) -> None:
    cast.diego.school = cast.larkspur
    cast.diego.save()


def test_diegos_new_school_takes_an_owned_referral_over(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "linked")
    moved(cast)
    coordinator = make_user(cast.alder, "Wen Li", "coordinator", school=cast.larkspur)
    actions.hand_over_school(
        referral=asked, school=cast.larkspur, why="He moved on Friday.", by=cast.rosa
    )
    assert (asked.school, asked.state, asked.owner) == (cast.larkspur, "assigned", coordinator)
    assert (asked.closed_because, asked.service) == ("", "Tutoring")
    steps = asked.moves.order_by("-pk").values_list("came_from", "went_to", "why")[:2]
    assert list(steps) == [
        ("closed", "assigned", "He moved on Friday."),
        ("linked", "closed", "He moved on Friday."),
    ]
    assert Referral.objects.visible_to(coordinator).filter(pk=asked.pk).exists()
    assert not Referral.objects.visible_to(cast.rosa).filter(pk=asked.pk).exists()
    assert Referral.objects.visible_to(cast.tom).filter(pk=asked.pk).exists()


def test_a_new_referral_is_new_at_the_new_school_too(cast: Cast, asked: Referral) -> None:
    moved(cast)
    make_user(cast.alder, "Wen Li", "coordinator", school=cast.larkspur)
    actions.hand_over_school(referral=asked, school=cast.larkspur, why="", by=cast.rosa)
    assert (asked.state, asked.owner, asked.school) == ("submitted", None, cast.larkspur)


def test_a_referral_goes_only_where_the_student_is_and_to_somebody(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    with pytest.raises(NotAllowed, match="where the student is"):
        actions.hand_over_school(referral=asked, school=cast.larkspur, why="", by=cast.rosa)
    cast.diego.school = cast.juniper
    cast.diego.save()
    with pytest.raises(NotAllowed, match="Tell the district"):
        actions.hand_over_school(referral=asked, school=cast.juniper, why="", by=cast.rosa)
    at(asked, "closed")
    with pytest.raises(NotAllowed, match="closed"):
        actions.hand_over_school(referral=asked, school=cast.juniper, why="", by=cast.rosa)
    assert asked.school == cast.cottonwood


def test_a_membership_that_ended_yesterday_looks_after_nothing(cast: Cast) -> None:
    ines = make_user(cast.alder, "Inés Vega", "case_manager", school=cast.cottonwood)
    Membership.objects.filter(user=ines).update(starts=SOME_DAY, ends=date(2020, 8, 1))
    assert opened(cast, asked_on=date(2026, 1, 5)).owner == cast.grace


def test_a_referral_made_before_is_none_the_wiser(cast: Cast) -> None:
    referral = make_referral(cast.diego, cast.tom)
    assert referral.assessments.count() == 0
