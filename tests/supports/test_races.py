"""Two people press at the same moment, on two connections: one is done, the other is told."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.access.models import User
from hearth.audit.models import Event
from hearth.schools.acting import acting_for
from hearth.supports import actions
from hearth.supports.actions import door
from hearth.supports.actions import meeting as meetings
from hearth.supports.models import HelpRequest, Meeting, Move, Referral, Team
from hearth.supports.rules import NotAllowed
from tests.cast import Cast, world
from tests.makers import make_referral, make_student
from tests.supports.racing import at_once
from tests.supports.teams import decide, item_of, open_now, set_up

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[Callable[[], None]], Any]
SAID = {"asker": "family", "about_name": "Diego", "strength": "Builds.", "concern": "Tired.",
        "urgency": "soon"}  # fmt: skip


@pytest.fixture
def committed() -> Cast:
    """The cast as other connections see it: what is made for it here holds at once."""
    return world()


def refused(came: list[Any]) -> list[str]:
    """The words of those who were told; anything else that went wrong is a fault of its own."""
    wrong = [c for c in came if isinstance(c, Exception) and not isinstance(c, NotAllowed)]
    assert not wrong, wrong
    return [str(c) for c in came if isinstance(c, NotAllowed)]


def test_rosa_and_grace_take_up_the_same_referral(committed: Cast) -> None:
    cast = committed
    with acting_for(cast.alder.pk):
        referral = make_referral(cast.diego, cast.tom)
        people = [cast.rosa, cast.grace]

    def triage(by: User) -> Act:
        def act(ready: Callable[[], None]) -> None:
            mine = Referral.objects.get(pk=referral.pk)
            assert mine.state == "submitted"
            ready()
            actions.triage(referral=mine, why="Read.", by=by)

        return act

    told = refused(at_once(cast.alder.pk, *map(triage, people)))
    assert len(told) == 1
    assert "sorted" in told[0]
    with acting_for(cast.alder.pk):
        assert Move.objects.filter(referral=referral, went_to="triaged").count() == 1
        assert Event.objects.filter(verb="referral_triaged").count() == 1


def test_rosa_and_grace_close_the_same_meeting(committed: Cast) -> None:
    cast = committed
    with acting_for(cast.alder.pk):
        referral = make_referral(cast.diego, cast.tom)
        set_up(cast)
        held = open_now(cast)
        decide(item_of(held, referral), cast, answer="We read on Tuesdays.")
        people = [cast.rosa, cast.grace]

    def close(by: User) -> Act:
        def act(ready: Callable[[], None]) -> None:
            mine = Meeting.objects.get(pk=held.pk)
            assert mine.closed_at is None
            ready()
            meetings.close_meeting(meeting=mine, by=by)

        return act

    assert len(refused(at_once(cast.alder.pk, *map(close, people)))) == 1
    with acting_for(cast.alder.pk):
        assert Event.objects.filter(verb="meeting_closed").count() == 1
        # Tom hears once.
        assert Event.objects.filter(verb="answered", about_id=referral.pk).count() == 1
        referral.refresh_from_db()
        assert referral.answer == "We read on Tuesdays."


@pytest.mark.parametrize("second", ["another student", "the referral that is open"])
def test_rosa_and_grace_take_up_the_same_request_at_the_door(committed: Cast, second: str) -> None:
    cast = committed
    with acting_for(cast.alder.pk):
        Team.objects.create(district=cast.alder, school=cast.cottonwood, door_open=True)
        before = make_referral(cast.diego, cast.tom)
        other = make_student(cast.cottonwood, "Noor", "Haidari")
        asked = door.ask_at_door(school=cast.cottonwood, said=SAID)
        rosa, grace, diego = cast.rosa, cast.grace, cast.diego

    def of_rosa(ready: Callable[[], None]) -> Referral:
        mine = HelpRequest.objects.get(pk=asked.pk)
        assert mine.is_waiting
        ready()
        return door.join(request=mine, student=diego, domain="academic", by=rosa)

    def of_grace(ready: Callable[[], None]) -> Referral:
        mine = HelpRequest.objects.get(pk=asked.pk)
        assert mine.is_waiting
        ready()
        if second == "another student":
            return door.join(request=mine, student=other, domain="academic", by=grace)
        return door.join_open(request=mine, referral=before, by=grace)

    came = at_once(cast.alder.pk, of_rosa, of_grace)
    told = refused(came)
    assert len(told) == 1
    assert "has taken it up already" in told[0]
    won = next(c for c in came if isinstance(c, Referral))
    with acting_for(cast.alder.pk):
        asked.refresh_from_db()
        assert asked.referral_id == won.pk
        assert Event.objects.filter(verb="request_joined").count() == 1
        made = Referral.objects.exclude(pk=before.pk)
        assert [row.pk for row in made] == ([] if won.pk == before.pk else [won.pk])
