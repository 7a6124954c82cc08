"""Keys checked by set hold as PostgreSQL's own do: nothing points nowhere, nobody is left behind,
and two transactions at once cannot slip past each other."""

import threading
from datetime import date
from time import sleep

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hearth.people.models import Guardianship, Identity, Person, SectionMember, Student
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from hearth.web import embedded
from tests import makers
from tests.cast import Cast
from tests.conftest import CLUSTER, NAME

NOWHERE = 999_999_999
A_DAY = date(2026, 8, 12)


def test_diego_cannot_sit_in_a_class_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionMember.objects.create(
            district=cast.alder, section_id=NOWHERE, person_id=cast.diego.pk, role="student"
        )


def test_one_row_in_a_set_that_points_nowhere_refuses_the_set(cast: Cast) -> None:
    rows = [
        Identity(district=cast.alder, person_id=key, valid_from=A_DAY, valid_to=A_DAY)
        for key in (cast.diego.pk, cast.minh_anh.pk, NOWHERE)
    ]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Identity.objects.bulk_create(rows)
    cause = refused.value.__cause__
    assert isinstance(cause, psycopg.errors.ForeignKeyViolation)
    assert cause.diag.constraint_name == "people_identity_person_id"
    assert str(NOWHERE) not in str(refused.value)


def test_diego_cannot_be_moved_to_a_school_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Student.objects.filter(pk=cast.diego.pk).update(school_id=NOWHERE)


def test_a_key_cannot_lead_into_another_district(cast: Cast) -> None:
    other = makers.make_district("Juniper Flats Unified", "juniper-flats")
    with acting_for(other.pk):
        stranger = makers.make_person(other, "Noor", "Haidari")
    with acting_for(cast.alder.pk), pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.filter(student=cast.minh_anh).update(guardian_id=stranger.pk)


def test_a_person_who_is_a_student_cannot_be_taken_away(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_person WHERE id = %s", [cast.diego.pk])


def test_somebody_on_whom_nothing_hangs_can_be_taken_away(cast: Cast) -> None:
    noor = makers.make_person(cast.alder, "Noor", "Haidari")
    noor.delete()
    assert not Person.objects.filter(given_name="Noor").exists()


def test_the_key_of_a_person_never_changes(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(given_name="Linh").update(id=NOWHERE)


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_person_away_waits_for_who_writes_about_her() -> None:
    """Without the wait, both would hold and the student's row would hang in the air."""
    district = District.objects.create(name="Tamarack Unified", slug="tamarack")
    with acting_for(district.pk):
        noor = makers.make_person(district, "Noor", "Haidari")
        school = makers.make_school(district)
    refused: list[str] = []
    with acting_for(district.pk):
        makers.make_student(school, person=noor)
        taking = threading.Thread(target=_take_away, args=(noor.pk, district.pk, refused))
        taking.start()
        sleep(0.5)
        assert taking.is_alive()
    taking.join(20)
    assert refused == ["people_student_person_id"]


@pytest.mark.django_db(transaction=True)
def test_who_writes_about_a_person_waits_for_who_takes_her_away() -> None:
    district = District.objects.create(name="Tamarack Unified", slug="tamarack")
    with acting_for(district.pk):
        noor = makers.make_person(district, "Noor", "Haidari")
        school = makers.make_school(district)
    with psycopg.connect(_address()) as other:
        _as_district(other, district.pk)
        other.execute("DELETE FROM people_person WHERE id = %s", [noor.pk])
        threading.Timer(0.5, other.commit).start()
        with pytest.raises(IntegrityError), acting_for(district.pk):
            makers.make_student(school, person=noor)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_would_not_see_what_others_commit_may_not_write() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(DatabaseError, match="READ COMMITTED"), transaction.atomic():
            cursor.execute("DELETE FROM people_person")


def _take_away(person: int, district: int, refused: list[str]) -> None:
    with psycopg.connect(_address()) as other:
        _as_district(other, district)
        try:
            other.execute("DELETE FROM people_person WHERE id = %s", [person])
        except psycopg.errors.ForeignKeyViolation as error:
            refused.append(error.diag.constraint_name or "")


def _address() -> str:
    return embedded.url(CLUSTER, embedded.APPLICATION, NAME)


def _as_district(other: psycopg.Connection[tuple[object, ...]], district: int) -> None:
    other.execute("SELECT set_config('hearth.district', %s, false)", [str(district)])
