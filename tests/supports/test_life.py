"""The life of a referral under every order of verbs, legal or not; the database agrees with a small
model at each step."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hearth.audit.models import Event
from hearth.schools.models import ClosedDay
from hearth.supports import actions
from hearth.supports.models import ClosedBecause, Move, Referral, State
from hearth.supports.rules import LEGAL, OWNED, WITH_SERVICE, NotAllowed
from tests.cast import Cast
from tests.makers import make_referral, make_user

# Which verb leads where. `assign` is the only way back from closed.
VERBS: dict[str, str] = {
    "triage": "triaged",
    "assign": "assigned",
    "begin_assessing": "assessing",
    "set_plan": "planned",
    "refer_to_service": "referred",
    "put_on_waiting_list": "waitlisted",
    "confirm_first_service": "linked",
    "begin_monitoring": "monitoring",
    "close": "closed",
}
LAST_OF_TERM = date(2026, 12, 17)  # a Thursday; winter break begins on the Monday


class Life(RuleBasedStateMachine):
    """One referral, five people, any order of verbs, days passing, a move to another school."""

    # In a dict, because Hypothesis asks each attribute of the class whether it is a rule.
    around: ClassVar[dict[str, Any]] = {}

    @property
    def cast(self) -> Cast:
        return self.around["cast"]

    @initialize()
    def somebody_asks(self) -> None:
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.clock = time_machine.travel("2026-12-17 09:00-08:00", tick=False)
        self.now = self.clock.start()
        cast = self.cast
        self.referral = make_referral(cast.diego, cast.tom)
        self.team = [cast.rosa, cast.amina, cast.grace]
        self.state, self.steps, self.at = "submitted", ["submitted"], cast.cottonwood

    @rule(verb=st.sampled_from(sorted(VERBS)), who=st.integers(0, 2))
    def anybody_presses_anything(self, verb: str, who: int) -> None:
        self.somebody_tries(verb, who)

    def somebody_tries(self, verb: str, who: int) -> None:
        by, to = self.team[who % len(self.team)], VERBS[verb]
        before = Event.objects.count()
        stale = Referral.objects.get(pk=self.referral.pk)  # as the other one saw it
        try:
            with transaction.atomic():
                getattr(actions, verb)(referral=stale, by=by, **self._needs(verb))
        except NotAllowed:
            assert to not in LEGAL[self.state], (self.state, verb)
            assert Event.objects.count() == before
        else:
            assert to in LEGAL[self.state], (self.state, verb)
            self.state = to
            self.steps.append(to)

    @rule(which=st.integers(0, 3), who=st.integers(0, 2))
    def somebody_takes_an_open_step(self, which: int, who: int) -> None:
        """So that the far states are reached, too, and not only the first."""
        open_verbs = [verb for verb, to in VERBS.items() if to in LEGAL[self.state]]
        self.somebody_tries(open_verbs[which % len(open_verbs)], who)

    @rule(days=st.integers(1, 30))
    def days_pass(self, days: int) -> None:
        self.now.shift(timedelta(days=days))

    @rule()
    def diego_moves(self) -> None:
        """To Larkspur or back; the team that is left hands the referral over, if it is open."""
        cast = self.cast
        to = cast.larkspur if self.at == cast.cottonwood else cast.cottonwood
        cast.diego.school = to
        cast.diego.save()
        try:
            with transaction.atomic():
                actions.hand_over_school(
                    referral=self.referral, school=to, why="He moved.", by=self.team[0]
                )
        except NotAllowed:
            assert self.state == "closed"
            cast.diego.school = self.at
            cast.diego.save()
            return
        self.at, self.team = to, self._team_of(to)
        if self.state in OWNED:
            self.steps += ["closed", "assigned"]
            self.state = "assigned"

    @invariant()
    def the_row_keeps_its_promises(self) -> None:
        if not hasattr(self, "referral"):
            return
        row = Referral.objects.get(pk=self.referral.pk)
        assert row.state == self.state
        assert row.school == self.at
        assert (row.next_on is None) == (self.state == "closed")
        assert (row.closed_because == "") == (self.state != "closed")
        if self.state in OWNED:
            assert row.owner in self.team
        if self.state in WITH_SERVICE:
            assert row.service
        if self.state == "linked":
            assert row.first_service_on
        if row.next_on and self.state != "waitlisted":
            assert row.next_on.weekday() < 5
            assert not ClosedDay.objects.filter(day=row.next_on).exists()
        said = Move.objects.filter(referral=row).order_by("pk").values_list("went_to", flat=True)
        assert list(said) == self.steps
        assert row.pk in [r.pk for r in Referral.objects.visible_to(self.team[0])]

    def teardown(self) -> None:
        if hasattr(self, "inside"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)
            self.cast.diego.refresh_from_db()

    def _needs(self, verb: str) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "triage": {"why": "Read."},
            "assign": {"owner": self.team[-1]},
            "set_plan": {"why": "Reading pair."},
            "refer_to_service": {"service": "Tutoring", "provider": "Valley"},
            "put_on_waiting_list": {"until": today + timedelta(days=3)},
            "confirm_first_service": {"on": today},
            "close": {"because": ClosedBecause.GOAL_MET},
        }.get(verb, {})

    def _team_of(self, school: Any) -> list[Any]:
        cast = self.cast
        return (
            [cast.rosa, cast.amina, cast.grace]
            if school == cast.cottonwood
            else [self.around["wen"]]
        )


@pytest.fixture
def winter(cast: Cast) -> None:
    days = [date(2026, 12, 21) + timedelta(days=n) for n in range(19)]
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=day, kind="break", name="Winter break")
        for day in days
        if day.weekday() < 5
    )


def test_a_referral_lives_legally_whatever_people_try(cast: Cast, winter: None) -> None:
    wen = make_user(cast.alder, "Wen Li", "coordinator", school=cast.larkspur)
    Life.around.update(cast=cast, wen=wen)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_verb_leads_to_a_state_and_every_state_but_the_first_two_has_a_verb() -> None:
    assert set(VERBS.values()) == set(State.values) - {"submitted", "safety"}
    assert set(LEGAL) == set(State.values)


@time_machine.travel("2026-12-17 09:00-08:00")
def test_every_date_of_a_referral_jumps_over_winter_break(
    cast: Cast, winter: None, asked: Referral
) -> None:
    row = make_referral(cast.minh_anh, cast.tom)
    assert row.next_on == date(2027, 1, 11)  # Friday, then the Monday students return
    assert row.answer_due_on == date(2027, 1, 14)
    actions.triage(referral=row, why="Read.", by=cast.rosa)
    actions.assign(referral=row, owner=cast.amina, by=cast.rosa)
    assert row.next_on == date(2027, 1, 12)


def test_a_school_year_rolls_over_with_open_cases_and_nothing_is_lost(cast: Cast) -> None:
    """The last day of June and the first of July are one summer for whoever waits."""
    with time_machine.travel("2027-06-30 23:59-07:00"):
        row = make_referral(cast.diego, cast.tom)
        actions.triage(referral=row, why="Read.", by=cast.rosa)
    with time_machine.travel("2027-07-01 00:01-07:00"):
        actions.assign(referral=row, owner=cast.amina, by=cast.rosa)
        assert row.since == date(2027, 7, 1)
    with time_machine.travel("2027-08-16 09:00-07:00"):
        actions.begin_assessing(referral=row, by=cast.amina)
    assert row.moves.count() == 4
    assert [r.pk for r in Referral.objects.visible_to(cast.rosa).open()] == [row.pk]
