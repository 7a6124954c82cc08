"""A merge of two rows that were one person, with all that is needed to take it back."""

from typing import ClassVar

from django.db import models

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.people.models.person import Person
from hearth.schools.models import Owned


class Merge(Owned):
    """`moved` names every row that changed hands: {"table.column": [keys]}."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    moved = models.JSONField(default=dict)

    PRIVACY: ClassVar = dict.fromkeys(
        ["kept", "absorbed", "by", "at", "undone_at", "moved"], Privacy.INTERNAL
    )
