"""A student's days at school this year, counted for the people around them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject
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
    rows = _this_year(today).filter(student__in=keys)
    return in_words(dict(rows.values_list("kind").annotate(n=Count("pk")).order_by()))


def days_beside(today: date) -> ArraySubquery:
    """The same counts as one column of a query of students: [{"kind": "present", "n": 61}, …]."""
    rows = _this_year(today).filter(student=OuterRef("pk")).order_by().values("kind")
    return ArraySubquery(rows.annotate(n=Count("pk")).values(row=JSONObject(kind="kind", n="n")))


def in_words(counted: Mapping[str, int]) -> DaysAtSchool | None:
    if not counted:
        return None
    away = [str(words % {"n": counted[kind]}) for kind, words in AWAY.items() if counted.get(kind)]
    here = sum(counted.get(kind, 0) for kind in HERE)
    return DaysAtSchool(here, sum(counted.values()), away)


def _this_year(today: date) -> QuerySet[AttendanceDay]:
    begins = date(today.year - (today.month < JULY), JULY, 1)
    return AttendanceDay.objects.filter(day__gte=begins, day__lte=today)
