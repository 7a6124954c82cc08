"""What this room tells the numbers: what was asked for, what came of it, tiers and reviews.

Each is a queryset of plain rows whose first column is the student's key; the mart puts a random
number in its place. Days and closed lists only, and nothing of what anybody wrote.
"""

from typing import Any

from django.db.models import Case, DateField, F, QuerySet, When
from django.db.models.functions import TruncDate

from hearth.supports.models import Referral, State, StudentReview, Tier

Told = QuerySet[Any, tuple[Any, ...]]


def referrals() -> Told:
    """student, school, need, opened, answer_due, answered, linked, closed."""
    closed = Case(When(state=State.CLOSED, then=F("since")), output_field=DateField())
    return Referral.objects.values_list(
        "student", "school", "domain", TruncDate("asked_at"), "answer_due_on",
        TruncDate("answered_at"), "first_service_on", closed,
    )  # fmt: skip


def tiers() -> Told:
    """student, school, domain, tier, starts, ends."""
    return Tier.objects.values_list(
        "student", "student__school", "domain", "level", "starts_on", "ends_on"
    )


def reviews() -> Told:
    """student, school, the year in which the school year began."""
    return StudentReview.objects.values_list("student", "review__school", "review__year")
