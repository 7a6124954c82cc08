"""Correction: what somebody from outside says is wrong, until somebody here has decided."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import KEEPS
from hearth.partners.models.service import Service
from hearth.schools.models import Owned


class CorrectionQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (KEEPS,)

    def waiting(self) -> Self:
        return self.filter(decided_at=None).order_by("at", "pk")


@keep_history
class Correction(Owned):
    """Field by field, what stood there and what should: {"wait_time": ["none", "a month"]}.

    Nothing changes until somebody who keeps the directory takes a field; `taken` names those.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="corrections")
    nonce = models.UUIDField(default=uuid4, unique=True)  # the same form sent twice is one
    at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=dict)
    words = models.TextField(_("anything else"), blank=True)
    from_whom = models.CharField(_("your name"), max_length=200, blank=True)
    reach_at = models.CharField(_("how to reach you"), max_length=254, blank=True)
    language = models.CharField(max_length=20, default="en")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken = ArrayField(models.CharField(max_length=60), default=list)

    objects = CorrectionQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["service", "nonce", "at", "language", "decided_at", "decided_by", "taken"],
            Privacy.INTERNAL,
        ),
        **dict.fromkeys(["changes", "words", "from_whom", "reach_at"], Privacy.PERSONAL),
    }

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="correction_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(changes={}) | ~Q(words=""), name="correction_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(decided_at=None), name="correction_waiting")
        ]
