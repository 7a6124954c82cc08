"""Class reviews that were begun and are not whole yet, for Today. The title of a class stands where
a student's name would."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.dates import as_day
from hearth.people.models import Section
from hearth.supports.models import ClassReview
from hearth.supports.models.review import reviewable_by, taught_by
from hearth.supports.reading import coverage
from hearth.supports.rules.review import school_year
from hearth.supports.waits.line import Waits

AT_MOST = 10


def waits(user: User, today: date) -> list[Waits]:
    """My classes of which a walk was begun, and those where I began it, the oldest first. Whoever
    has begun nothing is asked for nothing. One query, and none for who walks no class."""
    if not user.may(May.REVIEW_CLASS):
        return []
    return [_line(row) for row in _begun(user, today)]


@written_once
def _begun(user: User, today: date) -> QuerySet[Section, Any]:
    year = school_year(today)
    begun = ClassReview.objects.filter(section=OuterRef("pk"), year=year)
    mine = taught_by(user) | Q(reviews__begun_by=user, reviews__year=year)
    rows = (
        coverage.with_coverage(reviewable_by(user).filter(mine).distinct(), year)
        .annotate(begun_at=Subquery(begun.values("begun_at")[:1]))
        .filter(Q(finished_at=None) | Q(reviewed__lt=F("students")), review__isnull=False)
        .order_by("begun_at", "pk")
    )
    return rows[:AT_MOST]


def _line(row: Any) -> Waits:
    counted = {"reviewed": row.reviewed, "students": row.students}
    return Waits(
        pk=row.review,
        student=row.title,
        about=_("Class review"),
        stands=_("%(reviewed)s of %(students)s reviewed") % counted,
        day=as_day(row.begun_at),
        late=False,
        url=reverse("supports:class_review", args=[row.review]),
    )
