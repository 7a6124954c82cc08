"""What waits with partners: for the team who has not answered, for the family what is asked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.partners.models import Consent, ReferralOut
from hearth.people.models.person import names

AT_MOST = 10


@dataclass(frozen=True)
class Silent:
    """One referral to a partner that is past its day. `call` says that they were asked twice."""

    url: str
    student: str
    service: str
    day: date
    call: bool


def silent_partners(user: User, today: date) -> list[Silent]:
    """Past their day, the oldest first: one query, and none for who is on no team."""
    if not user.standing.schools(May.SEE_REFERRALS):
        return []
    return [
        Silent(
            out.get_absolute_url(), out.student.person.called, out.service.name, out.due_on,
            out.handed_back_on is not None,
        )
        for out in _late(user, today)
        if out.due_on
    ]  # fmt: skip


@written_once
def _late(user: User, today: date) -> QuerySet[ReferralOut]:
    rows = ReferralOut.objects.where_team_may(user, May.SEE_REFERRALS).open()
    late = rows.filter(Q(due_on__lt=today), ~Q(state="served")).select_related(
        "student__person", "service"
    )
    shown: QuerySet[ReferralOut] = late.only(
        "due_on", "handed_back_on", "service__name", *names("student__person")
    ).order_by("due_on", "pk")[:AT_MOST]
    return shown


@dataclass(frozen=True)
class Question:
    """Something that the school asks this adult of the family."""

    url: str
    partner: str
    day: date


def asked_of(user: User) -> list[Question]:
    """What waits for this adult's yes or no; one query."""
    rows = Consent.objects.visible_to(user).waiting().filter(adult__person__user=user)
    found = rows.order_by("-asked_at", "pk").values_list(
        "student", "organization__name", "asked_at__date"
    )
    return [
        Question(reverse("out:at_home", args=[student]), partner, day)
        for student, partner, day in found[:AT_MOST]
    ]
