"""The mart out of the database: what the rooms told, under random numbers, for one district."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.insight import measures, tasks
from hearth.insight.mart import build, home, store
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.models import FactKey
from hearth.people.models import Identity, ProgramTime
from hearth.records.models import AttendanceDay, AttendanceYear, Enrollment, Incident, IncidentPart
from hearth.schools.acting import acting_for
from hearth.schools.models import School
from tests import makers
from tests.cast import Cast

TODAY = date(2026, 5, 4)
ONE = Engine(threads=1, memory="500MB")


def attend(student: Any, kinds: str, first: date = date(2026, 1, 5)) -> None:
    words = {"p": "present", "e": "excused", "u": "unexcused", "s": "suspended"}
    AttendanceDay.objects.bulk_create(
        AttendanceDay(
            district=student.district,
            student=student,
            school=student.school,
            day=first + timedelta(n),
            kind=words[letter],
        )
        for n, letter in enumerate(kinds)
    )


def key_of(student: Any) -> int:
    return FactKey.objects.get(person=student.pk).key


@contextmanager
def built(cast: Cast, home: Path) -> Iterator[Mart]:
    with opened(build.build(cast.alder.pk, home, today=TODAY, engine=ONE), ONE) as mart:
        yield mart


def rows(mart: Mart, fact: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = mart.connection.to_pyarrow(mart.table(fact)).to_pylist()
    return found


def test_diegos_year_is_told_under_a_random_number(cast: Cast, tmp_path: Path) -> None:
    Identity.objects.filter(person=cast.diego.pk).delete()
    Identity.objects.create(
        district=cast.alder, person=cast.diego.person, valid_from=date(2026, 3, 1),
        gender="M", hispanic=True, races=["white"],
    )  # fmt: skip
    ProgramTime.objects.create(
        district=cast.alder, person=cast.diego.person, program="english_learner",
        starts=date(2024, 8, 1), ends=date(2025, 9, 1),
    )  # fmt: skip
    attend(cast.diego, "ppe")
    with built(cast, tmp_path) as mart:
        own = [row for row in rows(mart, "student_years") if row["student"] == key_of(cast.diego)]
        days = rows(mart, "attendance")
    assert [(row["year"], row["race"], row["gender"], row["grade"]) for row in own] == [
        (2026, "hispanic", "M", "04")
    ]
    assert own[0]["english_learner"]
    assert not own[0]["disability"]
    assert own[0]["school"] == cast.cottonwood.pk
    assert [row["kind"] for row in days] == [0, 0, 1]
    assert cast.diego.pk not in {row["student"] for row in days}


def test_omars_district_is_not_in_it(cast: Cast, tmp_path: Path) -> None:
    with acting_for(cast.bristlecone.pk):
        school = School.objects.create(district=cast.bristlecone, name="Juniper", slug="juniper")
        makers.make_student(school, "Ivo", "Marsh")
    with built(cast, tmp_path) as mart:
        assert school.pk not in {row["school"] for row in rows(mart, "student_years")}
        assert cast.cottonwood.pk in {row["school"] for row in rows(mart, "student_years")}
    with acting_for(cast.bristlecone.pk):
        assert not FactKey.objects.exists()


def test_a_year_of_which_only_totals_were_told_counts_by_them(cast: Cast, tmp_path: Path) -> None:
    attend(cast.diego, "pp")
    for student in (cast.diego, cast.minh_anh):
        AttendanceYear.objects.create(
            district=cast.alder, student=student, school=cast.cottonwood, year=2026, expected=100,
            attended=88, excused=10, unexcused=2, in_school=3, independent=4, independent_missed=1,
        )  # fmt: skip
    with built(cast, tmp_path) as mart:
        years = {row["student"]: row for row in rows(mart, "years")}
    assert years[key_of(cast.diego)]["expected"] == 2  # days say more than totals
    told = years[key_of(cast.minh_anh)]
    assert (told["expected"], told["present"], told["in_school"]) == (105, 85, 3)
    assert (told["excused"], told["independent"], told["independent_missed"]) == (10, 4, 1)


def test_sam_changed_schools_and_stands_once_at_each(cast: Cast, tmp_path: Path) -> None:
    for school, starts, ends, code in (
        (cast.cottonwood, date(2025, 8, 11), date(2025, 10, 31), "T160"),
        (cast.larkspur, date(2025, 11, 3), None, ""),
    ):
        Enrollment.objects.create(
            district=cast.alder, student=cast.sam, school=school, starts=starts, ends=ends,
            grade="10", exit_code=code,
        )  # fmt: skip
    with built(cast, tmp_path) as mart:
        own = [row for row in rows(mart, "student_years") if row["student"] == key_of(cast.sam)]
    assert {(row["school"], row["last"], row["stable"]) for row in own} == {
        (cast.cottonwood.pk, False, False),
        (cast.larkspur.pk, True, False),  # from November to June are 240 days
    }
    assert {row["grade"] for row in own if row["last"]} == {"11"}  # the roster knows better


def test_an_incident_is_told_without_its_number(cast: Cast, tmp_path: Path) -> None:
    incident = Incident.objects.create(
        district=cast.alder, school=cast.cottonwood, number="A-17", day=date(2026, 2, 3)
    )
    IncidentPart.objects.create(
        district=cast.alder, incident=incident, student=cast.diego, offenses=["511"], result=100,
        days="0.5", minutes=180,
    )  # fmt: skip
    with built(cast, tmp_path) as mart:
        (told,) = rows(mart, "incidents")
    assert "A-17" not in str(told)
    assert (told["student"], told["day"]) == (key_of(cast.diego), date(2026, 2, 3))
    assert (told["result"], told["days"], told["minutes"]) == (100, 0.5, 180)
    assert told["offenses"] == ["511"]


def test_one_more_day_is_brought_out_of_the_database(cast: Cast, tmp_path: Path) -> None:
    attend(cast.diego, "pp")
    build.build(cast.alder.pk, tmp_path, today=TODAY, engine=ONE)
    attend(cast.diego, "u", first=date(2026, 1, 7))
    snapshot = build.add_day(cast.alder.pk, tmp_path, date(2026, 1, 7), engine=ONE)
    with opened(snapshot, ONE) as mart:
        (month,) = rows(mart, "months")
    assert (month["present"], month["unexcused"], month["expected"]) == (2, 1, 3)


def test_a_build_without_any_file_tells_the_roster(cast: Cast, tmp_path: Path) -> None:
    with built(cast, tmp_path) as mart:
        table = measures.MEASURES["enrolled"].table(mart, level="district")
        chronic = measures.MEASURES["chronic_absence"].table(mart, level="district")
    assert table["numerator"].to_pylist() == [3.0]
    assert chronic["denominator"].to_pylist() == [0.0]


def test_the_night_after_an_update_the_mart_is_built_anew(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, some_measures: None
) -> None:
    """Alder Valley's files are of the version before: refused by day, built anew by the worker."""
    for module in (tasks, home):
        monkeypatch.setattr(module, "home_of", lambda _district: tmp_path)
    old = build.build(cast.alder.pk, tmp_path, today=TODAY, engine=ONE)
    (old.folder / "made.json").write_text(json.dumps(old.made | {"format": store.FORMAT - 1}))
    with pytest.raises(store.OtherFormat, match="Build it anew"):
        tasks.release(cast.alder.pk)

    tasks.build_every_mart(0)
    (job,) = ProcrastinateJob.objects.filter(args__district_id=cast.alder.pk)
    tasks.build(**job.args)

    assert store.current(tmp_path).stamp > old.stamp
