"""Location: where a service is offered; and where our own schools are, to tell how far it is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import (
    READS,
    Correctable,
    DirectoryQuerySet,
    Listed,
    once_per_source,
)
from hearth.partners.models.organization import Organization
from hearth.partners.models.service import Service
from hearth.schools.models import Owned, School

ON_EARTH = Q(latitude__range=(-90, 90), longitude__range=(-180, 180))


@keep_history
class Location(Correctable):
    """A building, a postal address, or a place on the web. Its address stands in its details."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("a place to go to")
        POSTAL = "postal", _("a postal address")
        VIRTUAL = "virtual", _("by phone or online")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="locations",
        db_constraint=False,
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PHYSICAL)
    name = models.TextField(_("name"), blank=True)
    alternate_name = models.TextField(_("other name"), blank=True)
    description = models.TextField(_("about"), blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    url = models.TextField(_("web page"), blank=True)
    # As the file has them; a point off the globe is kept for the way out, and never measured from.
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["organization", "kind", "name", "alternate_name", "description", "transportation", "url",
         "latitude", "longitude"],
        Privacy.PUBLIC,
    )  # fmt: skip

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            once_per_source("location_source"),
            models.CheckConstraint(
                condition=Q(kind__in=["physical", "postal", "virtual"]), name="location_kind_known"
            ),
        ]
        # What is near is a strip of these, and few of the strip.
        indexes = [models.Index(fields=["latitude", "longitude"], name="location_on_the_map")]

    def __str__(self) -> str:
        return self.name


class ServiceAtLocation(Listed):
    """One service at one location. A service offered at none is offered wherever people are."""

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="at", db_constraint=False
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="at", db_constraint=False
    )
    description = models.TextField(_("what is offered here"), blank=True)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["service", "location", "description"], Privacy.PUBLIC)

    class Meta:
        verbose_name = _("service at a location")
        verbose_name_plural = _("services at locations")
        constraints = [once_per_source("service_at_location_source")]


class SchoolPlaceQuerySet(VisibleQuerySet["SchoolPlace"]):
    grounds: ClassVar = (READS,)


class SchoolPlace(Owned):
    """Where one of our schools is, so that distance can be told from it."""

    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="place")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    objects = SchoolPlaceQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["school", "latitude", "longitude"], Privacy.PUBLIC)

    class Meta:
        verbose_name = _("place of a school")
        verbose_name_plural = _("places of schools")
        constraints = [models.CheckConstraint(condition=ON_EARTH, name="school_place_on_earth")]
