"""What this room tells the numbers: which need a partner was asked for, and what came of it.

A queryset of plain rows whose first column is the student's key; the mart puts a random number in
its place. Days and closed lists only: no partner, no service, and nothing of what anybody wrote.
"""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from hearth.partners.models import ReferralOut

Told = QuerySet[Any, tuple[Any, ...]]


def needs() -> Told:
    """student, school, number, need, sent, state, declined_because, met, due, linked. Of several
    about one need the one with the highest number was sent last."""
    return ReferralOut.objects.exclude(need="").values_list(
        "student", "school", "pk", "need", TruncDate("sent_at"), "state", "declined_because",
        "met", "due_on", "first_service_on",
    )  # fmt: skip
