"""What waits on a user from the team's meetings: the next one, and what they promised there."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.dates import full
from hearth.supports.models import Decision, Meeting
from hearth.supports.waits.line import Waits

AT_MOST = 10
WORDS = 120


def waits(user: User, today: date) -> list[Waits]:
    """Decisions the user owns that are due or late, the oldest promise first. One query."""
    if not user.may(May.WORK_REFERRALS):
        return []
    owned = Decision.objects.visible_to(user).standing().filter(owner=user, done_on=None)
    rows = (
        owned.filter(due_on__lte=today)
        .select_related("referral__student__person", "meeting")
        .order_by("due_on", "pk")
    )
    return [
        Waits(
            pk=row.pk,
            student=row.referral.student.person.called if row.referral else _("The whole school"),
            about=row.words if len(row.words) <= WORDS else f"{row.words[:WORDS].rstrip()}…",
            stands=_("decided %(day)s") % {"day": full(row.meeting.on, today)},
            day=row.due_on,
            late=row.due_on < today,
            url=reverse("supports:decision_done", args=[row.pk]),
        )
        for row in rows[:AT_MOST]
    ]


def meetings(user: User, today: date) -> list[Waits]:
    """Meetings in session, planned for today or ahead, one for each school; and one that was
    planned and did not take place, so that somebody finds it another day. One query."""
    if not user.may(May.SEE_REFERRALS):
        return []
    coming = Meeting.objects.visible_to(user).filter(closed_at=None).select_related("school")
    return [
        Waits(
            pk=row.pk,
            student="",
            about=row.school.name,
            stands=_standing(row, today),
            day=row.on,
            late=row.opened_at is None and row.on < today,
            url=row.get_absolute_url(),
        )
        for row in coming.order_by("on", "pk")[:AT_MOST]
    ]


def _standing(meeting: Meeting, today: date) -> str:
    if meeting.opened_at:
        return _("in session")
    if meeting.on < today:
        return _("did not take place")
    return meeting.starts_at.strftime("%H:%M") if meeting.starts_at else _("planned")
