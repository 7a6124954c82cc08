"""A team for Cottonwood and a meeting of it, for every test that needs one."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from hearth.supports.actions import meeting as actions
from hearth.supports.actions import team as teams
from hearth.supports.models import AgendaItem, Decision, Meeting, Part, Referral, Team
from tests.cast import Cast


def set_up(cast: Cast, **rhythm: Any) -> Team:
    """Cottonwood's team: Rosa leads, Amina takes notes, Grace is there; every Tuesday."""
    school, by = cast.cottonwood, cast.rosa
    teams.choose_members(
        school=school, by=by,
        members={cast.rosa: Part.FACILITATOR, cast.amina: Part.NOTES, cast.grace: Part.MEMBER},
    )  # fmt: skip
    teams.agree_norms(school=school, norms="Strengths first.", by=by)
    teams.set_rhythm(
        school=school, by=by,
        **{"weekday": 1, "every_weeks": 1, "minutes": 45, "starts_at": time(14, 30), **rhythm},
    )  # fmt: skip
    teams.put_on_call(school=school, on_call=cast.amina, on_call_next=cast.grace, by=by)
    return teams.finish(school=school, by=by)


def open_now(cast: Cast) -> Meeting:
    meeting = actions.plan_next(school=cast.cottonwood, by=cast.rosa, on=timezone.localdate())
    actions.open_meeting(meeting=meeting, by=cast.rosa)
    return meeting


def item_of(meeting: Meeting, referral: Referral) -> AgendaItem:
    return meeting.items.get(referral=referral)


def decide(
    item: AgendaItem, cast: Cast, words: str = "Read with a partner.", **more: Any
) -> Decision:
    given = {"owner": cast.amina, "due_on": timezone.localdate() + timedelta(days=7),
             "nonce": uuid4(), "by": cast.rosa, **more}  # fmt: skip
    return actions.decide(item=item, words=words, **given)
