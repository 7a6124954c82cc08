"""What happened around a student, in words, from the record of what was done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.models import Event
from hearth.people.models import Student
from hearth.supports.models import Referral

SHOWN = 30
# A verb that has no words here is not told: the list says what a reader of this page should meet.
WORDS = {
    "strengths_written": _("Somebody wrote what this student loves and is good at"),
    "people_merged": _("Two entries of this student were brought together"),
    "people_unmerged": _("Two entries were taken apart again"),
    "referral_submitted": _("Somebody asked for support"),
    "referral_triaged": _("The team read the request"),
    "referral_assigned": _("The request has somebody who looks after it"),
    "referral_assessing": _("The team is getting to know what would help"),
    "referral_planned": _("A plan was made"),
    "referral_referred": _("Handed over to a service; it has not begun yet"),
    "referral_waitlisted": _("On a waiting list"),
    "referral_linked": _("The service has begun"),
    "referral_monitoring": _("The team checks in from time to time"),
    "referral_closed": _("The request was closed"),
    "referral_handed_over": _("The team of the student's new school took it over"),
    "answered": _("The person who asked got an answer"),
    "answer_read": _("The person who asked read the answer"),
    "note_written": _("A note was written"),
}
ICONS = {
    "strengths_written": "sun",
    "referral_submitted": "hand",
    "referral_planned": "path",
    "referral_linked": "check",
    "answered": "message",
    "note_written": "edit",
}


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str
    by: str
    icon: str
    url: str


def what_happened(
    student: Student, keys: list[int], user: User, *, unfold: bool = False
) -> list[Happening]:
    """The newest events that this user may know of, and one more than are shown where there are
    more. What the support team did is told to the team; what it closed long ago is folded away.
    `keys` are the student's own and those of the rows merged into it."""
    team = Referral.objects.where_team_may(user, May.SEE_REFERRALS).filter(student=student)
    team = team if unfold else team.not_folded(timezone.localdate())
    told = Q(about__in=["people.student", "people.person"]) | Q(
        about="supports.referral", about_id__in=team.values("pk")
    )
    events = Event.objects.filter(told, student_id__in=keys, verb__in=list(WORDS))
    events = events.only("at", "verb", "by_name", "about", "about_id")
    return [_happening(event) for event in events.order_by("-at", "-pk")[: SHOWN + 1]]


def _happening(event: Event) -> Happening:
    return Happening(
        at=event.at,
        words=str(WORDS[event.verb]),
        by=event.by_name,
        icon=ICONS.get(event.verb, "circle"),
        url=Referral(pk=event.about_id).get_absolute_url()
        if event.about == "supports.referral"
        else "",
    )
