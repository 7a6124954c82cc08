"""The demo's team, told in a district as small as a test's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.demo.cast import SCHOOL
from hearth.demo.stories_meeting import DRUMMER, GREETER, MAP_MAKER, tell_meetings
from hearth.supports.models import Decision, Meeting, Team
from tests.cast import Cast
from tests.makers import SOME_DAY, make_person, make_section, make_student, make_user


@pytest.fixture
def told(cast: Cast) -> date:
    for story in (MAP_MAKER, GREETER, DRUMMER):
        student = make_student(cast.cottonwood, "Child", story.key, grade=story.grade)
        teacher = make_user(cast.alder, "A teacher", "teacher", school=cast.cottonwood)
        person = make_person(cast.alder, "A", "Teacher", user=teacher)
        make_section(cast.cottonwood, story.key, person, student)
    today = timezone.localdate()
    assert tell_meetings(cast.alder, today=today, since=SOME_DAY)
    return today


def test_cottonwood_has_minutes_one_kept_promise_and_one_that_is_late(
    cast: Cast, told: date
) -> None:
    held = Meeting.objects.get(closed_at__isnull=False)
    assert held.school == cast.cottonwood
    assert held.present.count() == 4
    open_ones = Decision.objects.filter(done_on=None)
    assert Decision.objects.exclude(done_on=None).count() == 1
    assert [one.due_on < told for one in open_ones.order_by("due_on")] == [True, False]
    assert held.items.get(referral__domain="social_emotional").taken == "carried"


def test_the_next_one_is_planned_and_larkspur_has_no_team(cast: Cast, told: date) -> None:
    assert Meeting.objects.get(closed_at=None).on > told
    assert not Team.objects.filter(school=cast.larkspur).exists()
    assert SCHOOL["larkspur"].source_id == cast.larkspur.source_id


def test_telling_it_twice_adds_nothing(cast: Cast, told: date) -> None:
    assert not tell_meetings(cast.alder, today=told + timedelta(days=1), since=SOME_DAY)
    assert Meeting.objects.count() == 2
