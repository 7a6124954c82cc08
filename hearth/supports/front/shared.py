"""What the support team shared about a student: for the family and the student, with no word of
what was said. Who asked is told by what they are, never by name."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.people.models import Student
from hearth.supports.models import Asker, Plan, Referral

SHOWN = 20
PLAN = _("A plan was written. You can read it.")
TO_STAFF = _("Somebody at school had asked for support and heard from the team what comes next.")
TO_FAMILY = _("The family had asked for support and heard from the team what comes next.")
# Asked in confidence, or out of fear for somebody: the team speaks with the family itself.
IN_CONFIDENCE = (Asker.STUDENT, Asker.FRIEND, Asker.NEIGHBOR)


@dataclass(frozen=True)
class Shared:
    """One thing that was shared, on which day, and where the family can read it, if they can."""

    day: date
    words: Promise
    url: str = ""


def shared_about(student: Student, user: User) -> list[Shared]:
    """The newest first; two queries. The caller has seen that the user is family or the student."""
    return sorted(
        [*_plans(student, user), *_answers(student)], key=lambda each: each.day, reverse=True
    )[:SHOWN]


def _plans(student: Student, user: User) -> list[Shared]:
    plans = Plan.objects.visible_to(user).not_folded(timezone.localdate())
    rows = plans.filter(student=student).order_by("-starts_on")
    return [Shared(plan.starts_on, PLAN, plan.get_absolute_url()) for plan in rows[:SHOWN]]


def _answers(student: Student) -> list[Shared]:
    told = (
        Referral.objects.filter(student=student, answered_at__isnull=False)
        .not_folded(timezone.localdate())
        .exclude(urgency="now")
        .exclude(moves__went_to="safety")
        .exclude(safety_calls__isnull=False)
        .exclude(notes__restricted=True)
        .exclude(requests__asker__in=IN_CONFIDENCE)
    )
    rows = told.order_by("-answered_at").values_list("answered_at", "requests__asker")
    return [
        Shared(timezone.localdate(at), TO_FAMILY if asker == Asker.FAMILY else TO_STAFF)
        for at, asker in rows.distinct()[:SHOWN]
    ]
