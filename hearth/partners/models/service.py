"""Service: something an organization does for people, which a family can be told about."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import Correctable, DirectoryQuerySet, once_per_source
from hearth.partners.models.organization import Organization

STALE_AFTER = timedelta(days=182)
"""Half a year: what nobody has looked at for longer may no longer be so."""
HOURS, PHONES = "hours", "phones"
"""They stand in tables of their own and are corrected as one text. Where `corrected` names one, the
rows written here (without a `source_id`) stand in place of those of the file."""


class ServiceQuerySet(DirectoryQuerySet):
    def offered(self) -> Self:
        """Those a family can be told about now."""
        return self.current().filter(status=Service.Status.ACTIVE)

    def stale(self, today: date) -> Self:
        """Still listed, and nobody has said for half a year that it is still right."""
        old = Q(verified_on=None) | Q(verified_on__lt=today - STALE_AFTER)
        return self.current().exclude(status=Service.Status.DEFUNCT).filter(old)


@keep_history
class Service(Correctable):
    """What is offered, for whom, at what cost and how one comes in."""

    class Status(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("of a service", "open")
        INACTIVE = "inactive", pgettext_lazy("of a service", "not offered now")
        DEFUNCT = "defunct", pgettext_lazy("of a service", "ended")
        CLOSED = "temporarily closed", pgettext_lazy("of a service", "closed for a while")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services", db_constraint=False
    )
    name = models.TextField(_("name"))
    alternate_name = models.TextField(_("other name"), blank=True)
    description = models.TextField(_("what they do"), blank=True)
    url = models.TextField(_("web page"), blank=True)
    email = models.TextField(_("e-mail"), blank=True)
    status = models.CharField(_("is it open?"), max_length=20, choices=Status, default="active")
    interpretation_services = models.TextField(_("interpreters"), blank=True)
    application_process = models.TextField(_("how to begin"), blank=True)
    fees_description = models.TextField(_("what it costs"), blank=True)
    wait_time = models.TextField(_("how long one waits"), blank=True)
    eligibility_description = models.TextField(_("who can come"), blank=True)
    minimum_age = models.DecimalField(_("from age"), max_digits=7, decimal_places=3, null=True)
    maximum_age = models.DecimalField(_("to age"), max_digits=7, decimal_places=3, null=True)
    alert = models.TextField(_("to know first"), blank=True)
    # The day on which somebody said that all this is right: of the file, or of a person here.
    verified_on = models.DateField(_("last verified"), null=True)
    verified_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ServiceQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["organization", "name", "alternate_name", "description", "url", "email", "status",
             "interpretation_services", "application_process", "fees_description", "wait_time",
             "eligibility_description", "minimum_age", "maximum_age", "alert", "verified_on"],
            Privacy.PUBLIC,
        ),
        "verified_by": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            once_per_source("service_source"),
            models.CheckConstraint(
                condition=Q(status__in=["active", "inactive", "defunct", "temporarily closed"]),
                name="service_status_known",
            ),
        ]
        indexes = [
            models.Index(F("verified_on").asc(nulls_first=True), "id", name="service_verified"),
            # Few are put right here, and who asks what is open now asks for them.
            models.Index(fields=["id"], name="service_corrected", condition=~Q(corrected=[])),
        ]

    def __str__(self) -> str:
        return self.name

    def is_stale(self, today: date) -> bool:
        return self.verified_on is None or self.verified_on < today - STALE_AFTER
