"""The wall between districts and the record that nobody can mend, tried with raw SQL."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.access.models import Membership
from hearth.audit.actions import record
from hearth.schools.acting import acting_for
from hearth.schools.models import School


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_raw_sql_as_bristlecone_meets_no_membership_of_alder_valley(cast):
    ours = {key for (key,) in rows("SELECT id FROM access_membership")}
    with acting_for(cast.bristlecone.pk):
        theirs = {key for (key,) in rows("SELECT id FROM access_membership")}
        assert theirs
        assert not theirs & ours


def test_raw_sql_cannot_write_into_another_district(cast):
    omar_id = cast.omar.pk
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        rows(
            "INSERT INTO access_membership (district_id, user_id, role, starts) "
            "VALUES (%s, %s, 'district_lead', now()) RETURNING id",
            cast.bristlecone.pk, omar_id,
        )  # fmt: skip


def test_raw_sql_cannot_move_or_delete_another_districts_rows(cast):
    with acting_for(cast.bristlecone.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE access_membership SET role = 'teacher' WHERE district_id = %s",
                       [cast.alder.pk])  # fmt: skip
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM schools_school WHERE district_id = %s", [cast.alder.pk])
        assert cursor.rowcount == 0
    assert School.objects.filter(district=cast.alder).count() == 5
    assert not Membership.objects.filter(role="teacher", user=cast.rosa).exists()


@pytest.mark.parametrize("table", ["audit_event", "audit_look"])
@pytest.mark.parametrize("change", ["UPDATE {} SET by_name = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_written_down_cannot_be_changed(cast, table, change):
    record("tried", cast.cottonwood, district_id=cast.alder.pk, by=cast.rosa)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_the_application_owns_no_table_and_cannot_pass_the_wall(cast):
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]
    assert rows("SELECT 1 FROM pg_tables WHERE tableowner = current_user") == []
