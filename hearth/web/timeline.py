"""What happened around a student, in words, from the record of what was done."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.audit.models import Event
from hearth.people.models import Student
from hearth.supports.models import Plan, Referral, Tier
from hearth.supports.models.circle import shared_with

SHOWN = 30
# A verb that has no words here is not told: the list says what a reader of this page should meet.
WORDS = {
    "strengths_written": _("Somebody wrote what this student loves and is good at"),
    "people_merged": _("Two entries of this student were brought together"),
    "people_unmerged": _("Two entries were taken apart again"),
    "referral_submitted": _("Somebody asked for support"),
    "referral_triaged": _("The team read the referral"),
    "referral_assigned": _("The referral has somebody who looks after it"),
    "referral_assessing": _("The team is getting to know what would help"),
    "referral_planned": _("A plan was made"),
    "referral_referred": _("Handed over to a service; it has not begun yet"),
    "referral_waitlisted": _("On a waiting list"),
    "referral_linked": _("The service has begun"),
    "referral_monitoring": _("The team checks in from time to time"),
    "referral_closed": _("The referral was closed"),
    "referral_handed_over": _("The team of the student's new school took it over"),
    "answered": _("The person who asked got an answer"),
    "answer_read": _("The person who asked read the answer"),
    "note_written": _("A note was written"),
    "plan_written": _("A plan was written together"),
    "goal_added": _("A goal was added"),
    "goal_met": _("A goal was met"),
    "plan_reviewed": _("The plan was looked at together"),
    "plan_ended": _("The plan ended"),
    "tier_set": _("How much support there is was said anew"),
    "tier_ended": _("The extra support in one area ended"),
}
ICONS = {
    "strengths_written": "sun",
    "referral_submitted": "hand",
    "referral_planned": "path",
    "referral_linked": "check",
    "answered": "message",
    "note_written": "edit",
    "plan_written": "path",
    "goal_added": "flag",
    "goal_met": "check",
    "plan_reviewed": "eye",
    "tier_set": "path",
}


@dataclass(frozen=True)
class Happening:
    """What one person did with one thing on one day, the newest first."""

    at: datetime
    words: list[str]
    by: str
    icon: str
    url: str


@dataclass(frozen=True)
class Happened:
    """`newest` is how many events are told where there are more, and zero where all are."""

    lines: list[Happening]
    newest: int

    def __bool__(self) -> bool:
        return bool(self.lines)


def what_happened(
    student: Student, keys: list[int], user: User, *, unfold: bool = False
) -> Happened:
    """The newest events that this user may know of, in one query. What the support team did is told
    to the team, and of a plan to whoever may read the plan; what was closed long ago is folded
    away. `keys` are the student's own and those of the rows merged into it."""
    events = _events(student.pk, tuple(keys), user, unfold)
    lines = [_happening(list(same)) for _of, same in groupby(events[:SHOWN], key=_together)]
    return Happened(lines, newest=SHOWN if len(events) > SHOWN else 0)


@written_once
def _events(student: int, keys: tuple[int, ...], user: User, unfold: bool) -> QuerySet[Event]:
    """One more than is shown, so that a page knows of the rest."""
    shared = Exists(Student.objects.filter(shared_with(user), pk=student))

    def about(rows: Any) -> Q:
        kept = rows.filter(student=student)
        kept = kept if unfold else kept.not_folded(timezone.localdate())
        return Q(about=rows.model._meta.label_lower, about_id__in=kept.values("pk"))

    told = Q(about__in=["people.student", "people.person"])
    told |= about(Referral.objects.where_team_may(user, May.SEE_REFERRALS))
    # Every ground of plans and tiers is one of the student's, so it is enough to ask it once.
    told |= Q(shared) & (about(Plan.objects.all()) | about(Tier.objects.all()))
    found = Event.objects.filter(told, student_id__in=keys, verb__in=list(WORDS))
    found = found.only("at", "verb", "by_name", "about", "about_id", "student_id")
    return found.order_by("-at", "-pk")[: SHOWN + 1]


def _together(event: Event) -> tuple[object, ...]:
    return timezone.localdate(event.at), event.by_name, event.about, event.about_id


def _happening(events: list[Event]) -> Happening:
    newest = events[0]
    return Happening(
        at=newest.at,
        words=list(dict.fromkeys(str(WORDS[event.verb]) for event in events)),
        by=newest.by_name,
        icon=ICONS.get(newest.verb, "circle"),
        url=_url(newest),
    )


def _url(event: Event) -> str:
    if event.about == "supports.referral":
        return Referral(pk=event.about_id).get_absolute_url()
    if event.about == "supports.plan":
        return Plan(pk=event.about_id).get_absolute_url()
    if event.about == "supports.tier":
        return reverse("supports:student_supports", args=[event.student_id])
    return ""
