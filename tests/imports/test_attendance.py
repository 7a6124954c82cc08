"""Attendance comes in by day: read, filed under who is meant, corrected, and taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hearth.imports import actions, mapping, words
from hearth.imports.extracts import Reading
from hearth.imports.models import Before, ImportRun
from hearth.people.models import Student
from hearth.records.models import AttendanceDay
from hearth.schools.models import District, School
from tests.imports import rosters
from tests.imports.conftest import Load, sums

Bring = Callable[..., ImportRun]
HEADER = "Student ID,Date,Code\n"
CODES = Reading(
    {"student": "Student ID", "day": "Date", "kind": "Code"},
    {"P": "present", "E": "excused", "U": "unexcused"},
)


@pytest.fixture
def bring(maple: District, load: Load, tmp_path: Path) -> Bring:
    """Ana is student 1000, Ben 1001 and so on, all at Oak; bring a file of this text."""
    load(rosters.write(tmp_path / "roster"))

    def bring(
        text: str | bytes, *, reading: Reading | None = CODES, kind: str = "attendance",
        source: str = "", plan: bool = True,
    ) -> ImportRun:  # fmt: skip
        path = tmp_path / "days.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        run = actions.receive(
            file=path, name=path.name, district=maple, by=None, kind=kind, source=source,
            reading=reading,
        )  # fmt: skip
        run, held = actions.check_run(run_id=run.pk, district_id=maple.pk, plan=plan)
        if run.state != ImportRun.State.READY:
            return run
        return actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None, checked=held)

    return bring


def days(number: str) -> dict[str, str]:
    rows = AttendanceDay.objects.filter(student__local_id=number).order_by("day")
    return {str(row.day): row.kind for row in rows}


def findings(run: ImportRun) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.line) for fault in run.faults.order_by("line", "kind")]


def counted(run: ImportRun) -> tuple[int, int, int]:
    count = run.counts["days"]
    return count["new"], count["changed"], count["same"]


def test_days_are_filed_under_the_students_they_are_about(bring: Bring) -> None:
    run = bring(HEADER + "1000,2026-09-01,P\n1000,2026-09-02,E\n1001,2026-09-01,U\n")

    assert (run.state, counted(run)) == ("applied", (3, 0, 0))
    assert days("1000") == {"2026-09-01": "present", "2026-09-02": "excused"}
    assert days("1001") == {"2026-09-01": "unexcused"}
    assert AttendanceDay.objects.filter(school__name="Oak Elementary").count() == 3


def test_the_same_file_twice_changes_nothing(bring: Bring) -> None:
    text = HEADER + "1000,2026-09-01,P\n1001,2026-09-01,U\n"
    bring(text)
    before = sums()

    run = bring(text)

    assert (run.state, counted(run)) == ("applied", (0, 0, 2))
    assert sums() == before


def test_a_corrected_day_takes_the_place_of_the_first_and_undo_brings_it_back(
    bring: Bring, maple: District
) -> None:
    first = bring(HEADER + "1000,2026-09-01,U\n1001,2026-09-01,U\n")
    before = sums()

    run = bring(HEADER + "1000,2026-09-01,E\n1002,2026-09-01,P\n")

    assert counted(run) == (1, 1, 0)
    assert days("1000") == {"2026-09-01": "excused"}
    with pytest.raises(actions.Refused, match="newer file"):
        actions.undo_run(run_id=first.pk, district_id=maple.pk, by=None)

    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)

    assert sums() == before
    assert not Before.objects.exists()
    actions.undo_run(run_id=first.pk, district_id=maple.pk, by=None)
    assert not AttendanceDay.objects.exists()


def test_a_roster_that_days_hang_on_is_not_undone(bring: Bring, maple: District) -> None:
    bring(HEADER + "1000,2026-09-01,P\n")
    roster = ImportRun.objects.get(kind="roster")
    with pytest.raises(actions.Refused, match="1 attendance day"):
        actions.undo_run(run_id=roster.pk, district_id=maple.pk, by=None)


def test_a_number_nobody_has_is_told_with_its_line_and_the_rest_is_loaded(bring: Bring) -> None:
    run = bring(HEADER + "1000,2026-09-01,P\n7777,2026-09-01,P\n1001,2026-09-01,P\n")

    assert (run.state, counted(run)) == ("applied", (2, 0, 0))
    (note,) = run.faults.all()
    assert (note.kind, note.file, note.line, note.blocking) == (
        "student_unknown", "days.csv", 3, False,
    )  # fmt: skip
    assert words.what(note) == "No student has the number 7777. The row was left out."


def test_a_file_of_strangers_is_refused(bring: Bring) -> None:
    run = bring(HEADER + "1000,2026-09-01,P\n7777,2026-09-01,P\n7778,2026-09-01,P\n")
    assert run.state == "faulty"
    assert ("hardly_anybody_known", None) in findings(run)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffStudent ID;Date;Code\r\n1000;9/1/2026;P\r\n".encode(),
        b"Student ID\tDate\tCode\n1000\t20260901\tP\n",
        "Ñame,Student ID,Date,Code\nPeña,1000,09/01/26,P\n".encode("cp1252"),
        b'"Student ID","Date","Code"\n"01000","2026-09-01 00:00:00","p"\n',
    ],
    ids=["semicolons and a mark", "tabs", "western letters", "leading zero, time, quotes"],
)
def test_files_are_read_as_systems_write_them(bring: Bring, text: bytes) -> None:
    run = bring(text)
    assert run.state == "applied"
    assert days("1000") == {"2026-09-01": "present"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Student ID,Date\n1000,2026-09-01\n", ("column_not_here", 1)),
        (HEADER + "1000,2026-09-01,P\n1000,2036-09-01,P\n", ("day_in_future", 3)),
        (HEADER + "1000,2026-09-01,P\n1000,soon,P\n", ("day_unreadable", 3)),
        (HEADER + "1000,2026-09-01,P\n1001,2026-09-01,Q\n", ("code_unknown", 3)),
        (HEADER + ",2026-09-01,P\n", ("cell_blank", 2)),
        (HEADER + "1000,2026-09-01,P\n1000,2026\n", ("row_ragged", 3)),
        (HEADER.encode("utf-16"), ("encoding_utf16", None)),
        ("", ("zip_empty", None)),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_loaded(
    bring: Bring, text: str | bytes, found: tuple[str, int | None]
) -> None:
    run = bring(text)
    assert run.state == "faulty"
    assert found in findings(run)
    assert all(words.what(fault) and words.mend(fault) for fault in run.faults.all())
    assert not AttendanceDay.objects.exists()


def test_a_file_without_rows_is_told_and_changes_nothing(bring: Bring) -> None:
    run = bring(HEADER)
    assert (run.state, findings(run)) == ("applied", [("no_rows", None)])


def test_a_day_in_summer_is_told_and_taken(bring: Bring) -> None:
    run = bring(HEADER + "1000,2026-07-20,P\n1001,2026-09-01,P\n1000,2025-07-20,P\n")
    assert findings(run) == [("outside_year", 2)]
    assert AttendanceDay.objects.count() == 3


def test_a_row_twice_counts_once_and_of_two_that_differ_the_later_counts(bring: Bring) -> None:
    row = "1000,2026-09-01,U\n"
    run = bring(HEADER + row + row + "1001,2026-09-01,U\n01001,2026-09-01,E\n")

    assert findings(run) == [("row_twice", 3), ("row_contradicts", 5)]
    assert (days("1000"), days("1001")) == ({"2026-09-01": "unexcused"}, {"2026-09-01": "excused"})


def test_minutes_tell_where_there_is_no_code(bring: Bring) -> None:
    reading = Reading({"student": "Student ID", "day": "Date", "minutes": "Minutes Present"})
    bring("Student ID,Date,Minutes Present\n1000,2026-09-01,310\n1000,2026-09-02,0\n",
          reading=reading)  # fmt: skip
    assert days("1000") == {"2026-09-01": "present", "2026-09-02": "unexcused"}
    assert AttendanceDay.objects.get(day=date(2026, 9, 1)).minutes == 310


def test_a_blank_may_mean_present_where_somebody_said_so(bring: Bring) -> None:
    reading = Reading(CODES.columns, {**CODES.values, "": "present"})
    bring(HEADER + "1000,2026-09-01,\n1001,2026-09-01,E\n", reading=reading)
    assert days("1000") == {"2026-09-01": "present"}


def test_well_known_names_and_words_need_no_mapping(bring: Bring) -> None:
    text = "Student Number,School Code,Attendance Date,Status\n1000,elm,2026-09-01,Excused\n"
    run = bring(text, reading=None)
    assert run.state == "applied"
    assert School.objects.get(pk=AttendanceDay.objects.get().school_id).name == "Elm Middle"


def test_a_school_of_nobody_is_left_out_with_its_line(bring: Bring) -> None:
    text = "Student ID,School,Date,Status\n1000,Oak Elementary,2026-09-01,Excused\n"
    run = bring(text + "1001,Pinyon,2026-09-01,Excused\n", reading=None)
    assert findings(run) == [("school_unknown", 3)]
    assert AttendanceDay.objects.count() == 1


def test_what_was_said_of_a_source_is_remembered(bring: Bring) -> None:
    text = "Pupil,When,Mark\n1000,2026-09-01,Z\n"
    run = bring(text, reading=None, source="Aeries")
    assert ("columns_not_known", 1) in findings(run)

    said = Reading({"student": "Pupil", "day": "When", "kind": "Mark"}, {"Z": "independent"})
    mapping.remember(run=run, reading=said)

    assert bring(text, reading=None, source="Aeries").state == "applied"
    assert days("1000") == {"2026-09-01": "independent"}
    assert bring(text, reading=None, source="PowerSchool").state == "faulty"


def test_a_merged_number_leads_to_whom_the_merge_kept(bring: Bring) -> None:
    kept, absorbed = (Student.objects.get(local_id=n).person for n in ("1000", "1001"))
    absorbed.merged_into = kept
    absorbed.save()
    bring(HEADER + "1001,2026-09-01,P\n")
    assert AttendanceDay.objects.get().student_id == kept.pk
