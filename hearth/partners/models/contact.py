"""Contact: a person at an organization to whom Hearth may write. It writes to nobody else."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.keepers import KEEPS_AGREEMENTS
from hearth.partners.models.organization import Organization
from hearth.people.models import PartnerWorker
from hearth.schools.models import Owned


class ContactQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (KEEPS_AGREEMENTS,)

    def current(self, day: date) -> Self:
        """Those who work there on that day, the longest there first."""
        here = self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)
        return here.order_by("starts", "pk")


@keep_history
class Contact(Owned):
    """Somebody at an organization, with the work address at which they answer.

    A directory's file prints names and addresses, too; those are for families. Only what
    somebody here has written down by hand is written to.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("work e-mail"))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    does = models.CharField(_("what they do there"), max_length=200, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    # Who answers when the contact asks back.
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Who signs in as this contact; nobody, where the links of our letters are enough.
    worker = models.OneToOneField(
        PartnerWorker, on_delete=models.PROTECT, null=True, blank=True, related_name="contact"
    )

    objects = ContactQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["name", "email", "language", "does"], Privacy.PERSONAL),
        **dict.fromkeys(["organization", "starts", "ends", "kept_by", "worker"], Privacy.INTERNAL),
    }

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & Q(email__contains="@"), name="contact_can_be_written_to"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="contact_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["organization", "email"], condition=Q(ends=None), name="contact_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_current(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)

    def get_absolute_url(self) -> str:
        return reverse("partners:contact", args=[self.pk])
