"""The roster names no guardian for a child: the child comes in, and nobody is made up."""

from pathlib import Path

from hearth.imports.models import Fault
from hearth.people.models import Guardian, Guardianship, Student
from tests.imports import rosters
from tests.imports.conftest import Load


def test_a_child_in_no_guardians_care_comes_in(load: Load, tmp_path: Path) -> None:
    run = load(rosters.write(tmp_path / "first"))
    cai = Student.objects.get(person__source_id="s2")
    assert run.state == "applied"
    assert not cai.guardianships.exists()
    assert not Fault.objects.filter(run=run, blocking=True).exists()


def test_a_roster_without_any_guardian_comes_in(load: Load, tmp_path: Path) -> None:
    users = [
        {**row, "agentSourcedIds": ""}
        for row in rosters.without(rosters.ALL["users"], "g0")
    ]  # fmt: skip
    run = load(rosters.write(tmp_path / "first", users=users))
    assert run.state == "applied"
    assert Student.objects.count() == 12
    assert not Guardian.objects.exists()


def test_care_that_ends_is_gone_and_the_child_stays(load: Load, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))
    users = rosters.but(rosters.ALL["users"], "s0", agentSourcedIds="")
    load(rosters.write(tmp_path / "next", users=users))
    ana = Student.objects.get(person__source_id="s0")
    assert ana.gone_on is None
    assert Guardianship.objects.get(student=ana).gone_on is not None
    ben = Student.objects.get(person__source_id="s1")
    assert Guardianship.objects.get(student=ben).gone_on is None
