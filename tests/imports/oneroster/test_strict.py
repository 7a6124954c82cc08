"""Faults: each by its file, line and column, and none other beside it."""

import datetime as dt
from pathlib import Path

import pytest

from hearth.imports.oneroster import check

from .bundles import FILES, FILES_1_2, TODAY, check_with, said, write

WRONG = [
    (
        "enrollments",
        "e3,active,,toms",
        "e3,active,,nobodys",
        (4, "classSourcedId", "reference_unknown"),
    ),
    (
        "enrollments",
        "cottonwood,diego",
        "cottonwood,nobody",
        (4, "userSourcedId", "reference_unknown"),
    ),
    (
        "enrollments",
        "toms,cottonwood,diego",
        "toms,nowhere,diego",
        (4, "schoolSourcedId", "reference_unknown"),
    ),
    ("classes", "Room 7,cottonwood", "Room 7,nowhere", (2, "schoolSourcedId", "reference_unknown")),
    (
        "classes",
        "Room 7,cottonwood",
        "Room 7,alder",
        (2, "schoolSourcedId", "section_not_at_school"),
    ),
    ("classes", "year,fall", "year,spring", (2, "termSourcedIds", "reference_unknown")),
    ("classes", "04,grade4", "04,grade5", (2, "courseSourcedId", "reference_unknown")),
    ("classes", "04,grade4", "04,", (2, "courseSourcedId", "cell_blank")),
    ("classes", "homeroom", "home room", (2, "classType", "bad_enum")),
    ("courses", "G4,alder", "G4,elm", (2, "orgSourcedId", "reference_unknown")),
    (
        "users",
        "true,cottonwood,student,diego",
        "true,nowhere,student,diego",
        (4, "orgSourcedIds", "reference_unknown"),
    ),
    ("users", "1001,,linh", "1001,,nobody", (3, "agentSourcedIds", "reference_unknown")),
    (
        "users",
        "true,cottonwood,teacher",
        "perhaps,cottonwood,teacher",
        (2, "enabledUser", "bad_bool"),
    ),
    ("users", "Tom,Becker", "Tom,", (2, "familyName", "cell_blank")),
    ("users", "diego,active", "diego,asleep", (4, "status", "bad_status")),
    ("users", "O'Brien-Ruiz,1002", "O'Brien-Ruiz,1001", (4, "identifier", "identifier_shared")),
    ("users", "diego,active", "minh_anh,active", (4, "sourcedId", "two_people_one_id")),
    ("users", "givenName", "firstName", (1, "givenName", "column_missing")),
    ("users", "identifier,email", "email,email", (1, "email", "column_twice")),
    ("academicSessions", "2026-12-18", "2026-18-12", (3, "endDate", "bad_date")),
    ("academicSessions", "2026-12-18", "2026-02-18", (3, "endDate", "end_before_start")),
    ("academicSessions", "year,2027", "year,soon", (3, "schoolYear", "bad_year")),
    ("demographics", "2016-03-09", "2031-03-09", (3, "birthDate", "birth_in_future")),
    ("demographics", "\ndiego,", "\nnobody,", (3, "userSourcedId", "reference_unknown")),
    ("orgs", "larkspur,active", "cottonwood,active", (4, "sourcedId", "id_twice")),
]


@pytest.mark.parametrize(("stem", "old", "new", "fault"), WRONG)
def test_one_wrong_thing_is_one_fault_at_its_place(
    tmp_path: Path, stem: str, old: str, new: str, fault: tuple[int, str, str]
) -> None:
    changed = FILES[stem].replace(old, new, 1)
    assert changed != FILES[stem]

    checked = check_with(tmp_path, **{stem: changed})

    first = [found for found in said(checked) if found[0] == f"{stem}.csv"]
    assert first == [(f"{stem}.csv", *fault)]
    assert all(found.what and found.mend for found in checked.faults)


