"""Every key between owned rows is held: by PostgreSQL's own constraint, or by set."""

import pytest
from django.db import connection, models

from tests.guards.house import our_models


def unheld(fields: list[models.ForeignKey], triggers: set[str]) -> list[str]:  # type: ignore[type-arg]
    """Keys without a constraint for which `hold_keys` was not called. The wall holds `district`."""
    return sorted(
        name
        for field in fields
        if not vars(field)["db_constraint"] and field.name != "district"
        for name in [f"{field.model._meta.db_table}_{field.column}"]
        if not {f"{name}_{what}" for what in ("new", "old", "lock", "left", "stays")} <= triggers
    )


@pytest.mark.django_db
def test_every_key_without_a_constraint_is_held_by_set() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        triggers = {row[0] for row in cursor.fetchall()}
    fields = [
        field
        for model in our_models()
        if model._meta.managed  # a view holds what its table holds
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    ]
    missing = unheld(fields, triggers)
    assert not missing, f"Add hold_keys(...) for these in a migration: {missing}"
    assert unheld(fields, set()), "no key is held by set any more: this guard may go"
