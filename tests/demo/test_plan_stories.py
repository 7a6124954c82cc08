"""The three plans of the demonstration: each is whole, and says what it was told for."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from hearth.demo.cast import BY_KEY
from hearth.demo.stories_plan import PLAN_STORIES
from hearth.demo.telling_plan import tell_plans
from hearth.supports.models import Entitlement, Measure, Plan, Tier
from hearth.supports.reading.progress import counted
from hearth.supports.rules.progress import Says
from tests.cast import Cast
from tests.makers import make_user

TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-18T18:00:00Z"):
        yield


def test_they_are_told_once_and_each_prompts_what_it_is_told_for(cast: Cast) -> None:
    make_user(cast.alder, "Wren Abbott", "coordinator", school=cast.larkspur)
    told = tell_plans(cast.alder, today=TODAY, since=date(2026, 7, 1))
    assert told == len(PLAN_STORIES)
    assert not tell_plans(cast.alder, today=TODAY, since=date(2026, 7, 1))
    says = {m.student_id: counted(m).reading.says for m in Measure.objects.all()}
    assert says == {
        cast.diego.pk: Says.STEP_DOWN,
        cast.minh_anh.pk: Says.REVIEW,
        cast.sam.pk: Says.STEP_DOWN,
    }
    assert Measure.objects.get(student=cast.sam.pk).should == "fall"
    assert Tier.objects.filter(ends_on=None).count() == 3
    assert set(Entitlement.objects.values_list("kind", flat=True)) == {"iep", "section_504"}
    assert all(plan.review_on and plan.review_on > date(2026, 11, 1) for plan in Plan.objects.all())


@pytest.mark.parametrize("story", PLAN_STORIES, ids=lambda story: story.student)
def test_a_plan_has_eight_to_twelve_counts_and_people_of_the_cast(story: object) -> None:
    assert 8 <= len(story.counts) <= 12  # type: ignore[attr-defined]
    for who in (story.student, story.counter, story.doer):  # type: ignore[attr-defined]
        assert who in BY_KEY