def test_a_child_of_two_districts_is_a_fault_and_a_teacher_of_two_is_not(tmp_path: Path) -> None:
    users = FILES["users"].replace(
        "true,cottonwood,student,diego", 'true,"cottonwood,pinyon",student,diego'
    )
    users = users.replace("true,cottonwood,teacher", 'true,"cottonwood,pinyon",teacher')

    checked = check_with(tmp_path, users=users)

    assert said(checked) == [("users.csv", 4, "orgSourcedIds", "child_in_two_districts")]
    assert "alder and bristlecone" in checked.faults[0].what


def test_version_1_2_finds_the_child_of_two_districts_in_the_roles(tmp_path: Path) -> None:
    roles = FILES_1_2["roles"] + "r7,active,,diego,secondary,student,,,pinyon\n"

    checked = check(write(tmp_path / "b", {**FILES_1_2, "roles": roles}), today=TODAY)

    assert said(checked) == [("roles.csv", 8, "orgSourcedId", "child_in_two_districts")]


def test_somebody_without_a_role_is_a_fault_in_version_1_2(tmp_path: Path) -> None:
    roles = FILES_1_2["roles"].replace("r6,active,,linh,primary,parent,,,cottonwood\n", "")

    checked = check(write(tmp_path / "b", {**FILES_1_2, "roles": roles}), today=TODAY)

    assert said(checked) == [("users.csv", 6, "sourcedId", "role_missing")]


def test_the_same_child_twice_under_one_number_is_only_noted(tmp_path: Path) -> None:
    users = (
        FILES["users"] + "diego2,active,,true,larkspur,student,d2,diego,O'Brien-Ruiz,1002,,,4,,,,\n"
    )

    checked = check_with(tmp_path, users=users)

    assert said(checked) == []
    assert [(n.kind, n.line) for n in checked.notes] == [("student_twice", 6)]


def test_one_number_in_two_districts_is_two_children(tmp_path: Path) -> None:
    users = FILES["users"] + "ana,active,,true,pinyon,student,a,Ana,Soto,1002,,,4,,,,\n"

    assert said(check_with(tmp_path, users=users)) == []


def test_a_promised_file_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path / "b", FILES)
    (folder / "demographics.csv").unlink()

    assert said(check(folder, today=TODAY)) == [("demographics.csv", None, None, "file_missing")]


def test_no_name_is_ever_said(tmp_path: Path) -> None:
    """A row that slipped by one cell puts a name where a word, a date or a number belongs."""
    users = FILES["users"].replace(
        "true,cottonwood,student,diego,Diego", "Diego,cottonwood,Diego,d,x"
    )
    sessions = FILES["academicSessions"].replace("2026-12-18", "Diego")

    checked = check_with(tmp_path, users=users, academicSessions=sessions)

    assert checked.faults
    assert not any("Diego" in fault.what + fault.mend for fault in checked.faults)


def test_a_thousand_faults_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    many = "".join(f"x{n},active,,toms,cottonwood,diego,student,maybe,,\n" for n in range(1500))

    checked = check_with(tmp_path, enrollments=FILES["enrollments"] + many)

    assert len(checked.faults) == 1000
    assert checked.totals["enrollments.csv", "bad_bool"] == 1500


def test_changes_leave_what_the_database_knows_open(tmp_path: Path) -> None:
    files = {"enrollments": FILES["enrollments"]}

    checked = check(write(tmp_path / "b", files, "delta"), today=dt.date(2026, 8, 20))

    assert said(checked) == []
    asked = set(checked.open_references.select("target", "value").iter_rows())
    assert asked == {
        ("orgs", "cottonwood"),
        ("sections", "toms"),
        ("people", "tom"),
        ("people", "minh_anh"),
        ("people", "diego"),
    }


def test_changes_need_a_status_on_every_row(tmp_path: Path) -> None:
    files = {"courses": FILES["courses"].replace("grade4,active", "grade4,")}

    checked = check(write(tmp_path / "b", files, "delta"), today=TODAY)

    assert said(checked) == [("courses.csv", 2, "status", "status_blank")]


def test_changes_without_a_status_column_are_a_fault(tmp_path: Path) -> None:
    files = {"courses": FILES["courses"].replace("status", "ext_status")}

    checked = check(write(tmp_path / "b", files, "delta"), today=TODAY)

    assert said(checked) == [("courses.csv", 1, "status", "column_missing")]
