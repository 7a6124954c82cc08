"""Listing: what search reads of a service, put together from all its tables after each change."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.access.visible import VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import READS
from hearth.partners.models.service import Service
from hearth.schools.models import Owned


def _words() -> Any:
    return ArrayField(models.CharField(max_length=60), default=list)


class ListingQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (READS,)


class Listed(Owned):
    """What a listing says, and what search asks of it."""

    name = models.TextField(_("name"))
    words = SearchVectorField()
    needs = _words()
    languages = _words()
    insurance = _words()
    free = models.BooleanField(null=True)
    minimum_age = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    maximum_age = models.DecimalField(max_digits=7, decimal_places=3, null=True)

    # Which rules and word lists it was made by.
    made_by = models.CharField(max_length=12, default="")

    PRIVACY: ClassVar = {
        **dict.fromkeys(["service", "words", "made_by"], Privacy.INTERNAL),
        **dict.fromkeys(
            ["name", "needs", "languages", "insurance", "free", "minimum_age", "maximum_age"],
            Privacy.PUBLIC,
        ),
    }

    class Meta:
        abstract = True


class Listing(Listed):
    """One service that a family can be told about now, as search reads it.

    Nobody writes here but `actions.listing`: it can be thrown away and made anew at any time.
    """

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="listing",
        db_constraint=False,
    )  # fmt: skip

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [
            GinIndex(fields=["words", "needs", "languages", "insurance"], name="listing_sought"),
            models.Index(fields=["name", "service"], name="listing_name"),
        ]


class Sought(Listed):
    """The same rows through a view that says itself which district they are of, so that PostgreSQL
    may ask the index before it has read who may see the row (docs/adr/0023)."""

    service = models.OneToOneField(
        Service, on_delete=models.DO_NOTHING, primary_key=True, related_name="+",
        db_constraint=False,
    )  # fmt: skip

    objects = ListingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "partners_sought"
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
