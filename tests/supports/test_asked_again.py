"""Asking for an assessment that runs already: the thank-you page says where it stands."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hearth.access.models import Membership
from hearth.people.models import Section, SectionMember
from hearth.supports.actions import legal
from hearth.supports.models import AssessmentRequest, Referral
from tests.cast import Cast
from tests.makers import SOME_DAY

RUNNING, BEGUN = "An assessment is running already", "An assessment was asked for, too"
HIDDEN = "You asked for an assessment, too"
Ask = Callable[..., str]


@pytest.fixture
def ask(client: Client, cast: Cast) -> Ask:
    """Somebody asks for Diego with the tick for a 504 plan, and reads the page of thanks."""

    def asks(by: object, assessment: str = "section_504") -> str:
        client.force_login(by)
        address = client.get(reverse("supports:new"), {"student": cast.diego.pk}).url
        typed = {"strength": "Builds.", "concern": "Reading.", "domain": "academic",
                 "urgency": "soon", "assessment": assessment}  # fmt: skip
        return client.post(address, typed, follow=True).content.decode()

    return asks


@pytest.fixture
def joy_teaches_diego_too(cast: Cast) -> None:
    room = Section.objects.get(title="Grade 4, room 12")
    SectionMember.objects.create(
        district=cast.alder, section=room, person=cast.person("joy"), role="teacher"
    )


def test_the_first_time_tom_reads_that_its_clock_has_started(ask: Ask, cast: Cast) -> None:
    words = ask(cast.tom)
    assert BEGUN in words
    assert RUNNING not in words


@time_machine.travel("2026-09-14 09:00-07:00")
def test_asked_twice_tom_reads_since_when_who_and_by_which_day(ask: Ask, cast: Cast) -> None:
    ask(cast.tom)
    with time_machine.travel("2026-09-21 09:00-07:00"):
        words = ask(cast.tom)
    row = AssessmentRequest.objects.get()
    assert (row.asked_on, row.plan_due_on) == (date(2026, 9, 14), date(2026, 9, 29))
    assert RUNNING in words
    assert BEGUN not in words
    said = words.split(RUNNING)[1].split("</div>")[0]
    for word in ("504 plan", "14 September", row.owner.name, "29 September"):
        assert word in said, word
    assert row.get_absolute_url() in said


def test_one_written_down_before_by_rosa_is_running_and_not_begun_by_tom(
    ask: Ask, cast: Cast
) -> None:
    legal.open_assessment(
        student=cast.diego, kind="section_504", asked_on=date(2026, 9, 14), words="Please.",
        by=cast.rosa,
    )  # fmt: skip
    words = ask(cast.rosa)
    assert RUNNING in words
    assert BEGUN not in words


def test_it_waits_for_the_family_once_they_have_the_plan(ask: Ask, cast: Cast) -> None:
    ask(cast.tom)
    row = AssessmentRequest.objects.get()
    legal.give_plan(assessment=row, on=row.asked_on, by=row.owner)
    assert "waits for the family" in ask(cast.tom).split(RUNNING)[1]


def test_joy_who_may_not_see_it_reads_neither_day_nor_owner(
    ask: Ask, cast: Cast, joy_teaches_diego_too: None
) -> None:
    ask(cast.tom)
    row = AssessmentRequest.objects.get()
    words = ask(cast.joy)
    assert HIDDEN in words
    for word in (RUNNING, BEGUN, row.get_absolute_url(), row.owner.name):
        assert word not in words, word


def test_joy_who_asked_for_none_reads_of_none(
    ask: Ask, cast: Cast, joy_teaches_diego_too: None
) -> None:
    ask(cast.tom)
    words = ask(cast.joy, assessment="")
    assert Referral.objects.filter(referrer=cast.joy).exists()
    for word in (HIDDEN, RUNNING, BEGUN):
        assert word not in words, word


def test_its_owner_reads_it_whoever_began_it(ask: Ask, cast: Cast) -> None:
    ask(cast.tom)
    Membership.objects.create(
        district=cast.alder, user=cast.joy, role="case_manager", school=cast.cottonwood,
        starts=SOME_DAY,
    )  # fmt: skip
    row = AssessmentRequest.objects.get()
    legal.hand_over(assessment=row, owner=cast.joy, by=cast.rosa)
    SectionMember.objects.create(
        district=cast.alder, section=Section.objects.get(title="Grade 4, room 12"),
        person=cast.person("joy"), role="teacher",
    )  # fmt: skip
    assert RUNNING in ask(cast.joy)
