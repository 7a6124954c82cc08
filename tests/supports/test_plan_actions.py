"""The verbs of plans, tiers and counts, with named people and days."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from hearth.audit.models import Event
from hearth.schools.actions import set_closed_days
from hearth.supports.actions import plan as plans
from hearth.supports.actions import progress, tier
from hearth.supports.actions.plan import NewGoal, NewStrategy
from hearth.supports.models import Entitlement, Measure, Plan, PlanReview, Point, Strategy, Tier
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.plans import make_measure, make_plan, tier_words


def _old_words(table: Any, column: str) -> list[Any]:
    """What stood in a column before each change, from the row's history."""
    return list(table.pgh_event_model.objects.order_by("pgh_id").values_list(column, flat=True))


def test_a_plan_is_looked_at_again_after_six_weeks_of_school(cast: Cast) -> None:
    """Thirty school days from Monday 2 November 2026, over Thanksgiving and the winter break."""
    days = [date(2026, 11, n) for n in (11, 23, 24, 25, 26, 27)]
    days += [date(2026, 12, n) for n in (21, 22, 23, 24, 25, 28, 29, 30, 31)] + [date(2027, 1, 1)]
    set_closed_days(district=cast.alder, days=[(day, "break", "break") for day in days])
    with time_machine.travel("2026-11-02T17:00:00Z", tick=False):
        plan = make_plan(cast.diego, cast.rosa)
    assert plan.review_on == date(2027, 1, 5)


def test_the_team_may_look_sooner_but_not_after_eight_weeks(cast: Cast) -> None:
    with time_machine.travel("2026-11-02T17:00:00Z", tick=False):
        sooner = make_plan(cast.diego, cast.rosa, review_on=date(2026, 11, 9))
        assert sooner.review_on == date(2026, 11, 9)
        for wrong in (date(2026, 11, 2), date(2027, 2, 1)):
            with pytest.raises(NotAllowed):
                make_plan(cast.diego, cast.rosa, review_on=wrong)
    assert Plan.objects.count() == 1


def test_a_form_sent_twice_is_one_plan(cast: Cast) -> None:
    key = uuid4()
    first = make_plan(cast.diego, cast.rosa, nonce=key)
    assert make_plan(cast.diego, cast.rosa, nonce=key).pk == first.pk
    assert first.goals.count() == 1
    assert Event.objects.filter(verb="plan_written").count() == 1
    with pytest.raises(NotAllowed):
        make_plan(cast.minh_anh, cast.rosa, nonce=key)


def test_nobodys_plan_is_a_plan_without_a_goal_or_without_a_doer(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="one goal"):
        make_plan(cast.diego, cast.rosa, goals=[])
    with pytest.raises(NotAllowed, match="who does it"):
        make_plan(cast.diego, cast.rosa, strategies=[NewStrategy("Reads aloud", "daily")])
    assert not Plan.objects.exists()


