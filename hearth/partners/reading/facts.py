"""What this room tells the numbers: which need a partner was asked for, and what came of it.

A queryset of plain rows whose first column is the student's key; the mart puts a random number in
its place. Days and closed lists only: no partner, no service, and nothing of what anybody wrote.
"""

from typing import Any

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from hearth.partners.models import Consent, ReferralOut

Told = QuerySet[Any, tuple[Any, ...]]


def needs() -> Told:
    """student, school, number, need, sent, state, declined_because, met, due, linked. Of several
    about one need the one with the highest number was sent last.

    Where a family said no before anything was sent, nothing was; it is told as what the family
    declined, with a number below nought, so that whatever was sent about the need goes before it.
    """
    sent = ReferralOut.objects.exclude(need="").values_list(
        "student", "school", "pk", "need", TruncDate("sent_at"), "state", "declined_because",
        "met", "due_on", "first_service_on",
    )  # fmt: skip
    never = Cast(Value(None), DateField())
    declined = Consent.objects.filter(answer=Consent.Answer.DECLINED).exclude(need="").values_list(
        "student", "school", -F("pk"), "need", TruncDate("answered_at"),
        Value("declined"), Value("family_said_no"), Value(""), never, never,
    )  # fmt: skip
    return sent.union(declined, all=True)
