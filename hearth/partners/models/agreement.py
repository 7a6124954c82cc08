"""Agreement: what the district and an organization have signed, and what may be told under it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.contact import Contact
from hearth.partners.models.keepers import KEEPS_AGREEMENTS
from hearth.partners.models.organization import Organization
from hearth.partners.models.words import AgreementKind, Element, LegalBasis, Purpose
from hearth.partners.rules import agreement as rules
from hearth.schools.models import Owned

STATES = {
    rules.State.NOT_YET: pgettext_lazy("of an agreement", "not yet"),
    rules.State.LIVE: pgettext_lazy("of an agreement", "live"),
    rules.State.EXPIRING: pgettext_lazy("of an agreement", "expires soon"),
    rules.State.EXPIRED: pgettext_lazy("of an agreement", "expired"),
    rules.State.ENDED: pgettext_lazy("of an agreement", "ended"),
}


class AgreementQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (KEEPS_AGREEMENTS,)

    def live(self, day: date) -> Self:
        """Those that hold on that day. What one may tell under them, `rules.live_for` says."""
        ended = Q(ended_on__isnull=False, ended_on__lte=day)
        return self.filter(starts__lte=day, expires__gte=day).exclude(ended)

    def with_days_to_come(self, today: date, within: date) -> Self:
        """Those a keeper has to look at: a day of theirs comes near, and nothing follows yet. An
        insurance or fingerprints that are past stay here until somebody has seen to them."""
        near = Q(expires__lte=within)
        school = Q(insured_until__lte=within) | Q(cleared_until__lte=within)
        open_ones = self.filter(ended_on=None, followed_by=None, expires__gte=today)
        return open_ones.filter(near | (Q(at_school=True) & school))

    def by_what_ends_next(self, today: date) -> Self:
        """What still holds first, the soonest to end before the others; then what is over."""
        over = Q(expires__lt=today) | Q(ended_on__isnull=False, ended_on__lte=today)
        return self.annotate(
            over=models.Case(models.When(over, then=1), default=0),
            ends=Least("expires", "insured_until", "cleared_until"),
        ).order_by("over", "ends", "pk")


@keep_history
class Agreement(Owned):
    """A memorandum, a data-sharing agreement, or both in one. Its state is read off its dates.

    Renewing makes a new one that follows; what was agreed before stays as it was signed.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="agreements"
    )
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    purpose = models.TextField(_("what it is for"))
    purposes = ArrayField(
        models.CharField(max_length=20, choices=Purpose), verbose_name=_("told for"), default=list
    )
    elements = ArrayField(
        models.CharField(max_length=20, choices=Element), verbose_name=_("may be told"),
        default=list,
    )  # fmt: skip
    basis = models.CharField(_("legal basis"), max_length=30, choices=LegalBasis, blank=True)
    starts = models.DateField(_("first day"))
    expires = models.DateField(_("last day"))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    at_school = models.BooleanField(_("their people come to school"), default=False)
    insured_until = models.DateField(_("insured until"), null=True, blank=True)
    cleared_until = models.DateField(_("fingerprints cleared until"), null=True, blank=True)
    paper = models.CharField(_("where the signed paper lies"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True)
    ended_why = models.TextField(_("why it was ended"), blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["organization", "follows", "kind", "purpose", "purposes", "elements", "basis", "starts",
         "expires", "reviewed_on", "contact", "at_school", "insured_until", "cleared_until",
         "paper", "made_by", "made_at", "ended_on", "ended_why", "ended_by"],
        Privacy.INTERNAL,
    )  # fmt: skip

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires__gt=F("starts")), name="agreement_expires_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind="memorandum", elements=[], purposes=[], basis="")
                | (Q(kind__in=["data_sharing", "both"], basis__in=LegalBasis.values)
                   & ~Q(elements=[]) & ~Q(purposes=[])),
                name="agreement_says_what_is_told",
            ),
            models.CheckConstraint(
                condition=Q(elements__contained_by=Element.values)
                & Q(purposes__contained_by=Purpose.values),
                name="agreement_words_known",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="agreement_has_purpose"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="", ended_by=None)
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_why="")),
                name="agreement_ended_says_why",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organization", "expires"], name="agreement_live")]

    def get_absolute_url(self) -> str:
        return reverse("partners:agreement", args=[self.pk])

    @property
    def terms(self) -> rules.Terms:
        """What was agreed, as the rules read it."""
        return rules.Terms(
            kind=self.kind, starts=self.starts, expires=self.expires, purposes=self.purposes,
            elements=self.elements, ended_on=self.ended_on, at_school=self.at_school,
            insured_until=self.insured_until, cleared_until=self.cleared_until,
        )  # fmt: skip

    @property
    def shares(self) -> bool:
        return self.kind != AgreementKind.MEMORANDUM

    @property
    def told(self) -> list[str]:
        """What may be told, in words, in the order of the list."""
        return [str(one.label) for one in Element if one in self.elements]

    @property
    def told_for(self) -> list[str]:
        return [str(one.label) for one in Purpose if one in self.purposes]


class Reminder(Owned):
    """A day that came near and that the keepers were told of: once for each so many days before."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reminders")
    what = models.CharField(max_length=20, choices=[(w.value, w.value) for w in rules.What])
    day = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["agreement", "what", "day", "days_before", "at"], Privacy.INTERNAL
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "what", "day", "days_before"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(what__in=[w.value for w in rules.What]), name="reminder_what_known"
            ),
        ]
