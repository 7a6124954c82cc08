"""What Today hears from the team's meetings."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hearth.demo import clock
from hearth.supports.actions import meeting as actions
from hearth.supports.models import Referral
from hearth.supports.waits.meeting import from_meetings
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_student
from tests.supports.conftest import Asked
from tests.supports.teams import decide, item_of, open_now, set_up


@pytest.fixture(autouse=True)
def team(cast: Cast) -> None:
    set_up(cast)


def test_a_promise_stands_on_its_owners_day_and_is_late_the_day_after(
    cast: Cast, asked: Referral, asking: Asked
) -> None:
    today = timezone.localdate()
    due = today + timedelta(days=3)
    decide(item_of(open_now(cast), asked), cast, due_on=due)
    assert from_meetings(cast.amina, today).promised == []
    assert cast.amina.standing
    with asking:
        (line,) = from_meetings(cast.amina, due).promised
    assert asking.count == 1
    assert (line.student, line.late, line.day) == ("Diego O'Brien-Ruiz", False, due)
    assert from_meetings(cast.amina, due + timedelta(days=1)).promised[0].late
    assert from_meetings(cast.rosa, due).promised == []


def test_a_promise_kept_is_gone(cast: Cast, asked: Referral) -> None:
    decision = decide(item_of(open_now(cast), asked), cast)
    actions.finish_decision(decision=decision, became="Read.", by=cast.amina)
    assert from_meetings(cast.amina, decision.due_on).promised == []


def test_the_next_meeting_is_seen_by_the_team_and_nobody_else(cast: Cast, asking: Asked) -> None:
    planned = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    today = timezone.localdate()
    assert cast.amina.standing
    with asking:
        (line,) = from_meetings(cast.amina, today).coming
    assert asking.count == 1
    assert (line.day, line.late, line.stands) == (planned.on, False, "14:30")
    assert from_meetings(cast.tom, today).coming == from_meetings(cast.linh, today).coming == []
    assert from_meetings(cast.amina, planned.on + timedelta(days=1)).coming[0].late


def test_a_meeting_in_session_says_so(cast: Cast) -> None:
    open_now(cast)
    assert from_meetings(cast.grace, timezone.localdate()).coming[0].stands == "in session"


def test_a_promise_about_a_child_who_became_ones_own_is_not_told(cast: Cast) -> None:
    """Somebody became the guardian of a student after the team had decided."""
    child = make_student(cast.cottonwood, "Leila", "Star")
    with clock.on(timezone.localdate() - timedelta(days=10)):
        told = make_referral(child, cast.tom)
        decision = decide(item_of(open_now(cast), told), cast, nonce=uuid4())
    make_guardian(child, cast.person("amina"))
    assert from_meetings(cast.amina, decision.due_on).promised == []
