"""Undo puts back exactly what was, or says why it cannot."""

from pathlib import Path

import pytest

from hearth.audit.models import Event
from hearth.imports import actions
from hearth.imports.models import Before
from hearth.insight.models import FactKey
from hearth.people.models import Person, Student
from hearth.schools.models import District
from tests import makers
from tests.imports import rosters
from tests.imports.conftest import Load, sums
from tests.imports.test_load import USERS, without_child


def test_undoing_the_first_file_leaves_the_district_empty(
    load: Load, maple: District, tmp_path: Path
) -> None:
    before = sums()
    run = load(rosters.write(tmp_path / "first"))
    assert sums() != before

    run = actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    assert run.state == "undone"
    assert sums() == before
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "roster received", "roster loaded", "roster undone",
    ]  # fmt: skip


def test_undo_puts_back_what_changed_and_who_went(
    load: Load, maple: District, tmp_path: Path
) -> None:
    load(rosters.write(tmp_path / "first"))
    before = sums()
    files = without_child("s11")
    files["users"] = rosters.but(files["users"], "s0", grades="05", familyName="Paz")
    files["demographics"] = rosters.but(files["demographics"], "s1", asian="true", sex="other")
    moved = [{**rosters.CLASSES[0], "title": "Room 14"}]
    run = load(rosters.write(tmp_path / "next", classes=moved, **files))
    assert run.counts["sections"]["changed"] == 1

    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    assert sums() == before
    assert not Before.objects.exists()


def test_a_strength_written_since_is_kept(load: Load, maple: District, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))
    run = load(rosters.write(tmp_path / "next", users=rosters.but(USERS, "s0", grades="05")))
    Student.objects.filter(person__source_id="s0").update(strengths="Tells the best jokes.")

    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    ana = Student.objects.get(person__source_id="s0")
    assert (ana.grade, ana.strengths) == ("04", "Tells the best jokes.")


def test_undo_is_refused_when_somebody_asked_for_support_since(
    load: Load, maple: District, tmp_path: Path
) -> None:
    run = load(rosters.write(tmp_path / "first"))
    ana = Student.objects.get(person__source_id="s0")
    teacher = makers.make_user(maple, "Tomás Quinn", "teacher", school=ana.school)
    makers.make_referral(ana, teacher)
    before = sums()

    with pytest.raises(actions.Refused, match="1 referral"):
        actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    assert sums() == before


def test_figures_that_were_built_since_hold_nothing_back(
    load: Load, maple: District, tmp_path: Path
) -> None:
    """Each person in the figures has a number there; who is taken out again loses it."""
    before = sums()
    run = load(rosters.write(tmp_path / "first"))
    for number, person in enumerate(Person.objects.all()):
        FactKey.objects.create(district=maple, person=person, key=number)

    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    assert sums() == before
    assert not FactKey.objects.exists()


def test_only_the_latest_file_can_be_undone(load: Load, maple: District, tmp_path: Path) -> None:
    first = load(rosters.write(tmp_path / "first"))
    load(rosters.write(tmp_path / "next", users=rosters.but(USERS, "s0", grades="05")))

    with pytest.raises(actions.Refused, match="newer"):
        actions.undo_run(run_id=first.pk, district_id=maple.pk, by=None)
