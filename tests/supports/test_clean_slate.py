"""A clean slate: what ended longer ago than the set age folds away, to the day, undeleted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Look
from hearth.demo import clock
from hearth.supports.actions import meeting as meetings
from hearth.supports.actions import plan as plans
from hearth.supports.actions import progress, tier
from hearth.supports.front.shared import shared_about
from hearth.supports.models import Decision, Measure, Meeting, Plan, Referral, Tier
from hearth.supports.rules.keeping import days_kept
from hearth.web.timeline import what_happened
from tests.cast import Cast
from tests.supports.plans import GOAL, make_measure, make_plan, tier_words
from tests.supports.teams import decide, item_of, open_now, set_up

TODAY = timezone.localdate()
AGE = timedelta(days=days_kept("closed_referral_in_sight", TODAY))
LAST_DAY_IN_SIGHT = TODAY - AGE
COUNTED = "Words read aloud in one minute"
WHY_IT_ENDED = "He reads with the fifth grade now."


def ended_on(cast: Cast, day: date) -> Plan:
    """A plan with a measure and a tier, over on that day."""
    with clock.on(day):
        plan = make_plan(cast.diego, cast.rosa)
        level = tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
        measure = make_measure(plan, cast.rosa)
        progress.end_measure(measure=measure, by=cast.rosa)
        tier.end_tier(tier=level, because=WHY_IT_ENDED, by=cast.rosa)
        plans.end_plan(plan=plan, because="The goal was met.", by=cast.rosa)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def in_sight(cast: Cast) -> Plan:
    return ended_on(cast, LAST_DAY_IN_SIGHT)


@pytest.fixture
def old(cast: Cast) -> Plan:
    return ended_on(cast, LAST_DAY_IN_SIGHT - timedelta(days=1))


def supports(client: Client, cast: Cast, **query: str) -> str:
    client.force_login(cast.rosa)
    where = reverse("supports:student_supports", args=[cast.diego.pk])
    return client.get(where, query).content.decode()


def happened(cast: Cast, **how: Any) -> bool:
    return bool(what_happened(cast.diego, [cast.diego.pk], cast.rosa, **how))


def test_on_the_last_day_of_its_age_it_still_stands_there(
    cast: Cast, client: Client, in_sight: Plan
) -> None:
    shown = supports(client, cast)
    for words in (GOAL, COUNTED, WHY_IT_ENDED):
        assert words in shown
    assert happened(cast)
    client.force_login(cast.rosa)
    assert GOAL in client.get(in_sight.get_absolute_url()).content.decode()


def test_a_day_later_it_is_folded_away(cast: Cast, client: Client, old: Plan) -> None:
    shown = supports(client, cast)
    for words in (GOAL, COUNTED, WHY_IT_ENDED):
        assert words not in shown
    assert "folded away: a clean slate" in shown
    assert not happened(cast)
    assert shared_about(cast.diego, cast.rosa) == []
    assert Plan.objects.count() == Measure.objects.count() == Tier.objects.count() == 1


def test_unfolded_on_purpose_it_is_all_there_and_the_look_is_kept(
    cast: Cast, client: Client, old: Plan
) -> None:
    shown = supports(client, cast, folded="on")
    for words in (GOAL, COUNTED, WHY_IT_ENDED):
        assert words in shown
    assert happened(cast, unfold=True)
    assert Look.objects.get().page == "folded away"


def test_its_own_pages_ask_first_whether_it_is_needed(
    cast: Cast, client: Client, old: Plan
) -> None:
    client.force_login(cast.tom)
    for url in (old.get_absolute_url(), Measure.objects.get().get_absolute_url()):
        asked = client.get(url).content.decode()
        assert "Do you need what is folded away?" in asked
        assert GOAL not in asked
        assert COUNTED not in asked
        assert COUNTED in client.get(url, {"folded": "on"}).content.decode()


def test_what_goes_on_is_never_folded_however_old(cast: Cast, client: Client) -> None:
    with clock.on(LAST_DAY_IN_SIGHT - timedelta(days=400)):
        make_measure(make_plan(cast.diego, cast.rosa), cast.rosa)
        tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    shown = supports(client, cast)
    assert GOAL in shown
    assert COUNTED in shown
    assert "Reads alone, but slowly." in shown


@pytest.mark.parametrize(("days_more", "in_sight"), [(0, True), (1, False)])
def test_a_decision_that_was_done_long_ago_folds_away_from_the_referral(
    cast: Cast, client: Client, asked: Referral, days_more: int, in_sight: bool
) -> None:
    set_up(cast)
    with clock.on(LAST_DAY_IN_SIGHT - timedelta(days=days_more)):
        meeting = open_now(cast)
        item = meeting.items.create(district=cast.alder, part="new", place=99, referral=asked)
        decision = decide(item, cast, words="Sits by the window.")
        meetings.finish_decision(decision=decision, became="It helps.", by=cast.amina)
        meetings.close_meeting(meeting=meeting, by=cast.rosa)
    client.force_login(cast.rosa)
    url = asked.get_absolute_url()
    assert ("by the window" in client.get(url).content.decode()) == in_sight
    assert "by the window" in client.get(url, {"folded": "on"}).content.decode()
    again = open_now(cast)
    here = reverse("supports:meeting_item", args=[again.pk, item_of(again, asked).pk])
    assert ("by the window" in client.get(here, follow=True).content.decode()) == in_sight
    assert Decision.objects.count() == 1
    assert Meeting.objects.count() == 2
