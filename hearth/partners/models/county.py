"""The county's export: what was told of referrals, without a name, and who may fetch it."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.agreement import Agreement
from hearth.partners.models.grounds import to_whom_holds
from hearth.partners.models.organization import Organization
from hearth.partners.models.outward import ReferralOut
from hearth.schools.models import Owned

SENDS = to_whom_holds(
    May.SEND_COUNTY, "sends_county", _("Your role answers for what the county is told.")
)


class SentQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (SENDS,)


class CountyExport(Owned):
    """One file as it was made and signed. Never changed; the next one follows it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="county_exports"
    )
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    withheld = models.CharField(max_length=20)  # of how many rows nothing is told; a few uncounted
    least = models.PositiveSmallIntegerField()  # the smallest group, on that day
    table = models.BinaryField()
    manifest = models.TextField()
    signature = models.BinaryField()

    objects = SentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["organization", "agreement", "made_by", "made_at", "rows", "withheld", "least",
             "manifest", "signature"],
            Privacy.INTERNAL,
        ),
        "table": Privacy.SENSITIVE,
    }  # fmt: skip

    class Meta:
        verbose_name = _("county's export")
        verbose_name_plural = _("county's exports")
        ordering = ("-made_at", "-pk")

    def get_absolute_url(self) -> str:
        return reverse("county:export", args=[self.pk])


class RowKey(Owned):
    """By which random key the county knows a referral, and what it was told of it, once for all.

    This table never leaves: without it no key leads to a referral, and no two keys to one child.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(ReferralOut, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid4, unique=True)
    told = models.JSONField()
    first_told = models.ForeignKey(CountyExport, on_delete=models.PROTECT, related_name="+")

    PRIVACY: ClassVar = {
        "key": Privacy.SECRET,
        "told": Privacy.SENSITIVE,
        **dict.fromkeys(["organization", "referral", "first_told"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "referral"], name="row_key_once")
        ]


class ReaderQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (SENDS,)

    def good(self, today: date) -> Self:
        return self.filter(revoked_at=None, expires_on__gte=today)


@keep_history
class CountyReader(Owned):
    """A program or a person at the county that may fetch the files: a token, of which only the hash
    is kept."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="county_readers"
    )
    name = models.CharField(_("name"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReaderQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "token_hash": Privacy.SECRET,
        "name": Privacy.PERSONAL,
        **dict.fromkeys(
            ["organization", "expires_on", "made_by", "made_at", "revoked_at", "revoked_by"],
            Privacy.INTERNAL,
        ),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="county_reader_has_a_name"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="county_reader_revoked_after_made",
            ),
        ]
