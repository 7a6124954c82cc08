"""Partner worker: somebody from outside to whom students are referred."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import EVERY_ROW, holders
from hearth.people.models.person import Person
from hearth.schools.models import Owned


def _for_a_team(user: User) -> Q:
    return EVERY_ROW if user.standing.schools(May.SEE_REFERRALS) else NOTHING


def _for_the_district(user: User) -> Q:
    return EVERY_ROW if user.standing.reaches(May.SEE_STUDENTS, Reach.DISTRICT) else NOTHING


class PartnerWorkerQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "team",
            _("You are on a support team that refers students to partners."),
            _for_a_team,
            lambda worker: holders(May.SEE_REFERRALS, Reach.SCHOOL),
        ),
        Ground(
            "district",
            _("Your role covers every school of the district."),
            _for_the_district,
            lambda worker: holders(May.SEE_STUDENTS, Reach.DISTRICT),
        ),
        Ground(
            "self",
            _("This is you."),
            lambda user: Q(person__user=user),
            lambda worker: Q(person=worker.person_id),
        ),
    )

    def current(self) -> "PartnerWorkerQuerySet":
        today = timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)


@keep_history
class PartnerWorker(Owned):
    """One person's work for one organization, from a day to a day; both days count.

    The person signs in, if at all, with the account that stands with the person.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="partner_work")
    organization = models.CharField(_("organization"), max_length=200)
    does = models.CharField(_("what they do"), max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = PartnerWorkerQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["person", "organization", "does", "starts", "ends"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(ends=None), name="partner_work_once"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="partner_work_ends_after"
            ),
            models.CheckConstraint(
                condition=~Q(organization=""), name="partner_work_names_organization"
            ),
        ]
