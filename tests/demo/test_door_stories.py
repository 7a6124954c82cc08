"""The demonstration's door: open, with people waiting at it in two languages."""

from datetime import date

from hearth.demo.stories_door import tell_door
from hearth.supports.actions import door
from hearth.supports.models import HelpRequest, SafetyCall
from tests.cast import Cast

A_TUESDAY = date(2026, 11, 17)


def test_four_people_knock_at_cottonwood_and_one_is_answered(cast: Cast) -> None:
    assert tell_door(cast.alder, today=A_TUESDAY) == 4
    assert door.is_open(cast.cottonwood)
    assert HelpRequest.objects.waiting().count() == 3
    assert HelpRequest.objects.to_tell().count() == 1
    assert {asked.language for asked in HelpRequest.objects.all()} == {"en", "es"}


def test_nobody_of_them_is_in_danger(cast: Cast) -> None:
    tell_door(cast.alder, today=A_TUESDAY)
    assert not SafetyCall.objects.exists()


def test_telling_it_twice_adds_nothing(cast: Cast) -> None:
    tell_door(cast.alder, today=A_TUESDAY)
    assert tell_door(cast.alder, today=A_TUESDAY) == 0


def test_nobody_knocks_on_a_weekend(cast: Cast) -> None:
    tell_door(cast.alder, today=A_TUESDAY)
    assert all(asked.asked_at.weekday() < 5 for asked in HelpRequest.objects.all())
