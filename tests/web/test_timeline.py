"""What happened around a student, as each reader may know it: the team's work, and the plan."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.demo import clock
from hearth.supports import actions
from hearth.supports.actions import plan as plans
from hearth.supports.actions import tier
from hearth.supports.actions.plan import NewGoal
from hearth.supports.models import Plan
from hearth.web.timeline import Happened, what_happened
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.conftest import Asked, asking
from tests.supports.plans import make_plan, tier_words

__all__ = ["asking"]
MONDAY = date(2026, 9, 14)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Rosa wrote a plan for Diego on a Monday and added a goal; later it was looked at."""
    with clock.on(MONDAY):
        written = make_plan(cast.diego, cast.rosa)
        plans.add_goal(
            plan=written, goal=NewGoal("I read to my sister.", "student", "academic"), by=cast.rosa
        )
    return written


def told(cast: Cast, key: str) -> Happened:
    return what_happened(cast.diego, [cast.diego.pk], getattr(cast, key))


def test_what_rosa_did_with_the_plan_on_one_day_is_one_line(cast: Cast, plan: Plan) -> None:
    (line,) = told(cast, "rosa").lines
    assert line.words == ["A goal was added", "A plan was written together"]
    assert (line.by, line.url) == ("Rosa Delgado", plan.get_absolute_url())
    assert timezone.localdate(line.at) == MONDAY


def test_another_day_another_person_or_another_thing_is_another_line(
    cast: Cast, plan: Plan
) -> None:
    with clock.on(MONDAY):
        plans.add_goal(
            plan=plan, goal=NewGoal("I choose the book.", "student", "academic"), by=cast.amina
        )
        actions.triage(referral=make_referral(cast.diego, cast.tom), why="Read.", by=cast.amina)
    with clock.on(MONDAY + timedelta(days=1)):
        plans.meet_goal(goal=plan.goals.first(), by=cast.amina)
    lines = told(cast, "rosa").lines
    assert [(line.by, line.words) for line in lines] == [
        ("Amina Yusuf", ["A goal was met"]),
        ("Amina Yusuf", ["The team read the referral"]),
        ("Tom Becker", ["Somebody asked for support"]),
        ("Amina Yusuf", ["A goal was added"]),
        ("Rosa Delgado", ["A goal was added", "A plan was written together"]),
    ]


def test_tiers_are_told_and_lead_to_all_supports(cast: Cast) -> None:
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    (line,) = told(cast, "amina").lines
    assert line.words == ["How much support there is was said anew"]
    assert line.url == reverse("supports:student_supports", args=[cast.diego.pk])


def test_who_may_not_read_the_plan_reads_nothing_of_it(cast: Cast, plan: Plan) -> None:
    assert told(cast, "tom").lines[0].url == plan.get_absolute_url(), "Tom teaches Diego"
    for key in ("helen", "joy", "marcus", "priya", "omar"):
        assert not told(cast, key), key


def test_all_of_it_is_one_question_for_one_as_for_many(
    cast: Cast, plan: Plan, asking: Asked
) -> None:
    assert cast.rosa.standing
    counts = []
    for _ in range(2):
        for _ in range(10):
            plans.add_goal(plan=plan, goal=NewGoal("More.", "team", "academic"), by=cast.rosa)
            make_referral(cast.diego, cast.tom)
        with asking:
            assert told(cast, "rosa")
        counts.append(asking.count)
    assert counts == [1, 1]


def test_where_there_are_more_the_page_says_that_these_are_the_newest(
    cast: Cast, plan: Plan, client: Client
) -> None:
    for _ in range(30):
        plans.add_goal(plan=plan, goal=NewGoal("More.", "team", "academic"), by=cast.rosa)
    assert told(cast, "rosa").newest == 30
    client.force_login(cast.rosa)
    shown = client.get(reverse("student", args=[cast.diego.pk])).content.decode()
    assert "These are the newest 30" in shown
    assert shown.count("A goal was added") == 1
