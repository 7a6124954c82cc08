"""What waits on a user around plans: a look that is due, and counts that ask for one."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.supports.models import Measure, PhaseChange, Plan, Point, Strategy
from hearth.supports.reading.progress import asks_now
from hearth.supports.waits.line import Waits

AT_MOST = 10


def waits(user: User, today: date) -> list[Waits]:
    """Plans of the user's own that are due to be looked at, or whose counts ask for it, and those
    of the team that everybody let pass. One query; what is due longest stands first."""
    if not user.may(May.SEE_PLANS):
        return []
    found = [line for plan in _to_look_at(user, today) if (line := _line(plan, today))]
    return found[:AT_MOST]


@written_once
def _to_look_at(user: User, today: date) -> QuerySet[Plan]:
    doing = Strategy.objects.filter(plan=OuterRef("pk"), doer=user, ends_on=None)
    own = Q(written_by=user) | Q(Exists(doing))
    team = Q(student__school__in=user.standing.schools(May.WORK_REFERRALS), review_on__lt=today)
    plans: QuerySet[Plan] = (
        Plan.objects.seen_by_post(user)
        .filter(own | team, ended_on=None)
        .annotate(counts=_counts())
        .select_related("student__person")
        .order_by("review_on", "pk")
    )
    return plans


def _line(plan: Plan, today: date) -> Waits | None:
    asking = [title for title, asks in ((m["title"], asks_now(m)) for m in plan.counts) if asks]  # type: ignore[attr-defined]
    day = plan.review_on or today
    if day > today and not asking:
        return None
    return Waits(
        pk=plan.pk,
        student=plan.student.person.called,
        about=_("Plan"),
        stands=_("The counts ask to be looked at: %(what)s") % {"what": ", ".join(asking)}
        if asking
        else _("Time to look at the plan together"),
        day=day,
        late=day < today,
        url=reverse("supports:plan", args=[plan.pk]),
    )


def _counts() -> ArraySubquery:
    """The open measures of a plan with their counts and changes, as one column."""
    points = Point.objects.filter(measure=OuterRef("pk")).values(
        row=JSONObject(on=F("on"), value=F("value"))
    )
    phases = PhaseChange.objects.filter(measure=OuterRef("pk")).values("on")
    measures = Measure.objects.filter(goal__plan=OuterRef("pk"), ended_on=None).order_by("pk")
    return ArraySubquery(
        measures.values(
            row=JSONObject(
                title=F("title"),
                baseline=F("baseline"),
                baseline_on=F("baseline_on"),
                target=F("target"),
                target_on=F("target_on"),
                points=ArraySubquery(points),
                phases=ArraySubquery(phases),
            )
        )
    )
