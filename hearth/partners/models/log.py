"""The services log: one time at which a service was given, with what a biller asks for."""

from datetime import date
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.privacy import Privacy
from hearth.partners.models.consent import AboutStudentQuerySet, Consent
from hearth.partners.models.contact import Contact
from hearth.partners.models.outward import ReferralOut
from hearth.partners.rules.log import minutes
from hearth.people.models import Student
from hearth.schools.models import InSchool


class ServiceGivenQuerySet(AboutStudentQuerySet):
    def standing(self) -> Self:
        """What holds: the newest word on each, and not what was struck out."""
        return self.filter(replaced_by=None, struck=False)

    def to_take_out(self, user: User, first: date, last: date) -> Self:
        """Of the schools whose rows this user may take out."""
        rows = self.visible_to(user).filter(
            student__school__in=user.standing.schools(May.EXPORT_ROWS)
        )
        return rows.standing().filter(day__gte=first, day__lte=last)


class ServiceGiven(InSchool):
    """Written once. What was wrong is put right by a row that replaces it, or strikes it out.

    It holds no word about what was said or found: that is the provider's record, not the school's.
    """

    class Kind(models.TextChoices):
        """The groups of the CYBHI fee schedule, and what belongs to none of them."""

        TEACHING = "psychoeducation", _("Learning about health and feelings")
        SCREENING = "screening", _("Screening and assessment")
        THERAPY = "therapy", _("Therapy")
        CASE = "case_management", _("Case management")
        OTHER = "other", pgettext_lazy("kind of service", "Something else")

    class Place(models.TextChoices):
        SCHOOL = "school", _("At school")
        PARTNER = "partner", _("At the partner's")
        HOME = "home", _("At the family's home")
        REMOTE = "remote", _("By phone or video")
        OTHER = "other", pgettext_lazy("place of a service", "Somewhere else")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="services_given")
    referral = models.ForeignKey(ReferralOut, on_delete=models.PROTECT, related_name="given")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    provider = models.CharField(_("who gave it"), max_length=200)
    credential = models.CharField(_("license or credential"), max_length=120)
    group_size = models.PositiveSmallIntegerField(_("how many students were there"))
    place = models.CharField(_("where"), max_length=10, choices=Place)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    struck = models.BooleanField(default=False)
    why = models.CharField(_("why it was put right"), max_length=300, blank=True)
    nonce = models.UUIDField(default=uuid4, unique=True)  # the same form sent twice is one
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ServiceGivenQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["referral", "consent", "kind", "why"], Privacy.SENSITIVE),
        **dict.fromkeys(
            ["student", "provider", "credential", "by", "contact"], Privacy.PERSONAL
        ),
        **dict.fromkeys(
            ["day", "starts", "ends", "group_size", "place", "replaces", "struck", "nonce", "at"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = _("service given")
        verbose_name_plural = _("services given")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="given_ends_after"),
            models.CheckConstraint(
                condition=Q(group_size__gte=1, group_size__lte=200), name="given_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(provider="") & ~Q(credential=""), name="given_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(by=None) ^ Q(contact=None), name="given_written_by_one"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, struck=False, why="")
                | (Q(replaces__isnull=False) & ~Q(why="")),
                name="given_put_right_says_why",
            ),
        ]
        indexes = [models.Index(fields=["school", "-day"], name="given_newest")]
        ordering = ("-day", "-starts", "-pk")

    @property
    def minutes(self) -> int:
        return minutes(self.starts, self.ends)
