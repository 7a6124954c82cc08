"""A student's days at school this year, counted for the people around them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import ngettext_lazy

from hearth.records.models import AttendanceDay

JULY = 7
HERE = ("present", "in_school")
# In the order in which a page says them, after the days at school.
AWAY = {
    "excused": ngettext_lazy("%(n)s day away with a reason", "%(n)s days away with a reason", "n"),
    "unexcused": ngettext_lazy(
        "%(n)s day away; we do not know why yet", "%(n)s days away; we do not know why yet", "n"
    ),
    "suspended": ngettext_lazy(
        "%(n)s day suspended out of school", "%(n)s days suspended out of school", "n"
    ),
    "independent": ngettext_lazy(
        "%(n)s day of independent study, done", "%(n)s days of independent study, done", "n"
    ),
    "independent_missed": ngettext_lazy(
        "%(n)s day of independent study, not done",
        "%(n)s days of independent study, not done",
        "n",
    ),
}


@dataclass(frozen=True)
class DaysAtSchool:
    """`here` of `expected` days at school, and the rest by its reason, in words."""

    here: int
    expected: int
    away: list[str]


def days_at_school(keys: Collection[int], today: date) -> DaysAtSchool | None:
    """This school year's days so far, under every key of the student; None without any."""
    begins = date(today.year - (today.month < JULY), JULY, 1)
    rows = AttendanceDay.objects.filter(student__in=keys, day__gte=begins, day__lte=today)
    found = dict(rows.values_list("kind").annotate(n=Count("pk")).order_by())
    if not found:
        return None
    away = [str(words % {"n": found[kind]}) for kind, words in AWAY.items() if found.get(kind)]
    return DaysAtSchool(sum(found.get(kind, 0) for kind in HERE), sum(found.values()), away)
