"""Capacity: how many places are free in a service, and who said so when."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.partners.models.contact import Contact
from hearth.partners.models.grounds import READS
from hearth.partners.models.service import Service
from hearth.schools.models import Owned


class CapacityQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (READS,)

    def latest(self, services: Collection[int] | None = None) -> Self:  # type: ignore[override]
        """The last word about each service."""
        rows = self if services is None else self.filter(service__in=services)
        return rows.order_by("service", "-at", "-pk").distinct("service")


class Capacity(Owned):
    """One saying. Rows are never changed: who knows better says it anew, and the latest counts."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="capacities")
    places = models.PositiveIntegerField(_("places free"))
    waiting = models.PositiveIntegerField(_("how many wait"), null=True, blank=True)
    expected_on = models.DateField(_("next place expected on"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=60), verbose_name=_("languages offered"), default=list
    )
    said_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    # Somebody of ours who was told on the phone, or the partner's own contact by link.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="capacities"
    )

    objects = CapacityQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["places", "waiting", "expected_on", "languages"], Privacy.PUBLIC),
        **dict.fromkeys(["service", "said_on", "at", "by", "contact"], Privacy.INTERNAL),
    }

    class Meta:
        verbose_name = _("word about capacity")
        verbose_name_plural = _("words about capacity")
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, contact=None) | Q(by=None, contact__isnull=False),
                name="capacity_said_by_one",
            ),
        ]
        indexes = [models.Index(fields=["service", "-at"], name="capacity_latest")]
