"""The mart out of the database: what the rooms told, under random numbers, for one district."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hearth.insight.mart import build
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.models import FactKey
from hearth.people.models import Identity, ProgramTime
from hearth.records.models import AttendanceDay
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
