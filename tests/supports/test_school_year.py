"""The school year turns at midnight, as the district's own clocks show it, and nothing is lost."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.access.models import Membership, User
from hearth.demo.load import Wanted
from hearth.schools.actions import set_closed_days
from hearth.schools.models import Calendar
from hearth.supports import actions
from hearth.supports.front.today import waiting_on
from hearth.supports.models import Referral
from tests.cast import Cast
from tests.makers import make_referral, make_user

PACIFIC = ZoneInfo("America/Los_Angeles")
LAST, FIRST = date(2027, 6, 30), date(2027, 7, 1)
SCHOOL_BEGINS = date(2027, 8, 16)
# In California it is still June when Greenwich has had July for almost seven hours.
BEFORE = time_machine.travel("2027-07-01 06:59:30+00:00", tick=False)
AFTER = time_machine.travel("2027-07-01 07:00:30+00:00", tick=False)


@pytest.fixture
def summer(cast: Cast) -> None:
    """From the sixth of June to the day on which school begins, nobody teaches."""
    days = (SCHOOL_BEGINS - timedelta(days=n) for n in range(1, 72))
    closed = [(day, "break", "Summer") for day in days if day.weekday() < 5]
    set_closed_days(district=cast.alder, days=closed)


def again(user: User) -> User:
    """The same person at their next request."""
    return User.objects.get(pk=user.pk)


def test_the_day_is_the_districts_and_not_greenwichs() -> None:
    with BEFORE:
        assert timezone.localdate() == LAST
    with AFTER:
        assert timezone.localdate() == FIRST


def test_a_question_asked_before_midnight_is_of_june_and_owed_in_august(
    cast: Cast, summer: None
) -> None:
    with BEFORE:
        in_june = make_referral(cast.diego, cast.tom)
    with AFTER:
        in_july = make_referral(cast.minh_anh, cast.tom)
    assert (in_june.since, in_july.since) == (LAST, FIRST)
    assert in_june.answer_due_on == in_july.answer_due_on == date(2027, 8, 20)
    assert in_june.next_on == in_july.next_on == date(2027, 8, 17)


def test_no_school_day_passes_in_summer(cast: Cast, summer: None) -> None:
    calendar = Calendar()
    assert calendar.days_until(LAST, FIRST) == 0
    assert calendar.days_until(LAST, SCHOOL_BEGINS) == 1
    assert calendar.after(LAST, 1) == calendar.after(FIRST, 1) == SCHOOL_BEGINS


def test_an_open_referral_is_open_in_the_new_year_and_not_late(
    cast: Cast, summer: None, client: Client
) -> None:
    with BEFORE:
        asked = make_referral(cast.diego, cast.tom)
        actions.triage(referral=asked, why="We meet in August.", by=cast.rosa)
    with AFTER:
        waiting = waiting_on(again(cast.rosa), timezone.localdate())
        assert [(line.pk, line.late) for line in waiting.without_owner] == [(asked.pk, False)]
        assert not waiting.late_answers
        client.force_login(cast.rosa)
        assert "Diego" in client.get(reverse("supports:board")).content.decode()
        actions.assign(referral=asked, owner=cast.amina, by=cast.rosa)
    steps = [(move.went_to, timezone.localdate(move.at)) for move in asked.moves.order_by("pk")]
    assert steps == [("submitted", LAST), ("triaged", LAST), ("assigned", FIRST)]
    assert asked.answer_due_on == date(2027, 8, 20)


def test_whoever_coordinates_next_year_takes_the_open_referrals_over(
    cast: Cast, summer: None
) -> None:
    with BEFORE:
        asked = make_referral(cast.diego, cast.tom)
    Membership.objects.filter(user=cast.rosa).update(ends=LAST)
    nadia = make_user(cast.alder, "Nadia Flores", "coordinator", school=cast.cottonwood)
    Membership.objects.filter(user=nadia).update(starts=FIRST)
    with BEFORE:
        assert asked in Referral.objects.visible_to(again(cast.rosa))
        assert asked not in Referral.objects.visible_to(again(nadia))
    with AFTER:
        assert asked not in Referral.objects.visible_to(again(cast.rosa))
        assert asked in Referral.objects.visible_to(again(nadia))


def test_the_demonstration_is_of_the_year_that_has_begun(tmp_path: object) -> None:
    years = [Wanted(tmp_path, 10, 1, day).year for day in (LAST, FIRST)]
    assert years == [2026, 2027]
