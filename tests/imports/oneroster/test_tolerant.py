"""Dirty files that load all the same, or are faulted by their true line."""

from pathlib import Path

import pytest

from hearth.imports.oneroster import check
from hearth.imports.oneroster import records as records_module

from .bundles import FILES, TODAY, check_with, noted, said, write


@pytest.mark.parametrize(
    "dirty",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: text.replace("\n", "\n,,,,\n", 1).encode(),
        lambda text: text.upper().split("\n")[0].encode() + text.encode()[text.index("\n") :],
        lambda text: text.replace("active", "Active").encode(),
        lambda text: text.replace(",toms,", ", toms ,").encode(),
    ],
)
def test_dirty_text_reads_as_clean_text(tmp_path: Path, dirty) -> None:  # type: ignore[no-untyped-def]
    clean = check_with(tmp_path / "clean")
    loaded = check_with(tmp_path / "dirty", **{stem: dirty(text) for stem, text in FILES.items()})

    assert said(loaded) == []
    assert loaded.frames.people is not None
    assert clean.frames.people is not None
    assert loaded.frames.people.drop("line").equals(clean.frames.people.drop("line"))


def test_windows_letters_are_read_with_a_note(tmp_path: Path) -> None:
    users = FILES["users"].replace("Nguyễn", "Muñoz").replace("Trần", "Peña").encode("cp1252")

    checked = check_with(tmp_path, users=users)

    assert said(checked) == []
    assert noted(checked) == {"encoding_cp1252"}
    assert checked.frames.people is not None
    assert "Muñoz" in checked.frames.people["family_name"].to_list()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_by_name(tmp_path: Path, encoding: str) -> None:
    checked = check_with(tmp_path, users=FILES["users"].encode(encoding))

    assert said(checked) == [("users.csv", None, None, "encoding_utf16")]


def test_a_line_break_inside_a_cell_keeps_later_lines_true(tmp_path: Path) -> None:
    users = FILES["users"].replace("Tom,Becker", '"Tom\nJ.",Becker')
    users = users.replace("true,cottonwood,student,diego", "maybe,cottonwood,student,diego")

    checked = check_with(tmp_path, users=users)

    assert said(checked) == [("users.csv", 5, "enabledUser", "bad_bool")]


def test_lines_stay_true_from_one_piece_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "PIECE", 64)
    users = FILES["users"].replace("Tom,Becker", '"Tom\n\nJ.",Becker').replace("\n", "\r\n")
    users = users.replace("true,cottonwood,student,diego", "maybe,cottonwood,student,diego")

    checked = check_with(tmp_path, users=users)

    assert said(checked) == [("users.csv", 6, "enabledUser", "bad_bool")]
    assert checked.frames.people is not None
    assert checked.frames.people["line"].to_list() == [2, 5, 6, 7]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (",tom,Tom,", ",tom,Tom,J.,", "row_ragged"),
        (",tom,Tom,", ",tom,", "row_ragged"),
        (",tom,Tom,", ",tom,T\0m,", "nul_bytes"),
        ("linh,active", '"linh,active', "quote_open"),
    ],
)
def test_a_broken_row_is_one_fault_and_no_other_follows(
    tmp_path: Path, old: str, new: str, kind: str
) -> None:
    checked = check_with(tmp_path, users=FILES["users"].replace(old, new, 1))

    assert said(checked) == [("users.csv", 5 if kind == "quote_open" else 2, None, kind)]


def test_a_file_of_zero_bytes_is_a_fault(tmp_path: Path) -> None:
    assert said(check_with(tmp_path, demographics=b"")) == [
        ("demographics.csv", None, None, "file_zero_bytes")
    ]


def test_a_file_with_only_its_first_line_is_noted(tmp_path: Path) -> None:
    checked = check_with(tmp_path, demographics=FILES["demographics"].split("\n")[0])

    assert said(checked) == []
    assert noted(checked) == {"file_without_rows"}


def test_other_spellings_and_vendor_columns_are_read(tmp_path: Path) -> None:
    users = FILES["users"].replace("agentSourcedIds", "agents").replace(",grades,", ",grade,")
    users = "\n".join(
        line + (",ext_lunch,password" if n == 0 else ",yes,Secret1")
        for n, line in enumerate(users.splitlines())
    )
    demographics = FILES["demographics"].replace("birthDate", "birthdate")
    demographics = demographics.replace("userSourcedId", "sourcedId")

    checked = check_with(tmp_path, users=users, demographics=demographics)

    assert said(checked) == []
    assert noted(checked) == {"columns_ignored", "password_ignored"}
    assert not any("Secret1" in str(note) for note in checked.notes)


def test_parents_that_were_not_sent_are_noted_and_left_out(tmp_path: Path) -> None:
    sessions = FILES["academicSessions"].replace("2026-12-18,year", "2026-12-18,decade")

    checked = check_with(tmp_path, academicSessions=sessions)

    assert said(checked) == []
    assert noted(checked) == {"parent_unknown"}
    assert checked.frames.sessions is not None
    assert checked.frames.sessions["parent"].to_list() == [None, None]


def test_parents_in_a_ring_are_cut(tmp_path: Path) -> None:
    orgs = FILES["orgs"].replace("district,01,", "district,01,cottonwood")

    checked = check_with(tmp_path, orgs=orgs)

    assert said(checked) == []
    assert noted(checked) == {"parent_loop"}


def test_a_class_that_goes_takes_its_enrollments_along(tmp_path: Path) -> None:
    checked = check_with(
        tmp_path, classes=FILES["classes"].replace("toms,active", "toms,tobedeleted")
    )

    assert said(checked) == []
    assert noted(checked) == {"reference_gone"}
    assert checked.frames.memberships is not None
    assert checked.frames.memberships["gone"].all()


def test_dates_outside_the_term_and_a_teacher_who_learns_are_noted(tmp_path: Path) -> None:
    enrollments = FILES["enrollments"].replace("false,2026-08-12", "false,2026-01-12")
    enrollments = enrollments.replace("tom,teacher", "tom,student")

    checked = check_with(tmp_path, enrollments=enrollments)

    assert said(checked) == []
    assert noted(checked) == {"outside_term", "role_differs"}


def test_without_a_manifest_everything_is_guessed_and_said(tmp_path: Path) -> None:
    folder = write(tmp_path / "b", FILES)
    (folder / "manifest.csv").unlink()

    checked = check(folder, today=TODAY)

    assert said(checked) == []
    assert noted(checked) == {"manifest_missing"}
    assert checked.manifest.modes["users"] == "bulk"
