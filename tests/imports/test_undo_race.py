"""Priya takes a roster back at the very moment at which figures are being built from it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest

from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.insight.mart.told import give_keys
from hearth.insight.models import FactKey
from hearth.people.models import Person
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests import makers
from tests.imports import rosters
from tests.supports.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = 1.5  # seconds: long enough for the other to come as far as the lock


@pytest.fixture
def maple() -> District:
    return makers.make_district("Maple Valley Unified", "maple")


@pytest.fixture
def loaded(maple: District, tmp_path: Path) -> ImportRun:
    with acting_for(maple.pk):
        folder = rosters.write(tmp_path / "first")
        run = actions.receive(file=folder, name="first", district=maple, by=None)
        run, checked = actions.check_run(run_id=run.pk, district_id=maple.pk)
        return actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None, checked=checked)


def test_a_roster_is_taken_back_while_its_people_get_their_numbers(
    maple: District, loaded: ImportRun
) -> None:
    given, back = Signal(), Signal()

    def build(ready: Callable[[], None]) -> str:
        ready()
        give_keys(maple.pk)
        given.set()
        back.wait(SHORT)  # without the lock it is taken back now, and commits before this does
        return "built"

    def undo(ready: Callable[[], None]) -> Any:
        ready()
        given.wait()
        done = actions.undo_run(run_id=loaded.pk, district_id=maple.pk, by=None)
        back.set()
        return done.state

    assert at_once(maple.pk, build, undo) == ["built", "undone"]
    with acting_for(maple.pk):
        assert not Person.objects.exists()
        assert not FactKey.objects.exists()
