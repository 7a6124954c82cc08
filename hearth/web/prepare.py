"""Bring a database to the shape this version needs: tables by the owner, rights to the role."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

APPEND_ONLY = ("audit_event", "audit_look")


def prepare_database(*, verbosity: int = 0) -> None:
    """Grant the application its rights on what the owner makes, then migrate. Safe to repeat."""
    grant_rights()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)


def prepared_for() -> str:
    """The mark of the version that last prepared this database: a comment on its schema."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description('public'::regnamespace), '')")
        return str(cursor.fetchone()[0])


def mark_prepared(version: str) -> None:
    """Kept in the database itself, so that it goes where the tables go, and with them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(version)))


def grant_rights() -> None:
    """Reading and writing rows is all the application may do; tables stay the owner's."""
    role = _name("default")
    owner = _name("owner")
    if role == owner:
        return
    with connections["owner"].cursor() as cursor:
        _ensure_role(cursor, role, str(settings.DATABASES["default"]["PASSWORD"]))
        names = {"role": sql.Identifier(role), "owner": sql.Identifier(owner)}
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
            "GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(**names))


def grant_existing() -> None:
    """The same rights on tables that are there already, as after a restore."""
    role = _name("default")
    with connections["owner"].cursor() as cursor:
        for statement in (
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}",
            *(f"REVOKE UPDATE, DELETE ON {table} FROM {{}}" for table in APPEND_ONLY),
        ):
            cursor.execute(sql.SQL(statement).format(sql.Identifier(role)))


def _name(alias: str) -> str:
    return str(settings.DATABASES[alias]["USER"])


def _ensure_role(cursor: Any, role: str, password: str) -> None:
    """Make the application's role where it is missing; one made by hand is left as it is."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOBYPASSRLS PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(password)
            )
        )


def bound_by_the_wall(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """What makes this connection unsafe to serve with, in words; empty when it is bound."""
    row = connection.execute(
        "SELECT rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public'"
        " AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    superuser, bypasses, owns = row or (True, True, True)
    if superuser:
        return "it is a superuser"
    if bypasses:
        return "it may bypass row-level security"
    return "it owns the tables" if owns else ""
