"""The wall between districts, tried from inside with raw SQL."""

from datetime import date

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from hearth.schools import actions
from hearth.schools.acting import acting_for, reading_for
from hearth.schools.models import Calendar, ClosedDay, District, School
from tests.cast import Cast, world

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM schools_school ORDER BY name")
        return [row[0] for row in cursor.fetchall()]


def test_raw_sql_sees_the_rows_of_one_district() -> None:
    cast = world()
    with acting_for(cast.bristlecone.pk):
        assert names() == ["Pinyon Elementary"]
    with acting_for(cast.alder.pk):
        assert "Cottonwood Elementary" in names()
        assert "Pinyon Elementary" not in names()


def test_without_a_district_there_are_no_rows() -> None:
    assert names() == []


def test_a_row_cannot_be_written_into_another_district(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        School.objects.create(district=cast.bristlecone, name="Planted", slug="planted")


def test_another_districts_row_cannot_be_changed_by_naming_its_key(cast: Cast) -> None:
    with acting_for(cast.bristlecone.pk):
        pinyon = School.objects.get()
    assert School.objects.filter(pk=pinyon.pk).update(name="Taken") == 0
    with acting_for(cast.bristlecone.pk):
        assert School.objects.get().name == "Pinyon Elementary"


def test_reading_cannot_write(cast: Cast) -> None:
    with reading_for(cast.alder.pk):
        with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
            School.objects.create(district=cast.alder, name="Written", slug="written")
        assert School.objects.filter(slug="cottonwood").exists()


def test_inside_another_districts_block_the_outer_choice_returns(cast: Cast) -> None:
    with acting_for(cast.bristlecone.pk):
        assert names() == ["Pinyon Elementary"]
    assert "Cottonwood Elementary" in names()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_nothing_is_left_on_a_kept_connection() -> None:
    kept = world().bristlecone.pk
    with acting_for(kept):
        assert names() == ["Pinyon Elementary"]
    assert names() == []
    with reading_for(kept):
        assert names() == ["Pinyon Elementary"]
    assert names() == []
    with pytest.raises(RuntimeError), acting_for(kept):
        raise RuntimeError
    assert names() == []


def test_the_calendar_skips_closed_days(cast: Cast) -> None:
    actions.set_closed_days(
        district=cast.alder, days=[(date(2026, 11, 26), ClosedDay.Kind.HOLIDAY, "Thanksgiving")]
    )
    assert Calendar().after(date(2026, 11, 25), 1) == date(2026, 11, 27)
    assert District.objects.get(pk=cast.alder.pk).name == "Alder Valley Unified"
