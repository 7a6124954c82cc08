"""The memory of a merge."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.people.models.person import Person
from hearth.schools.models import Owned


class Merge(Owned):
    """Two rows that were one person, and what it takes to make them two again.

    `moved` names every row that changed hands: {"table.column": [keys]}. `made` names the tables
    in which the kept person became a student, a guardian or staff through the merge. `filled`
    holds what was blank on the kept side and came from the other: {"table.column": value}.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    moved = models.JSONField(default=dict)
    made = models.JSONField(default=list)
    filled = models.JSONField(default=dict)

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["kept", "absorbed", "by", "at", "undone_at", "undone_by", "moved", "made"],
            Privacy.INTERNAL,
        ),
        "filled": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="merge_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["district", "-at"], name="merge_newest")]
