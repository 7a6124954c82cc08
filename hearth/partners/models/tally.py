"""Tally: how many services each way of searching leads to, so that none leads to nothing."""

from typing import ClassVar

from django.db import models

from hearth.access.visible import VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import READS
from hearth.schools.models import Owned


class TallyQuerySet(VisibleQuerySet["Tally"]):
    grounds: ClassVar = (READS,)


class Tally(Owned):
    """Counted together with the listings, and like them never written by hand."""

    class Kind(models.TextChoices):
        ALL = "all"
        NEED = "need"
        LANGUAGE = "language"
        INSURANCE = "insurance"
        CATEGORY = "category"

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=60)
    name = models.TextField(blank=True)
    services = models.IntegerField()

    objects = TallyQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["kind", "key", "services"], Privacy.INTERNAL),
        "name": Privacy.PUBLIC,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "key"], name="tally_once"),
            models.CheckConstraint(
                condition=models.Q(services__gt=0), name="tally_leads_somewhere"
            ),
        ]
