"""Row-level security as migration steps: one policy, the same for every owned table."""

from django.conf import settings
from django.db.migrations import RunSQL
from psycopg import sql

# Wrapped in a SELECT so that PostgreSQL reads the setting once a query, not once a row.
OWN_DISTRICT = "district_id = (SELECT NULLIF(current_setting('hearth.district', true), '')::bigint)"


def guard_rows(*tables: str) -> list[RunSQL]:
    """Refuse the rows of every other district, for reading and for writing."""
    return [
        RunSQL(
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
            f'CREATE POLICY own_district ON "{table}" '
            f"USING ({OWN_DISTRICT}) WITH CHECK ({OWN_DISTRICT});",
            f'DROP POLICY own_district ON "{table}";'
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY;',
        )
        for table in tables
    ]


def view_of_own(view: str, table: str) -> list[RunSQL]:
    """The rows of the own district as the owner's view of the table, which says so itself.

    Behind the wall PostgreSQL asks an index only with operators it knows to leak nothing, and those
    for words and lists are not among them. Through this view it may ask them first. So it is for
    tables of which every district's rows may be read by anybody, such as a public directory."""
    return [
        RunSQL(
            f'CREATE VIEW "{view}" AS SELECT * FROM "{table}" '  # noqa: S608 - ours
            f"WHERE {OWN_DISTRICT} WITH CASCADED CHECK OPTION;",
            f'DROP VIEW "{view}";',
        )
    ]


def append_only(*tables: str) -> list[RunSQL]:
    """Take from the application's own role the right to change or delete what was written."""
    role = sql.Identifier(str(settings.DATABASES["default"]["USER"])).as_string()
    return [
        RunSQL(
            f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}',
            f'GRANT UPDATE, DELETE ON "{table}" TO {role}',
        )
        for table in tables
    ]
