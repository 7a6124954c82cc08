"""A roster comes in: what is new, what changed, what is gone, and what is left alone."""

from pathlib import Path

import pytest

from hearth.imports import actions, preview, words
from hearth.imports.models import ImportRun
from hearth.people.models import Identity, Person, Section, Student
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School
from tests.cast import Cast
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


def test_one_child_moves_up_and_the_others_stay(load: Load, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))

    run = load(rosters.write(tmp_path / "next", users=rosters.but(USERS, "s3", grades="05")))

    assert fates(run, "students") == (0, 1, 0, 11)
    assert fates(run, "people") == (0, 0, 0, 14)
    assert Student.objects.get(person__source_id="s3").grade == "05"


def test_who_left_is_gone_but_not_forgotten_and_can_come_back(load: Load, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))

    run = load(rosters.write(tmp_path / "less", **without_child("s11")))

    assert run.state == "applied"
    assert fates(run, "students") == (0, 0, 1, 11)
    assert Person.objects.get(source_id="s11").gone_on is not None
    assert not Student.objects.current().filter(person__source_id="s11").exists()

    run = load(rosters.write(tmp_path / "again"))

    assert fates(run, "students") == (0, 1, 0, 11)
    assert Person.objects.get(source_id="s11").gone_on is None


def test_a_broken_export_stops_until_each_table_is_confirmed_by_name(
    load: Load, tmp_path: Path
) -> None:
    load(rosters.write(tmp_path / "first"))
    before = sums()
    half = rosters.write(tmp_path / "half", **without_child(*(f"s{n}" for n in range(6))))

    run = load(half)

    assert run.state == "ready"
    assert set(run.vanishing) == {"people", "students", "members", "identities"}
    assert sums() == before
    with pytest.raises(actions.Refused, match="identities"):
        actions.ask_to_load(run=run, by=None)
    with pytest.raises(actions.Refused, match="Type the name"):
        actions.confirm(run=run, typed="yes", by=None)

    run = load(half, "People", "students ", "members", "identities")

    assert run.state == "applied"
    assert Student.objects.current().count() == 6


def test_a_file_of_changes_leaves_everybody_else_alone(load: Load, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))
    changes = [
        {**rosters.CHILDREN[2], "givenName": "Caio"},
        {**rosters.CHILDREN[5], "status": "tobedeleted"},
        rosters.person("s20", "Noa", "Santos", "student", grades="03", agentSourcedIds="g0"),
    ]

    run = load(rosters.write(tmp_path / "delta", "delta", users=changes))

    assert list(run.faults.filter(blocking=True).values_list("kind", "params")) == []
    assert fates(run, "people") == (1, 1, 1, 0)
    assert Person.objects.get(source_id="s2").given_name == "Caio"
    assert Person.objects.get(source_id="s5").gone_on is not None
    noa = Student.objects.get(person__source_id="s20")
    assert noa.guardianships.get().guardian.person.family_name == "Rivera"
    assert Person.objects.filter(gone_on=None).count() == 14


def test_a_change_about_somebody_unknown_is_a_fault(load: Load, tmp_path: Path) -> None:
    load(rosters.write(tmp_path / "first"))
    lost = [{**rosters.ENROLLMENTS[0], "sourcedId": "e-x", "userSourcedId": "nobody"}]

    run = load(rosters.write(tmp_path / "delta", "delta", enrollments=lost))

    assert run.state == "faulty"
    (fault,) = run.faults.filter(blocking=True)
    assert (fault.file, fault.line, fault.column) == ("enrollments.csv", 2, "userSourcedId")
    assert words.what(fault) == "userSourcedId points to nobody, which is not in users.csv."


def test_what_hearth_learned_is_not_blanked_by_a_file(load: Load, tmp_path: Path) -> None:
    folder = rosters.write(tmp_path / "first")
    load(folder)
    Student.objects.filter(person__source_id="s0").update(strengths="Sings to the plants.")
    Person.objects.filter(source_id="s0").update(preferred_name="Anita", home_language="es")

    load(rosters.write(tmp_path / "next", users=rosters.but(USERS, "s0", familyName="Rivera Paz")))

    ana = Student.objects.select_related("person").get(person__source_id="s0")
    assert ana.strengths == "Sings to the plants."
    assert ana.person.called == "Anita Rivera Paz"
    assert ana.person.home_language == "es"