def test_a_plan_needs_a_strength_in_the_database_too(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(cast.diego, cast.rosa, builds_on=" ")


def test_a_plan_comes_from_a_referral_of_the_same_student_only(cast: Cast) -> None:
    asked = make_referral(cast.diego, cast.tom)
    assert make_plan(cast.diego, cast.rosa, referral=asked).referral == asked
    with pytest.raises(NotAllowed):
        make_plan(cast.minh_anh, cast.rosa, referral=asked)


def test_changing_what_is_done_ends_the_old_and_marks_the_counts(cast: Cast) -> None:
    with time_machine.travel("2026-09-07T17:00:00Z", tick=False):
        plan = make_plan(cast.diego, cast.rosa)
        measure = make_measure(plan, cast.rosa)
    with time_machine.travel("2026-10-05T17:00:00Z", tick=False):
        [old] = plan.strategies.all()
        new = NewStrategy("Reads with Marcus", "twice a week", doer_name="Marcus Hale")
        plans.change_strategy(strategy=old, instead=new, by=cast.rosa)
        with pytest.raises(NotAllowed, match="ended this already"):
            plans.change_strategy(strategy=old, instead=new, by=cast.amina)
    old.refresh_from_db()
    assert old.ends_on == date(2026, 10, 5)
    assert [s.what for s in plan.strategies.filter(ends_on=None)] == ["Reads with Marcus"]
    [phase] = measure.phases.all()
    assert (phase.on, phase.words) == (date(2026, 10, 5), "Reads with Marcus")


def test_two_changes_on_one_day_are_one_mark(cast: Cast) -> None:
    with time_machine.travel("2026-09-07T17:00:00Z", tick=False):
        plan = make_plan(cast.diego, cast.rosa)
        measure = make_measure(plan, cast.rosa)
    for what in ("Reads to the dog", "Reads to Grace"):
        new = NewStrategy(what, "weekly", doer=cast.grace)
        plans.add_strategy(plan=plan, strategy=new, by=cast.rosa)
    assert measure.phases.count() == 1


def test_going_on_sets_the_next_day_and_keeps_the_review(cast: Cast) -> None:
    plan = make_plan(cast.diego, cast.rosa)
    review = plans.review_plan(
        plan=plan, decided="continue", as_planned=True, words="It helps.", by=cast.amina
    )
    plan.refresh_from_db()
    assert plan.review_on == review.next_review_on
    with pytest.raises(NotAllowed, match="kept already"):
        plans.review_plan(
            plan=plan, decided="continue", as_planned=True, words="It helps.", by=cast.amina
        )
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        PlanReview.objects.filter(pk=review.pk).update(words="Otherwise")


@pytest.mark.parametrize("decided", ["step_up", "step_down", "change"])
def test_a_review_changes_no_tier_by_itself(cast: Cast, decided: str) -> None:
    plan = make_plan(cast.diego, cast.rosa)
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    plans.review_plan(plan=plan, decided=decided, as_planned=None, words="So it is.", by=cast.rosa)
    assert [t.level for t in Tier.objects.filter(ends_on=None)] == [2]


def test_ending_a_plan_ends_what_is_done_and_counted_and_erases_nothing(cast: Cast) -> None:
    plan = make_plan(cast.diego, cast.rosa)
    measure = make_measure(plan, cast.rosa)
    plans.review_plan(plan=plan, decided="end", as_planned=True, words="He reads.", by=cast.rosa)
    plan.refresh_from_db()
    assert (plan.review_on, plan.ended_because) == (None, "He reads.")
    assert not Strategy.objects.filter(ends_on=None).exists()
    assert not Measure.objects.filter(ended_on=None).exists()
    for wrong in (
        lambda: plans.end_plan(plan=plan, because="Again.", by=cast.rosa),
        lambda: progress.add_point(
            measure=measure, on=measure.baseline_on, value=Decimal(1), by=cast.rosa
        ),
    ):
        with pytest.raises(NotAllowed):
            wrong()


def test_a_goal_met_by_mistake_is_taken_back(cast: Cast) -> None:
    goal = make_plan(cast.diego, cast.rosa).goals.get()
    plans.meet_goal(goal=goal, by=cast.rosa)
    goal.refresh_from_db()
    assert goal.met_on
    plans.meet_goal(goal=goal, by=cast.rosa)
    goal.refresh_from_db()
    assert goal.met_on is None


def test_a_change_of_tier_ends_the_old_one_with_its_reason(cast: Cast) -> None:
    second = tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    third = tier.set_tier(
        student=cast.diego, by=cast.amina,
        **tier_words(level=3, reason="Six weeks did not help.", instead_of=second.pk),
    )  # fmt: skip
    second.refresh_from_db()
    assert (second.ends_on, second.ended_because) == (third.starts_on, "Six weeks did not help.")
    tier.end_tier(tier=third, because="Reads with the class.", by=cast.rosa)
    assert not Tier.objects.filter(ends_on=None).exists()
    assert Event.objects.filter(student_id=cast.diego.pk, verb__startswith="tier_").count() == 4


def test_each_domain_has_its_own_tier(cast: Cast) -> None:
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words(domain="attendance"))
    assert Tier.objects.filter(ends_on=None).count() == 2


def test_of_two_people_changing_a_tier_the_second_is_told(cast: Cast) -> None:
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    with pytest.raises(NotAllowed, match="changed this just now"):  # Amina's form was older
        tier.set_tier(student=cast.diego, by=cast.amina, **tier_words(level=3))
    assert [t.level for t in Tier.objects.filter(ends_on=None)] == [2]


