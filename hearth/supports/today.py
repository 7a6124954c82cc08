"""What the front pages show of this room: Today, and the supports part of a student's page."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.dates import as_day
from hearth.people.models import Student
from hearth.supports.models import Referral, State
from hearth.supports.models.grounds import ReferralQuerySet

AT_MOST = 10


@dataclass(frozen=True)
class Waits:
    """One line of Today: whose referral, about what, where it stands, and the day that matters.

    Who only asked reads where it stands in the coarse words meant for them.
    """

    pk: int
    student: str
    about: str
    stands: str
    day: date
    late: bool
    url: str


@dataclass(frozen=True)
class Waiting:
    """What waits on one user. Lists hold ten lines at most; the board holds the rest."""

    late_answers: list[Waits] = field(default_factory=list)
    without_owner: list[Waits] = field(default_factory=list)
    due: list[Waits] = field(default_factory=list)
    new: list[Waits] = field(default_factory=list)
    unread_answers: list[Waits] = field(default_factory=list)
    asked: list[Waits] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def waiting_on(user: User, today: date) -> Waiting:
    """Everything of this room that waits on the user: 6 queries for the team, 2 for who asked."""
    asked = Referral.objects.asked_by(user)
    unread = asked.filter(answered_at__isnull=False, answer_read_at=None)
    mine = {
        "unread_answers": _lines(unread.order_by("answered_at"), "answered_at", today, team=False),
        "asked": _lines(asked.open().filter(answered_at=None), "answer_due_on", today, team=False),
    }
    if not user.standing.schools(May.SEE_REFERRALS):
        return Waiting(**mine)
    team = Referral.objects.where_team_may(user, May.SEE_REFERRALS).open()
    late = team.waiting_for_answer().filter(answer_due_on__lt=today).order_by("answer_due_on")
    new = team.filter(state=State.SUBMITTED).order_by("asked_at")
    unowned = team.filter(owner=None).exclude(state=State.SUBMITTED).order_by("next_on")
    due = team.filter(owner=user, next_on__lte=today).order_by("next_on")
    return Waiting(
        late_answers=_lines(late, "answer_due_on", today),
        without_owner=_lines(unowned, "next_on", today),
        due=_lines(due, "next_on", today),
        new=_lines(new, "next_on", today),
        **mine,
    )


def _lines(referrals: ReferralQuerySet, day: str, today: date, *, team: bool = True) -> list[Waits]:
    found = referrals.showing("state", "domain", day)[:AT_MOST]
    return [_line(referral, as_day(getattr(referral, day)), today, team) for referral in found]


def _line(referral: Referral, day: date, today: date, team: bool) -> Waits:
    return Waits(
        pk=referral.pk,
        student=referral.student.person.called,
        about=referral.get_domain_display(),
        stands=referral.get_state_display() if team else referral.told,
        day=day,
        late=day < today,
        url=referral.get_absolute_url(),
    )


@dataclass(frozen=True)
class Support:
    """One referral on a student's page, as much of it as this reader may know."""

    url: str
    about: str
    strength: str
    stands: str
    is_open: bool
    asked_on: date
    next_on: date | None
    owner: str
    service: str
    linked_on: date | None


def for_student(student: Student, user: User) -> list[Support]:
    """The student's supports that the user may see, newest first: one query. Who only asked reads
    the plain words for it; who is on the team also reads owner, service and dates."""
    rows = Referral.objects.visible_to(user).filter(student=student).select_related("owner")
    schools = user.standing.schools(May.SEE_REFERRALS)
    return [_support(row, row.school_id in schools) for row in rows.order_by("-asked_at", "-pk")]


def _support(referral: Referral, for_team: bool) -> Support:
    promised = None if referral.answered_at else referral.answer_due_on
    return Support(
        url=referral.get_absolute_url(),
        about=referral.get_domain_display(),
        strength=referral.strength,
        stands=referral.get_state_display() if for_team else referral.told,
        is_open=referral.is_open,
        asked_on=timezone.localdate(referral.asked_at),
        next_on=referral.next_on if for_team else promised,
        owner=referral.owner.name if for_team and referral.owner else "",
        service=referral.service if for_team else "",
        linked_on=referral.first_service_on if for_team else None,
    )
