"""Somebody may not be safe: who is paged, who takes it, and what becomes of the referral."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import Membership
from hearth.supports import actions, tasks
from hearth.supports.actions import safety
from hearth.supports.models import Referral, SafetyCall, Team
from hearth.supports.rules import NotAllowed
from hearth.supports.rules import safety as rules
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_user

Walk = Callable[[Referral, str], Referral]


@pytest.fixture
def team(cast: Cast) -> Team:
    """Amina is on call at Cottonwood, and Rosa comes next."""
    return Team.objects.create(
        district=cast.alder, school=cast.cottonwood, door_open=True,
        on_call=cast.amina, on_call_next=cast.rosa,
    )  # fmt: skip


@pytest.fixture
def call(cast: Cast, team: Team) -> SafetyCall:
    """Tom wrote that it cannot wait."""
    referral = make_referral(cast.diego, cast.tom, urgency="now")
    return SafetyCall.objects.get(referral=referral)


def pages() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name="supports.page_somebody").order_by("id")
    return [job.args for job in jobs]


def test_what_cannot_wait_leaves_the_list_and_pages_amina_then_rosa_then_grace(
    cast: Cast, call: SafetyCall
) -> None:
    assert call.referral.state == "safety"
    assert call.student == cast.diego
    assert call.paged == cast.amina
    assert [page["user_id"] for page in pages()] == [cast.amina.pk, cast.rosa.pk, cast.grace.pk]


def test_each_is_paged_ten_minutes_after_the_one_before(call: SafetyCall) -> None:
    jobs = ProcrastinateJob.objects.filter(task_name="supports.page_somebody").order_by("id")
    first, second, third = (job.scheduled_at for job in jobs)
    assert timedelta(minutes=9) < second - (first or call.raised_at) <= timedelta(minutes=11)
    assert timedelta(minutes=9) < third - second <= timedelta(minutes=11)


def test_danger_words_do_the_same_however_calmly_they_are_sent(cast: Cast, team: Team) -> None:
    referral = make_referral(
        cast.diego, cast.tom, concern="Dice que ya no quiere vivir.", urgency="when_you_can"
    )
    referral.refresh_from_db()
    assert referral.state == "safety"
    assert "ya no quiere vivir" in SafetyCall.objects.get().because


def test_ordinary_words_page_nobody(cast: Cast, team: Team) -> None:
    make_referral(cast.diego, cast.tom)
    assert not SafetyCall.objects.exists()
    assert pages() == []


def test_with_nobody_on_call_at_night_the_principal_is_paged_first(cast: Cast) -> None:
    make_referral(cast.diego, cast.tom, urgency="now")
    assert SafetyCall.objects.get().paged == cast.grace
    assert pages()[0]["user_id"] == cast.grace.pk


def test_with_no_principal_and_nobody_on_call_the_whole_team_is_paged(cast: Cast) -> None:
    Membership.objects.filter(user=cast.grace).delete()
    make_referral(cast.diego, cast.tom, urgency="now")
    assert {page["user_id"] for page in pages()} == {cast.amina.pk, cast.rosa.pk}


def test_at_a_school_without_a_team_nobody_is_paged_and_the_call_says_so(cast: Cast) -> None:
    joy = make_user(cast.alder, "Ray Ortiz", "classified_staff", school=cast.sycamore)
    cast.diego.school = cast.sycamore
    cast.diego.save()
    make_referral(cast.diego, joy, urgency="now")
    assert SafetyCall.objects.get().paged is None


def test_amina_who_is_diegos_aunt_at_home_is_not_paged_for_him(cast: Cast, team: Team) -> None:
    make_guardian(cast.diego, cast.person("amina"), "aunt")
    make_referral(cast.diego, cast.tom, urgency="now")
    assert [page["user_id"] for page in pages()] == [cast.rosa.pk, cast.grace.pk]
    assert not SafetyCall.objects.visible_to(cast.amina).exists()


def test_the_letter_names_nobody_and_leads_to_the_call(cast: Cast, call: SafetyCall) -> None:
    tasks.page_somebody.func(**pages()[0])
    [letter] = mail.outbox
    assert letter.to == [cast.amina.email]
    assert call.get_absolute_url() in letter.body
    for name in ("Diego", "Tom", "Cottonwood", "cannot wait:"):
        assert name not in letter.body + letter.subject


def test_once_rosa_has_taken_it_nobody_else_is_paged(cast: Cast, call: SafetyCall) -> None:
    safety.take(call=call, by=cast.rosa)
    for page in pages():
        tasks.page_somebody.func(**page)
    assert mail.outbox == []


def test_of_two_who_take_it_the_second_is_told(cast: Cast, call: SafetyCall) -> None:
    safety.take(call=call, by=cast.rosa)
    safety.take(call=call, by=cast.rosa)
    with pytest.raises(NotAllowed, match="Rosa Delgado has taken it"):
        safety.take(call=call, by=cast.amina)


def test_what_was_done_brings_the_referral_into_the_list(cast: Cast, call: SafetyCall) -> None:
    safety.take(call=call, by=cast.amina)
    safety.finish(call=call, outcome="Talked, and called home.", by=cast.amina)
    call.referral.refresh_from_db()
    assert call.referral.state == "triaged"
    assert "called home" not in str(call.referral.moves.values_list("why", flat=True))


def test_or_it_is_done_with_that(cast: Cast, call: SafetyCall) -> None:
    safety.take(call=call, by=cast.amina)
    safety.finish(call=call, outcome="A game of words.", afterwards=safety.DONE, by=cast.amina)
    call.referral.refresh_from_db()
    assert call.referral.state == "closed"


def test_nobody_finishes_what_nobody_took(cast: Cast, call: SafetyCall) -> None:
    with pytest.raises(NotAllowed, match="you take it"):
        safety.finish(call=call, outcome="?", by=cast.amina)


def test_what_was_done_is_written_once(cast: Cast, call: SafetyCall) -> None:
    safety.take(call=call, by=cast.amina)
    safety.finish(call=call, outcome="Talked.", by=cast.amina)
    with pytest.raises(NotAllowed, match="already"):
        safety.finish(call=call, outcome="Again.", by=cast.amina)


def test_no_referral_slips_back_into_the_list_while_the_call_is_open(
    cast: Cast, call: SafetyCall
) -> None:
    with pytest.raises(NotAllowed, match="First write down"):
        actions.triage(referral=call.referral, why="Sorted.", by=cast.rosa)


def test_rosa_hands_over_what_she_reads_between_the_lines(
    cast: Cast, team: Team, asked: Referral, at: Walk
) -> None:
    at(asked, "safety")
    assert SafetyCall.objects.get().referral == asked
    assert pages()


def test_a_call_is_not_seen_at_another_school(cast: Cast, call: SafetyCall) -> None:
    assert not SafetyCall.objects.visible_to(cast.joy).exists()
    assert not SafetyCall.objects.visible_to(cast.tom).exists()
    assert SafetyCall.objects.visible_to(cast.grace).exists()


KEYS = st.one_of(st.none(), st.integers(1, 6))


@given(KEYS, KEYS, st.lists(st.integers(1, 6)), st.lists(st.integers(1, 6)))
def test_everybody_on_the_team_is_reached_once(
    first: int | None, second: int | None, principals: list[int], everybody: list[int]
) -> None:
    rungs = rules.ladder(first, second, principals, everybody)
    paged = [one for rung in rungs for one in rung]
    assert sorted(paged) == sorted(set(everybody))
    assert all(rungs)
