"""The random numbers by which the mart knows people."""

from typing import ClassVar

from django.db import models

from hearth.audit.privacy import Privacy
from hearth.people.models import Person
from hearth.schools.models import Owned


class FactKey(Owned):
    """One person's number in the mart. It says nothing, and only this table leads back."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    key = models.BigIntegerField(unique=True)

    PRIVACY: ClassVar = dict.fromkeys(["person", "key"], Privacy.INTERNAL)
