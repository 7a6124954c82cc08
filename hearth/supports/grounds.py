"""On what footing a person sees a referral."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models.grounds import holders


def _asked_by(user: User) -> Q:
    return Q(referrer=user) if user.may(May.ASK_FOR_SUPPORT) else NOTHING


def _team_of_school(user: User) -> Q:
    return Q(school__in=user.standing.schools(May.SEE_REFERRALS))


class ReferralQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "team",
            _("You are on this school's support team."),
            _team_of_school,
            lambda referral: holders(May.SEE_REFERRALS, Reach.SCHOOL, school=referral.school_id),
        ),
        Ground(
            "referrer",
            _("You asked for this support."),
            _asked_by,
            lambda referral: Q(pk=referral.referrer_id),
        ),
    )

    def open(self) -> "ReferralQuerySet":
        return self.exclude(state="closed")

    def waiting_for_answer(self) -> "ReferralQuerySet":
        return self.filter(answered_at=None)
