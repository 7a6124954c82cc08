"""The demonstration shows an assessment that runs, a promise kept and one that is late."""

from datetime import date

import pytest
import time_machine

from hearth.demo.stories_legal import tell_legal
from hearth.supports.models import AssessmentRequest, InsteadOfDiscipline
from tests.cast import Cast
from tests.makers import make_section, make_student

SINCE = date(2026, 7, 1)


@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2027, 1, 12), date(2026, 9, 7)])
def test_one_is_late_one_was_kept_and_one_assessment_runs(cast: Cast, today: date) -> None:
    painter = make_student(cast.cottonwood, "Ada", "Example", grade="02")
    keeper = make_student(cast.cottonwood, "Bo", "Example", grade="04")
    make_section(cast.cottonwood, "Grade 2, room 3", cast.person("amina"), painter)
    make_section(cast.cottonwood, "Kickball", cast.person("tom"), keeper)
    keeper.person.identities.create(district=cast.alder, gender="M", valid_from=SINCE)
    amina = cast.person("amina")
    amina.user = None
    amina.save()
    with time_machine.travel(f"{today}T18:00:00Z"):
        assert tell_legal(cast.alder, today=today, since=SINCE)
        assert not tell_legal(cast.alder, today=today, since=SINCE)
    [row] = AssessmentRequest.objects.all()
    assert row.plan_due_on > today
    assert row.owner == cast.grace
    late, kept = InsteadOfDiscipline.objects.order_by("-asked_at")
    assert (late.student, late.told_at) == (keeper, None)
    assert late.due_on < today
    assert kept.told_at.date() <= kept.due_on


def test_a_tiny_district_has_fewer_stories_and_none_breaks(cast: Cast) -> None:
    assert tell_legal(cast.alder, today=date(2026, 11, 18), since=SINCE)
    assert InsteadOfDiscipline.objects.count() == 1
