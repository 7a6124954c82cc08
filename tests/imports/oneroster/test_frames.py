"""What a good bundle becomes."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from hearth.imports.oneroster import check

from .bundles import FILES, FILES_1_2, TODAY, check_with, said, write, zipped


def row(frame: pl.DataFrame | None, source_id: str) -> dict[str, object]:
    assert frame is not None
    return frame.row(by_predicate=pl.col("source_id") == source_id, named=True)


def test_the_small_bundle_has_neither_fault_nor_note(tmp_path: Path) -> None:
    checked = check_with(tmp_path)

    assert said(checked) == []
    assert checked.notes == []
    assert checked.version == "1.1"
    assert checked.manifest.system_name == "Alder SIS"
    assert checked.open_references.is_empty()


def test_minh_anh_arrives_with_grade_school_and_language(tmp_path: Path) -> None:
    minh_anh = row(check_with(tmp_path).frames.people, "minh_anh")

    assert minh_anh["line"] == 3
    assert (minh_anh["given_name"], minh_anh["family_name"]) == ("Minh Anh", "Nguyễn")
    assert (minh_anh["kind"], minh_anh["grade"]) == ("student", "04")
    assert (minh_anh["school"], minh_anh["home_language"]) == ("cottonwood", "vi")
    assert minh_anh["enabled"] is True
    assert minh_anh["interpreter_needed"] is None


def test_linh_is_one_guardian_though_both_rows_name_the_other(tmp_path: Path) -> None:
    pairs = check_with(tmp_path).frames.guardianships

    assert pairs is not None
    assert pairs.height == 1
    pair = row(pairs, "minh_anh|linh")
    assert (pair["student"], pair["guardian"], pair["relationship"]) == (
        "minh_anh",
        "linh",
        "mother",
    )


def test_toms_class_knows_its_course_terms_and_grades(tmp_path: Path) -> None:
    section = row(check_with(tmp_path).frames.sections, "toms")

    assert section["terms"] == ["year", "fall"]
    assert section["grades"] == ["04"]
    assert (section["course_title"], section["kind"]) == ("Grade 4", "homeroom")


def test_tom_teaches_and_diego_learns_in_toms_class(tmp_path: Path) -> None:
    memberships = check_with(tmp_path).frames.memberships

    tom, diego = row(memberships, "e1"), row(memberships, "e3")
    assert (tom["role"], tom["primary"], tom["starts"]) == ("teacher", True, dt.date(2026, 8, 12))
    assert (diego["role"], diego["starts"]) == ("student", None)


def test_diego_keeps_every_race_his_family_named(tmp_path: Path) -> None:
    diego = row(check_with(tmp_path).frames.demographics, "diego")

    assert diego["races"] == ["american_indian", "white"]
    assert (diego["gender"], diego["hispanic"]) == ("X", True)


def test_version_1_2_reads_roles_from_their_own_file(tmp_path: Path) -> None:
    checked = check(write(tmp_path / "b", FILES_1_2), today=TODAY)

    assert said(checked) == []
    tom, annie = row(checked.frames.people, "tom"), row(checked.frames.people, "minh_anh")
    assert (tom["role"], tom["kind"], tom["school"]) == ("teacher", "staff", "cottonwood")
    assert annie["preferred_name"] == "Annie"
    assert row(checked.frames.people, "linh")["kind"] == "guardian"
    assert checked.frames.staff_roles is not None
    assert checked.frames.staff_roles["source_id"].to_list() == ["r1", "r4", "r5"]


def test_version_1_1_makes_a_staff_role_for_each_school(tmp_path: Path) -> None:
    users = FILES["users"].replace("true,cottonwood,teacher", 'true,"cottonwood, larkspur",teacher')
    roles = check_with(tmp_path, users=users).frames.staff_roles

    assert roles is not None
    assert roles["source_id"].to_list() == ["tom|teacher|cottonwood", "tom|teacher|larkspur"]


@pytest.mark.parametrize("inside", ["", "export 2026/"])
def test_a_zip_reads_as_its_folder_does(tmp_path: Path, inside: str) -> None:
    folder = write(tmp_path / "b", FILES)

    there, packed = check(folder, today=TODAY), check(zipped(folder, inside), today=TODAY)

    assert packed.frames.people is not None
    assert there.frames.people is not None
    assert packed.frames.people.equals(there.frames.people)


def test_progress_reaches_the_whole_of_each_file(tmp_path: Path) -> None:
    seen: dict[str, tuple[int, int]] = {}
    folder = write(tmp_path / "b", FILES)

    check(
        folder, today=TODAY, progress=lambda file, done, total: seen.update({file: (done, total)})
    )

    assert seen["users.csv"] == (len(FILES["users"].encode()),) * 2
