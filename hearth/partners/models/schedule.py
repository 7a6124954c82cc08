"""Schedule: when a service is offered or a location open, by the rules of a calendar (RFC 5545)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import (
    DirectoryQuerySet,
    Listed,
    indexed_where_said,
    once_per_source,
)
from hearth.partners.models.location import Location, ServiceAtLocation
from hearth.partners.models.service import Service


class Schedule(Listed):
    """One rule: from an hour to an hour, on such days. Several make a week; a holiday is one, too.

    It may be of a service, of a location, or of the one at the other.
    """

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, related_name="schedules", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, related_name="schedules",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.PROTECT, null=True, related_name="schedules",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    valid_from = models.DateField(_("from"), null=True)
    valid_to = models.DateField(_("until"), null=True)
    dtstart = models.DateField(_("first day"), null=True)
    until = models.DateField(_("last day"), null=True)
    count = models.IntegerField(_("how often"), null=True)
    freq = models.CharField(_("repeats"), max_length=10, blank=True)
    interval = models.IntegerField(_("every"), null=True)
    byday = models.TextField(_("days"), blank=True)
    opens_at = models.TimeField(_("opens"), null=True)
    closes_at = models.TimeField(_("closes"), null=True)
    description = models.TextField(_("in words"), blank=True)
    # Nothing is offered on these days: a holiday, a summer break.
    closed = models.BooleanField(_("closed"), default=False)
    # Every week on the days it names, so that SQL alone can say whether it is open now.
    weekly = models.BooleanField(default=False)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["service", "location", "service_at_location", "valid_from", "valid_to", "dtstart",
             "until", "count", "freq", "interval", "byday", "opens_at", "closes_at",
             "description", "closed"],
            Privacy.PUBLIC,
        ),
        "weekly": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [once_per_source("schedule_source")]
        indexes = indexed_where_said("schedule", "service", "location", "service_at_location")
