"""Whose rows the database lets us see: one district at a time, one transaction at a time.

The setting is local to its transaction, so nothing of it is left on a kept connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "hearth.district"


@contextmanager
def acting_for(district_id: int) -> Iterator[None]:
    """Run a block of work, and commit it, as one district."""
    with transaction.atomic():
        before = _switch(district_id)
        yield
        # Inside a longer transaction (a test, an import of several steps) the outer choice returns.
        _restore(before)


@contextmanager
def reading_for(district_id: int) -> Iterator[None]:
    """Run a block that can only read: PostgreSQL refuses writes, and nothing is ever committed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('transaction_read_only', 'on', true), set_config(%s, %s, true)",
                [SETTING, str(district_id)],
            )
        yield
        transaction.set_rollback(True)


def _switch(district_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), set_config(%s, %s, true)",
            [SETTING, SETTING, str(district_id)],
        )
        return cursor.fetchone()[0] or ""


def _restore(before: str) -> None:
    if before:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, before])
