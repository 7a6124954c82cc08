"""The random numbers by which the mart knows people."""

from typing import ClassVar

from django.db import connection, models

from hearth.audit.privacy import Privacy
from hearth.people.models import Person
from hearth.schools.models import Owned

LOCKS = 0x4B455953
"""The family of advisory locks that mean: numbers of this district are being given or taken."""


def alone_with_keys(district_id: int) -> None:
    """Nobody else gives or takes numbers for as long as the transaction is open.

    A mart gives a number to whoever is new; an undo takes it before it takes the person. At the
    same moment the number would be left without its person, and the undo would be refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, district_id])


class FactKey(Owned):
    """One person's number in the mart. It says nothing, and only this table leads back."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    key = models.BigIntegerField(unique=True)

    PRIVACY: ClassVar = dict.fromkeys(["person", "key"], Privacy.INTERNAL)
