"""What this room says of the framework's elements: in words, and with no count of any child.

Whether somebody was ever helped at a school is asked without regard to who may see which row, as
one yes or no; what is counted (meetings, things decided) is counted of what this reader may see.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.framework.saying import Said, Side, Spoken
from hearth.schools.models import School
from hearth.supports.models import Decision, Meeting, PlanReview, Referral
from hearth.supports.models.legal import InsteadOfDiscipline

LATELY = timedelta(days=365)


def said(user: User, schools: Collection[int]) -> Spoken:
    """Of all these schools in one query."""
    found: dict[str, list[Said]] = {}
    for school in _schools(user, schools, timezone.localdate()):
        for key, line in _of(school, user):
            found.setdefault(key, []).append(line)
    return found


def _schools(user: User, schools: Collection[int], today: date) -> Any:
    here, since = OuterRef("pk"), today - LATELY
    held = Meeting.objects.visible_to(user).filter(closed_at__date__gt=since)
    kept = Decision.objects.visible_to(user).standing().filter(done_on__gt=since)
    return School.objects.filter(pk__in=schools).annotate(
        asked=Exists(Referral.objects.filter(school=here)),
        looked=Exists(PlanReview.objects.filter(plan__referral__school=here)),
        instead=Exists(InsteadOfDiscipline.objects.filter(school=here)),
        ready=F("team__ready_on"),
        weeks=F("team__every_weeks"),
        weekday=F("team__weekday"),
        door=F("team__door_open"),
        held=_how_many(held),
        kept=_how_many(kept),
        district_slug=F("district__slug"),
    )  # fmt: skip


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """Rows of each school, counted in the database."""
    own = rows.filter(school=OuterRef("pk")).order_by().values("school")
    counted = Subquery(own.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(counted, Value(0))


def _of(school: Any, user: User) -> Iterator[tuple[str, Said]]:
    def line(side: Side, text: str, url: str = "", **more: Any) -> Said:
        return Said(side, text, school=school.pk, url=url, **more)

    if school.asked:
        url = _door(user)
        yield (
            "pillar.integrated_supports",
            line(
                Side.DOING,
                _("Concerns are asked about, answered and followed until a service begins."),
                url,
            ),
        )
        yield (
            "condition.supports",
            line(Side.DOING, _("Each referral has an owner, a next date and an answer."), url),
        )
        yield (
            "commitment.assets",
            line(
                Side.DOING,
                _("Whoever asks for support names a strength of the student first."),
                url,
                strength=True,
            ),
        )
    if school.looked:
        yield (
            "condition.supports",
            line(Side.DOING, _("Plans are looked at together, and changed when they do not help.")),
        )
    if school.instead:
        url = reverse("supports:insteads") if user.may(May.ASK_FOR_SUPPORT) else ""
        yield (
            "commitment.restorative",
            line(Side.DOING, _("Teachers ask for support instead of a suspension."), url),
        )
    if school.door:
        url = reverse("door:ask", args=[school.district_slug, school.slug])
        yield (
            "pillar.family_engagement",
            line(Side.DOING, _("Families ask for help at an open door, without an account."), url),
        )
    yield from _team(school, user, line)


def _team(school: Any, user: User, line: Any) -> Iterator[tuple[str, Said]]:
    key, sees = "pillar.collaborative_leadership", user.may(May.SEE_REFERRALS)
    meetings = reverse("supports:meetings") if sees else ""
    if school.ready is None:
        url = reverse("supports:team_home") if user.may(May.RUN_TEAM) else ""
        text = _("No support team is set up yet. The coordinator can begin it.")
        yield "pillar.integrated_supports", line(Side.MISSING, text, url)
    elif school.weekday is not None:
        text = ngettext(
            "The support team sits together every week.",
            "The support team sits together every %(n)s weeks.",
            school.weeks,
        ) % {"n": school.weeks}
        yield key, line(Side.DOING, text, meetings, count=school.held)
    if school.kept:
        text = _("What the team decided was done.")
        yield key, line(Side.CHANGED, text, meetings, count=school.kept)


def _door(user: User) -> str:
    if user.may(May.SEE_REFERRALS):
        return reverse("supports:board")
    return reverse("supports:mine") if user.may(May.ASK_FOR_SUPPORT) else ""