def test_a_changed_identity_closes_the_old_row_and_opens_a_new_one(
    load: Load, tmp_path: Path
) -> None:
    load(rosters.write(tmp_path / "first"))
    Identity.objects.update(valid_from="2026-08-20")
    told = rosters.but(rosters.DEMOGRAPHICS, "s0", asian="true", sex="other")

    run = load(rosters.write(tmp_path / "next", demographics=told))

    assert fates(run, "identities") == (0, 1, 0, 11)
    old, new = Identity.objects.filter(person__source_id="s0").order_by("valid_from")
    assert (old.gender, old.races, old.valid_to) == ("F", ["white"], new.valid_from)
    assert (new.gender, new.races, new.valid_to) == ("X", ["asian", "white"], None)


def test_a_merged_child_stays_merged(load: Load, tmp_path: Path) -> None:
    """The file still knows Dee twice, as s3 and s4; Hearth knows that they are one child."""
    folder = rosters.write(tmp_path / "first")
    load(folder)
    kept, absorbed = Person.objects.get(source_id="s3"), Person.objects.get(source_id="s4")
    absorbed.merged_into = kept
    absorbed.save()
    absorbed.sections.update(person=kept)

    run = load(
        rosters.write(tmp_path / "next", users=rosters.but(USERS, "s4", givenName="Changed"))
    )

    assert {table for table in run.counts if fates(run, table)[:3] != (0, 0, 0)} == set()
    absorbed.refresh_from_db()
    assert (absorbed.given_name, absorbed.merged_into) == ("Eli", kept)
    assert kept.sections.count() == 2

    load(rosters.write(tmp_path / "less", **without_child("s3")))

    kept.refresh_from_db()
    assert kept.gone_on is None


def test_another_district_is_neither_seen_nor_touched(
    load: Load, cast: Cast, maple: District, tmp_path: Path
) -> None:
    with acting_for(cast.alder.pk):
        before = sums()
    with acting_for(maple.pk):
        load(rosters.write(tmp_path / "first"))
        assert Person.objects.count() == 14
    with acting_for(cast.alder.pk):
        assert sums() == before
        assert not Person.objects.filter(family_name="Rivera").exists()


def test_two_schools_of_one_name_get_two_addresses(load: Load, tmp_path: Path) -> None:
    twins = [*rosters.ORGS, {**rosters.ORGS[1], "sourcedId": "oak2"}]

    load(rosters.write(tmp_path / "first", orgs=twins))

    slugs = list(School.objects.order_by("source_id").values_list("slug", flat=True))
    assert slugs[0] == "elm-middle"
    assert len(set(slugs)) == 3


def test_a_name_without_room_is_a_fault_and_not_a_crash(load: Load, tmp_path: Path) -> None:
    long = rosters.but(USERS, "s0", givenName="A" * 201)

    run = load(rosters.write(tmp_path / "first", users=long))

    assert run.state == "faulty"
    (fault,) = run.faults.filter(blocking=True)
    assert (fault.kind, fault.line) == ("too_long", 2)


def test_a_preview_shows_rows_and_forgets_them_once_loaded(
    load: Load, maple: District, tmp_path: Path
) -> None:
    load(rosters.write(tmp_path / "first"))
    folder = rosters.write(tmp_path / "next", users=rosters.but(USERS, "s3", grades="05"))
    run = actions.receive(file=folder, name="next", district=maple, by=None)
    run, _ = actions.check_run(run_id=run.pk, district_id=maple.pk)

    (row,) = preview.rows(run, table="students", fate="changed")

    assert (row.label, row.cells["grade"]) == ("Dee Rivera", ["04", "05"])
    actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None)
    assert run.samples.count() == 0


USERS = rosters.ALL["users"]


def without_child(*keys: str) -> dict[str, list[rosters.Row]]:
    """Every file without these children."""
    return {
        "users": rosters.without(USERS, *keys),
        "enrollments": rosters.without(rosters.ENROLLMENTS, *(f"e-{key}" for key in keys)),
        "demographics": rosters.without(rosters.DEMOGRAPHICS, *keys),
    }