def test_at_the_same_moment_the_database_lets_one_through(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote: the constraint decides, in words."""
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    monkeypatch.setattr(tier, "_standing", lambda student, domain: None)
    with pytest.raises(NotAllowed, match="changed this just now"):
        tier.set_tier(student=cast.diego, by=cast.amina, **tier_words(level=3))
    assert [t.level for t in Tier.objects.filter(ends_on=None)] == [2]


def test_an_iep_is_one_and_its_earlier_words_stay_in_history(cast: Cast) -> None:
    words = {
        "student": cast.diego, "kind": "iep", "case_manager": cast.tom,
        "starts_on": date(2026, 9, 1), "review_on": date(2027, 9, 1), "by": cast.amina,
    }  # fmt: skip
    first = tier.keep_entitlement(accommodations="More time", **words)
    again = tier.keep_entitlement(accommodations="More time, a quiet place", **words)
    assert first.pk == again.pk
    assert _old_words(Entitlement, "accommodations") == ["More time"]
    with pytest.raises(NotAllowed):
        tier.end_entitlement(entitlement=first, on=date(2026, 8, 1), by=cast.amina)
    tier.end_entitlement(entitlement=first, on=date(2027, 6, 1), by=cast.amina)
    tier.keep_entitlement(accommodations="More time", **words)
    assert Entitlement.objects.count() == 2


def test_a_count_sent_twice_is_one_and_another_is_refused(cast: Cast) -> None:
    measure = make_measure(make_plan(cast.diego, cast.rosa), cast.rosa)
    on = measure.baseline_on
    first = progress.add_point(measure=measure, on=on, value=Decimal(41), by=cast.tom)
    assert progress.add_point(measure=measure, on=on, value=Decimal("41.0"), by=cast.tom) == first
    with pytest.raises(NotAllowed, match="has a count already"):
        progress.add_point(measure=measure, on=on, value=Decimal(44), by=cast.rosa)


def test_no_count_from_tomorrow_or_from_before_the_first(cast: Cast) -> None:
    measure = make_measure(make_plan(cast.diego, cast.rosa), cast.rosa)
    for wrong in (date(2999, 1, 1), date(2000, 1, 1)):
        with pytest.raises(NotAllowed):
            progress.add_point(measure=measure, on=wrong, value=Decimal(1), by=cast.tom)


def test_a_mended_and_a_removed_count_stay_in_history(cast: Cast) -> None:
    measure = make_measure(make_plan(cast.diego, cast.rosa), cast.rosa)
    point = progress.add_point(
        measure=measure, on=measure.baseline_on, value=Decimal(14), by=cast.tom
    )
    progress.correct_point(point=point, value=Decimal(41), note="typed wrong", by=cast.tom)
    progress.remove_point(point=point, by=cast.rosa)
    assert not Point.objects.exists()
    assert _old_words(Point, "value") == [14, 41]


def test_a_change_is_marked_once_a_day(cast: Cast) -> None:
    measure = make_measure(make_plan(cast.diego, cast.rosa), cast.rosa)
    on = measure.baseline_on
    progress.mark_change(measure=measure, on=on, words="A new book", by=cast.tom)
    for wrong in (on, date(2999, 1, 1)):
        with pytest.raises(NotAllowed):
            progress.mark_change(measure=measure, on=wrong, words="Again", by=cast.tom)


def test_a_measure_must_lead_where_it_should(cast: Cast) -> None:
    plan = make_plan(cast.diego, cast.rosa)
    for wrong in (
        {"should": "fall"},
        {"target": Decimal(40)},
        {"target_on": date(2026, 9, 7)},
    ):
        with pytest.raises(NotAllowed):
            make_measure(plan, cast.rosa, **wrong)
    assert not Measure.objects.exists()


def test_the_first_goal_said_twice_is_one(cast: Cast) -> None:
    plan = make_plan(cast.diego, cast.rosa)
    goal = NewGoal("I read a whole chapter", "student", "academic")
    plans.add_goal(plan=plan, goal=goal, by=cast.rosa)
    plans.add_goal(plan=plan, goal=goal, by=cast.rosa)
    assert plan.goals.filter(words=goal.words).count() == 1
