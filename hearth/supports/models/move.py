"""The steps of a referral's life, each with who, when and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.schools.models import Owned
from hearth.supports import rules
from hearth.supports.models.referral import Referral
from hearth.supports.models.words import State


class Move(Owned):
    """One step in a referral's life: who, when, why."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=20, choices=State, blank=True)
    went_to = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["referral", "came_from", "went_to", "at"], Privacy.INTERNAL),
        "by": Privacy.PERSONAL,
        "why": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(came_from="", went_to="submitted")
                | Q(
                    *[Q(came_from=a, went_to=b) for a, b in rules.transitions()],
                    _connector=Q.OR,
                ),
                name="move_is_legal",
            ),
        ]
