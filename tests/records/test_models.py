"""What must always be true of records, whoever writes; and who sees them."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearth.access.visible import people_who_may_see
from hearth.people.models import ProgramTime, Student
from hearth.records.models import (
    AttendanceDay,
    AttendanceYear,
    Enrollment,
    Incident,
    IncidentPart,
)
from tests.makers import make_school, make_student

MONDAY = date(2026, 8, 17)
EVERYBODY = ("rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy")


def mark(cast, student, kind: str = "excused", **more: Any) -> AttendanceDay:
    return AttendanceDay.objects.create(
        district=cast.alder, student=student, school=student.school,
        **{"day": MONDAY, "kind": kind, **more},
    )  # fmt: skip


def sees(cast, rows, who: str) -> set[int]:
    return set(rows.visible_to(getattr(cast, who)).values_list("pk", flat=True))


def test_tom_sees_the_days_of_his_class_and_joy_those_of_hers(cast):
    diego, sam = mark(cast, cast.diego), mark(cast, cast.sam)
    assert sees(cast, AttendanceDay.objects, "tom") == {diego.pk}
    assert sees(cast, AttendanceDay.objects, "joy") == {sam.pk}
    assert sees(cast, AttendanceDay.objects, "priya") == {diego.pk, sam.pk}


def test_linh_sees_the_days_of_her_own_child_only(cast):
    own = mark(cast, cast.minh_anh)
    mark(cast, cast.diego)
    assert sees(cast, AttendanceDay.objects, "linh") == {own.pk}


def test_who_may_see_a_day_is_who_sees_it(cast):
    row = mark(cast, cast.minh_anh)
    told = {watcher.user.pk for watcher in people_who_may_see(row)}
    assert told == {getattr(cast, w).pk for w in EVERYBODY if sees(cast, AttendanceDay.objects, w)}


def test_an_incident_is_seen_by_whoever_sees_a_student_in_it(cast):
    incident = Incident.objects.create(
        district=cast.alder, school=cast.cottonwood, number="I-1", day=MONDAY
    )
    IncidentPart.objects.create(
        district=cast.alder, incident=incident, student=cast.minh_anh, offenses=["511"],
        result=110, days=1,
    )  # fmt: skip
    assert sees(cast, Incident.objects, "linh") == {incident.pk}
    assert sees(cast, Incident.objects, "joy") == set()
    told = {watcher.user.pk for watcher in people_who_may_see(incident)}
    assert told == {getattr(cast, w).pk for w in EVERYBODY if sees(cast, Incident.objects, w)}


def test_programs_are_seen_with_the_permission_for_identity_and_at_home(cast):
    row = ProgramTime.objects.create(
        district=cast.alder, person=cast.minh_anh.person, program="english_learner", starts=MONDAY
    )
    seeing = {who for who in EVERYBODY if sees(cast, ProgramTime.objects, who)}
    assert seeing == {"priya", "linh"}
    told = {watcher.user.pk for watcher in people_who_may_see(row)}
    assert told == {cast.priya.pk, cast.linh.pk}


def test_a_student_has_one_mark_a_day_at_a_school(cast):
    mark(cast, cast.diego)
    with pytest.raises(IntegrityError, match="attendance_day_once"):
        mark(cast, cast.diego, kind="present")


def test_a_day_is_of_a_known_kind_and_has_so_many_minutes(cast):
    with pytest.raises(IntegrityError, match="attendance_day_kind_known"):
        mark(cast, cast.diego, kind="truant")


def test_nobody_is_present_for_fewer_than_no_minutes(cast):
    with pytest.raises(IntegrityError, match="attendance_day_minutes_of_a_day"):
        mark(cast, cast.diego, minutes=-1)


def test_a_day_of_a_student_of_another_district_is_refused(cast):
    with pytest.raises(IntegrityError, match="points nowhere"):
        AttendanceDay.objects.create(
            district=cast.alder, student_id=10**9, school=cast.cottonwood, day=MONDAY,
            kind="present",
        )  # fmt: skip


def test_a_day_at_a_school_that_is_not_there_is_refused(cast):
    with pytest.raises(IntegrityError, match="points nowhere"):
        AttendanceDay.objects.create(
            district=cast.alder, student=cast.diego, school_id=10**9, day=MONDAY, kind="present"
        )


def year(cast, **days: Any) -> AttendanceYear:
    return AttendanceYear.objects.create(
        district=cast.alder, student=cast.diego, school=cast.cottonwood, year=2026, **days
    )


def test_a_year_adds_up(cast):
    year(cast, expected=180, attended=160, excused=12, unexcused=6, suspended=2, in_school=3)


def test_more_days_than_were_expected_are_refused(cast):
    with pytest.raises(IntegrityError, match="attendance_year_adds_up"):
        year(cast, expected=100, attended=98, excused=3)


def test_days_below_nothing_are_refused(cast):
    with pytest.raises(IntegrityError, match="attendance_year_days_of_a_year"):
        year(cast, expected=100, excused=-1)


def test_no_program_ends_before_it_starts(cast):
    with pytest.raises(IntegrityError, match="program_time_ends_after"):
        ProgramTime.objects.create(
            district=cast.alder, person=cast.diego.person, program="foster", starts=MONDAY,
            ends=date(2026, 8, 16),
        )  # fmt: skip


def test_no_enrollment_ends_before_it_starts(cast):
    with pytest.raises(IntegrityError, match="enrollment_ends_after"):
        Enrollment.objects.create(
            district=cast.alder, student=cast.diego, school=cast.cottonwood, starts=MONDAY,
            ends=date(2026, 8, 16),
        )  # fmt: skip


def test_two_schools_may_use_the_same_incident_number(cast):
    other = make_school(cast.alder, "Pepper Tree School")
    for school in (cast.cottonwood, other):
        Incident.objects.create(district=cast.alder, school=school, number="I-1", day=MONDAY)
    with pytest.raises(IntegrityError, match="incident_once"):
        Incident.objects.create(district=cast.alder, school=other, number="I-1", day=MONDAY)


def test_the_same_part_stands_once_also_where_nothing_followed(cast):
    incident = Incident.objects.create(
        district=cast.alder, school=cast.cottonwood, number="I-2", day=MONDAY
    )
    part = {"district": cast.alder, "incident": incident, "student": cast.diego}
    IncidentPart.objects.create(**part)
    with pytest.raises(IntegrityError, match="incident_part_once"):
        IncidentPart.objects.create(**part)


def test_a_student_with_records_cannot_be_taken_away(cast):
    ada = make_student(cast.cottonwood, "Ada", "Quill")
    mark(cast, ada)
    with pytest.raises(IntegrityError, match="still point"), transaction.atomic():
        Student.objects.filter(pk=ada.pk)._raw_delete("default")
