"""A roster comes in: what is new, what changed, what is gone, and what is left alone."""

from pathlib import Path

from hearth.imports.models import ImportRun
from hearth.people.models import Person, Section, Student
from hearth.schools.models import School
from tests.imports import rosters
from tests.imports.conftest import Load, sums


def fates(run: ImportRun, table: str) -> tuple[int, int, int, int]:
    count = run.counts[table]
    return count["new"], count["changed"], count["gone"], count["same"]


def test_the_first_file_brings_everybody(load: Load, tmp_path: Path) -> None:
    run = load(rosters.write(tmp_path / "first"))

    assert run.state == "applied"
    assert School.objects.count() == 2
    assert fates(run, "people") == (14, 0, 0, 0)
    ana = Student.objects.select_related("person", "school").get(person__source_id="s0")
    assert (ana.person.called, ana.school.slug, ana.grade) == ("Ana Rivera", "oak-elementary", "04")
    assert ana.guardianships.get().guardian.person.home_language == "es"
    assert ana.person.identities.get().races == ["white"]
    room = Section.objects.get()
    assert (room.course_title, str(room.starts)) == ("Grade 4", "2026-08-17")
    assert room.members.filter(role="student").count() == 12
    assert Person.objects.get(source_id="t0").staff.title == "teacher"


def test_the_same_file_twice_changes_nothing(load: Load, tmp_path: Path) -> None:
    folder = rosters.write(tmp_path / "first")
    load(folder)
    before = sums()

    run = load(folder)

    assert run.state == "applied"
    assert all(fates(run, table)[:3] == (0, 0, 0) for table in run.counts)
    assert sums() == before
