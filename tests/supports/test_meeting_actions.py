"""Setting up a team, and a meeting from its planning to its minutes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.utils import timezone

from hearth.audit.models import Event
from hearth.demo import clock
from hearth.demo.school_days import SchoolYear, days_off
from hearth.schools.actions import set_closed_days
from hearth.supports import actions as referrals
from hearth.supports.actions import meeting as actions
from hearth.supports.actions import team as teams
from hearth.supports.models import (
    AgendaItem,
    Decision,
    Meeting,
    Part,
    Referral,
    Team,
    TeamMember,
)
from hearth.supports.reading import agenda
from hearth.supports.reading.whole_school import in_words
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_student
from tests.supports.teams import decide, item_of, open_now, set_up

Walk = Callable[[Referral, str], Referral]
TUESDAY = date(2026, 11, 17)


@pytest.fixture
def team(cast: Cast) -> Team:
    return set_up(cast)


@pytest.fixture
def tuesday() -> Any:
    with clock.on(TUESDAY):
        yield TUESDAY


def test_a_team_is_ready_when_everything_is_said(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="who is on the team"):
        teams.finish(school=cast.cottonwood, by=cast.rosa)
    team = set_up(cast)
    assert team.ready_on == timezone.localdate()
    assert not team.door_open
    assert Event.objects.filter(verb="team_ready", about_id=team.pk).count() == 1


def test_a_counselor_does_not_set_up_the_team(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        teams.agree_norms(school=cast.cottonwood, norms="Mine.", by=cast.amina)


def test_the_coordinator_of_cottonwood_does_not_set_up_larkspur(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        teams.agree_norms(school=cast.larkspur, norms="Ours.", by=cast.rosa)


def test_a_teacher_of_another_school_cannot_sit_at_the_table(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        teams.choose_members(school=cast.cottonwood, members={cast.joy: "member"}, by=cast.rosa)


def test_who_leaves_the_table_was_there_until_yesterday(cast: Cast, team: Team) -> None:
    TeamMember.objects.filter(team=team).update(starts=timezone.localdate() - timedelta(days=30))
    teams.choose_members(
        school=cast.cottonwood, members={cast.rosa: Part.FACILITATOR}, by=cast.rosa
    )
    assert [row.user for row in team.members.filter(ends=None)] == [cast.rosa]
    left = team.members.get(user=cast.grace)
    assert left.ends == timezone.localdate() - timedelta(days=1)


def test_the_door_is_not_open_with_nobody_behind_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        teams.set_door(school=cast.cottonwood, door_open=True, by=cast.rosa)
    set_up(cast)
    assert teams.set_door(school=cast.cottonwood, door_open=True, by=cast.rosa).door_open


def test_a_school_without_a_team_plans_no_meeting(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.plan_next(school=cast.cottonwood, by=cast.rosa)


def test_the_next_meeting_is_the_next_tuesday(cast: Cast, tuesday: date) -> None:
    set_up(cast)
    first = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    assert first.on == TUESDAY + timedelta(days=7)
    assert actions.plan_next(school=cast.cottonwood, by=cast.amina).pk == first.pk


def test_after_the_last_meeting_before_winter_break_comes_the_first_tuesday_back(
    cast: Cast,
) -> None:
    days = [(day, kind, name) for day, (kind, name) in days_off(SchoolYear(2026)).items()]
    set_closed_days(district=cast.alder, days=days)
    with clock.on(date(2026, 12, 15)):
        set_up(cast)
        actions.close_meeting(meeting=open_now(cast), by=cast.rosa)
        assert actions.plan_next(school=cast.cottonwood, by=cast.rosa).on == date(2027, 1, 12)


def test_one_that_did_not_take_place_is_moved_and_not_doubled(cast: Cast, tuesday: date) -> None:
    set_up(cast)
    missed = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    with clock.on(TUESDAY + timedelta(days=9)):
        moved = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    assert moved.pk == missed.pk
    assert moved.on == TUESDAY + timedelta(days=14)


def test_opening_twice_builds_the_agenda_once(cast: Cast, team: Team, asked: Referral) -> None:
    meeting = open_now(cast)
    parts = [item.part for item in meeting.items.all()]
    assert parts == ["norms", "picture", "new", "gaps", "read_back"]
    actions.open_meeting(meeting=meeting, by=cast.amina)
    assert meeting.items.count() == len(parts)
    assert meeting.opened_by == cast.rosa
    assert meeting.norms == "Strengths first."


def test_one_in_danger_is_not_on_the_agenda(
    cast: Cast, team: Team, asked: Referral, at: Walk
) -> None:
    at(asked, "safety")
    assert not open_now(cast).items.filter(referral__isnull=False).exists()


def test_what_time_ran_out_for_stands_first_next_time(
    cast: Cast, team: Team, asked: Referral
) -> None:
    late = make_referral(cast.minh_anh, cast.tom)
    meeting = open_now(cast)
    actions.take_item(item=item_of(meeting, asked), seconds=200, by=cast.rosa)
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    assert item_of(meeting, late).taken == AgendaItem.Taken.CARRIED
    with clock.on(timezone.localdate() + timedelta(days=7)):
        urgent = make_referral(cast.diego, cast.tom, urgency="this_week")
        following = open_now(cast)
        first = following.items.filter(referral__isnull=False).first()
        assert first.referral == late
        assert agenda.carried_to(following) == [(late.pk, "new")]
        assert item_of(following, urgent).place > first.place


def test_the_seconds_add_up_and_a_page_left_open_over_night_does_not(
    cast: Cast, team: Team, asked: Referral
) -> None:
    item = item_of(open_now(cast), asked)
    actions.keep_seconds(item=item, seconds=90, by=cast.rosa)
    actions.take_item(item=item, seconds=30, by=cast.rosa)
    assert (item.seconds, item.taken) == (120, "taken")
    actions.keep_seconds(item=item, seconds=60 * 60 * 14, by=cast.rosa)
    assert item.seconds == 120 + 60 * 60


def test_a_decision_sent_twice_is_one(cast: Cast, team: Team, asked: Referral) -> None:
    item, key = item_of(open_now(cast), asked), uuid4()
    assert decide(item, cast, nonce=key) == decide(item, cast, nonce=key)
    assert Decision.objects.count() == 1


def test_whoever_takes_on_a_new_one_looks_after_it(cast: Cast, team: Team, asked: Referral) -> None:
    decide(item_of(open_now(cast), asked), cast, takes_over=True)
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == ("assigned", cast.amina)
    assert asked.moves.filter(why="Read with a partner.").exists()


def test_what_was_decided_was_taken_unless_it_is_put_off(
    cast: Cast, team: Team, asked: Referral
) -> None:
    item = item_of(open_now(cast), asked)
    decide(item, cast)
    item.refresh_from_db()
    assert item.taken == "taken"
    actions.carry(item=item, by=cast.rosa)
    decide(item, cast)
    item.refresh_from_db()
    assert item.taken == "carried"


def test_a_decision_cannot_be_promised_for_yesterday_or_by_a_stranger(
    cast: Cast, team: Team, asked: Referral
) -> None:
    item = item_of(open_now(cast), asked)
    with pytest.raises(NotAllowed):
        decide(item, cast, due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        decide(item, cast, owner=cast.joy)
    assert not Decision.objects.exists()


def test_the_answer_goes_out_when_the_meeting_is_closed(
    cast: Cast, team: Team, asked: Referral
) -> None:
    meeting = open_now(cast)
    decide(item_of(meeting, asked), cast, answer="Amina reads with Diego.")
    asked.refresh_from_db()
    assert not asked.answer
    with mock.patch("hearth.supports.tasks.tell_referrer.defer") as told:
        actions.close_meeting(meeting=meeting, by=cast.rosa)
    asked.refresh_from_db()
    assert asked.answer == "Amina reads with Diego."
    assert told.call_count == 1


def test_somebody_answered_in_the_meantime_keeps_that_answer(
    cast: Cast, team: Team, asked: Referral
) -> None:
    meeting = open_now(cast)
    decide(item_of(meeting, asked), cast, answer="Ours.")
    with mock.patch("hearth.supports.tasks.tell_referrer.defer") as told:
        referrals.answer_referrer(referral=asked, answer="Told at the gate.", by=cast.amina)
        actions.close_meeting(meeting=meeting, by=cast.rosa)
    asked.refresh_from_db()
    assert asked.answer == "Told at the gate."
    assert told.call_count == 1


def test_of_two_people_closing_the_second_is_told(cast: Cast, team: Team) -> None:
    meeting = open_now(cast)
    same = Meeting.objects.get(pk=meeting.pk)
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    with pytest.raises(NotAllowed, match="Rosa Delgado"):
        actions.close_meeting(meeting=same, by=cast.amina)
    assert Event.objects.filter(verb="meeting_closed").count() == 1


def test_after_closing_nothing_more_is_decided(cast: Cast, team: Team, asked: Referral) -> None:
    meeting = open_now(cast)
    actions.close_meeting(meeting=meeting, by=cast.rosa)
    with pytest.raises(NotAllowed):
        decide(item_of(meeting, asked), cast)
    with pytest.raises(NotAllowed):
        actions.mark_present(meeting=meeting, parts={cast.rosa: "member"}, by=cast.rosa)
    with pytest.raises(NotAllowed):
        actions.open_meeting(meeting=meeting, by=cast.rosa)


@pytest.fixture
def own_child(cast: Cast) -> Referral:
    """Amina the counselor is also the mother of a student of her school."""
    child = make_student(cast.cottonwood, "Leila", "Yusuf")
    make_guardian(child, cast.person("amina"), "mother")
    return make_referral(child, cast.tom, strength="Leila sings.")


def test_a_mother_on_the_team_neither_hears_nor_leads_nor_owns_what_is_about_her_child(
    cast: Cast, team: Team, own_child: Referral
) -> None:
    meeting = open_now(cast)
    item = item_of(meeting, own_child)
    with pytest.raises(NotAllowed):
        actions.take_item(item=item, by=cast.amina)
    with pytest.raises(NotAllowed):
        decide(item, cast, by=cast.amina, owner=cast.grace)
    with pytest.raises(NotAllowed):
        decide(item, cast, owner=cast.amina)
    decided = decide(item, cast, owner=cast.grace)
    assert decided not in Decision.objects.visible_to(cast.amina)
    assert decided in Decision.objects.visible_to(cast.rosa)
    assert agenda.decisions_of(own_child, cast.amina) == []
    (hidden,) = [one for one in agenda.seen([item], meeting, cast.amina) if one.hidden]
    assert hidden.referral is None


def test_who_is_there_stands_by_part_and_role_and_a_guest_by_name(cast: Cast, team: Team) -> None:
    meeting = open_now(cast)
    actions.mark_present(
        meeting=meeting, parts={cast.rosa: Part.FACILITATOR}, guests=["Dana Reyes, nurse", " "],
        by=cast.rosa,
    )  # fmt: skip
    actions.mark_present(
        meeting=meeting, parts={cast.rosa: Part.FACILITATOR}, guests=["Dana Reyes, nurse"],
        by=cast.rosa,
    )  # fmt: skip
    there = [(row.name, row.part, row.role) for row in meeting.present.order_by("pk")]
    assert there == [
        ("Rosa Delgado", "facilitator", "coordinator"), ("Dana Reyes, nurse", "member", ""),
    ]  # fmt: skip


def test_a_decision_is_done_once_with_what_became_of_it(
    cast: Cast, team: Team, asked: Referral
) -> None:
    decision = decide(item_of(open_now(cast), asked), cast)
    actions.finish_decision(decision=decision, became="They read every day.", by=cast.amina)
    assert decision.done_on == timezone.localdate()
    with pytest.raises(NotAllowed):
        actions.finish_decision(decision=decision, became="Again.", by=cast.amina)


def test_what_is_not_offered_is_counted_without_a_name(
    cast: Cast, team: Team, asked: Referral, at: Walk
) -> None:
    at(asked, "waitlisted")
    other = at(make_referral(cast.minh_anh, cast.tom, domain="attendance"), "planned")
    referrals.close(referral=other, because="nothing_offered", by=cast.rosa)
    words = in_words(open_now(cast).items.get(part="gaps"))
    assert words == ["Coming to school: 1 went without", "Tutoring: 1 waits"]
