"""What Today hears from the team's meetings."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hearth.demo import clock
from hearth.supports.actions import meeting as actions
from hearth.supports.models import Referral
from hearth.supports.waits.meeting import meetings, waits
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
    assert waits(cast.amina, today) == []
    assert cast.amina.standing
    with asking:
        (line,) = waits(cast.amina, due)
    assert asking.count == 1
    assert (line.student, line.late, line.day) == ("Diego O'Brien-Ruiz", False, due)
    assert waits(cast.amina, due + timedelta(days=1))[0].late
    assert waits(cast.rosa, due) == []


def test_a_promise_kept_is_gone(cast: Cast, asked: Referral) -> None:
    decision = decide(item_of(open_now(cast), asked), cast)
    actions.finish_decision(decision=decision, became="Read.", by=cast.amina)
    assert waits(cast.amina, decision.due_on) == []


def test_the_next_meeting_is_seen_by_the_team_and_nobody_else(cast: Cast, asking: Asked) -> None:
    planned = actions.plan_next(school=cast.cottonwood, by=cast.rosa)
    today = timezone.localdate()
    assert cast.amina.standing
    with asking:
        (line,) = meetings(cast.amina, today)
    assert asking.count == 1
    assert (line.day, line.late, line.stands) == (planned.on, False, "14:30")
    assert meetings(cast.tom, today) == meetings(cast.linh, today) == []
    assert meetings(cast.amina, planned.on + timedelta(days=1))[0].late


def test_a_meeting_in_session_says_so(cast: Cast) -> None:
    open_now(cast)
    assert meetings(cast.grace, timezone.localdate())[0].stands == "in session"


def test_a_promise_about_a_child_who_became_ones_own_is_not_told(cast: Cast) -> None:
    """Somebody became the guardian of a student after the team had decided."""
    child = make_student(cast.cottonwood, "Leila", "Star")
    with clock.on(timezone.localdate() - timedelta(days=10)):
        told = make_referral(child, cast.tom)
        decision = decide(item_of(open_now(cast), told), cast, nonce=uuid4())
    make_guardian(child, cast.person("amina"))
    assert waits(cast.amina, decision.due_on) == []
