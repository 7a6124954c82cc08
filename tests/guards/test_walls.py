"""Every table with rows of a district stands behind the wall."""

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.guards.house import our_tables

# Tables that hold a district's key and must be read before the wall can stand.
BEFORE_THE_WALL = {"access_user": "read at sign-in, to learn which district; an address and a name"}


def unwalled(tables: dict[str, set[str]], guarded: set[str]) -> list[str]:
    """Tables with a district column that no policy guards. `tables` maps name to columns."""
    return sorted(
        name
        for name, columns in tables.items()
        if "district_id" in columns and name not in guarded and name not in BEFORE_THE_WALL
    )


def guarded_tables() -> set[str]:
    """Behind the policy; or a view that says the same itself, and lets nothing else be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.tablename FROM pg_policies p JOIN pg_class c ON c.relname = p.tablename "
            "WHERE c.relrowsecurity AND p.cmd = 'ALL' AND p.qual LIKE '%%hearth.district%%' "
            "AND p.with_check LIKE '%%hearth.district%%' "
            "UNION SELECT v.viewname FROM pg_views v JOIN pg_class c ON c.relname = v.viewname "
            "WHERE v.definition LIKE '%%hearth.district%%' "
            "AND c.reloptions @> '{check_option=cascaded}'"
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_every_owned_table_has_row_level_security() -> None:
    tables = {m._meta.db_table: {f.column for f in m._meta.concrete_fields} for m in our_tables()}
    missing = unwalled(tables, guarded_tables())
    assert not missing, f"Add guard_rows(...) for these in a migration: {missing}"


@pytest.mark.django_db
def test_the_tables_before_the_wall_are_still_needed() -> None:
    assert not set(BEFORE_THE_WALL) & guarded_tables()


def test_a_new_owned_table_without_the_wall_is_found() -> None:
    tables = {"clubs_club": {"id", "district_id"}, "people_person": {"id", "district_id"}}
    assert unwalled(tables, {"people_person"}) == ["clubs_club"]


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_application_neither_owns_tables_nor_passes_the_wall() -> None:
    role = settings.DATABASES["default"]["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [role])
        assert cursor.fetchone() == (0,)
