"""The verbs of the schools floor."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from hearth.schools.models import ClosedDay, District


@transaction.atomic
def set_closed_days(*, district: District, days: Iterable[tuple[date, str, str]]) -> int:
    """Replace the weekdays without instruction: (day, kind, name). Returns how many there are."""
    ClosedDay.objects.filter(district=district).delete()
    closed = [ClosedDay(district=district, day=d, kind=k, name=n) for d, k, n in days]
    return len(ClosedDay.objects.bulk_create(closed))
