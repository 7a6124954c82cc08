"""What the front pages show of this room: Today, and the supports part of a student's page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.dates import as_day
from hearth.people.models import Student
from hearth.supports.models import Referral, State
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.reading.in_one import in_one_row
from hearth.supports.waits import legal, plan, review
from hearth.supports.waits.door import NOBODY, AtTheDoor, at_the_door
from hearth.supports.waits.line import Waits
from hearth.supports.waits.meeting import from_meetings

AT_MOST = 10
# What the team has read; what is with the person on call stands above every list.
ONCE_READ = [state for state in State if state not in (State.SUBMITTED, State.SAFETY, State.CLOSED)]


@dataclass(frozen=True)
class Waiting:
    """What waits on one user. Lists hold ten lines at most; the board holds the rest."""

    late_answers: list[Waits] = field(default_factory=list)
    without_owner: list[Waits] = field(default_factory=list)
    due: list[Waits] = field(default_factory=list)
    new: list[Waits] = field(default_factory=list)
    unread_answers: list[Waits] = field(default_factory=list)
    asked: list[Waits] = field(default_factory=list)
    by_law: list[Waits] = field(default_factory=list)
    plans: list[Waits] = field(default_factory=list)
    promised: list[Waits] = field(default_factory=list)
    reviews: list[Waits] = field(default_factory=list)
    meetings: list[Waits] = field(default_factory=list)
    door: AtTheDoor = NOBODY

    def __bool__(self) -> bool:
        return any(vars(self).values())


class Foremost(ArrayAgg):
    """The keys of the first rows that answer a condition, as many as a list holds."""

    filter_template = f"(%s FILTER (WHERE %%(filter)s))[1:{AT_MOST}]"

    def __init__(self, *order: str, **condition: Any) -> None:
        super().__init__("pk", filter=Q(**condition), order_by=[*order, "pk"])


# The day that stands beside each line of a list.
DAYS = {
    "unread_answers": "answered_at",
    "asked": "answer_due_on",
    "late_answers": "answer_due_on",
    "new": "next_on",
    "without_owner": "next_on",
    "due": "next_on",
}


def waiting_on(user: User, today: date) -> Waiting:
    """Everything of this room that waits on the user. Of referrals at most two queries, however
    many lists: the keys of what they asked and of what waits on their team, then the rows of both.
    Each other noun asks one."""
    asked, team = _lists_of(user, today)
    keys = {key for found in (asked | team).values() for key in found}
    meetings = from_meetings(user, today)
    rows = {row.pk: row for row in _in_lines(tuple(sorted(keys)))} if keys else {}

    def lines(name: str, found: list[int]) -> list[Waits]:
        return [_line(rows[key], DAYS[name], today, name in team) for key in found]

    return Waiting(
        **{name: lines(name, found) for name, found in (asked | team).items()},
        by_law=legal.waits(user, today),
        plans=plan.waits(user, today),
        promised=meetings.promised,
        meetings=meetings.coming,
        # Those who teach walk their own class; the team finds the school's coverage on its page.
        reviews=[] if team else review.waits(user, today),
        door=at_the_door(user),
    )


ASKED = ("unread_answers", "asked")
OF_TEAM = ("late_answers", "new", "without_owner", "due")
SLOTS = ("one", "two", "three", "four")


def _lists_of(user: User, today: date) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The keys for each list: of what the user asked, and of what waits on their team. Nothing is
    found for whoever can see no row at all."""
    asked: dict[str, list[int]] = {name: [] for name in ASKED}
    if not user.standing.schools(May.SEE_REFERRALS):
        return {**asked, **_named(ASKED, _asked(user))}, {}
    rows = _both(user, today)
    return (
        {**asked, **_named(ASKED, [row for row in rows if not row["of_team"]])},
        _named(OF_TEAM, [row for row in rows if row["of_team"]]),
    )


def _named(names: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, list[int]]:
    return {name: row[slot] or [] for row in rows for name, slot in zip(names, SLOTS, strict=False)}


@written_once
def _both(user: User, today: date) -> QuerySet[Any, dict[str, Any]]:
    """Two rows of the same shape, so that both come with one question."""
    found: QuerySet[Any, dict[str, Any]] = _asked.build(user).union(_of_team(user, today), all=True)
    return found


@written_once
def _in_lines(keys: tuple[int, ...]) -> ReferralQuerySet:
    rows: ReferralQuerySet = Referral.objects.filter(pk__in=keys)
    return rows.showing(*sorted({"state", "domain", *DAYS.values()}))


@written_once
def _asked(user: User) -> QuerySet[Any, dict[str, Any]]:
    return _slotted(
        Referral.objects.asked_by(user), False,
        Foremost("answered_at", answered_at__isnull=False, answer_read_at=None),
        Foremost("-asked_at", answered_at=None, next_on__isnull=False),
    )  # fmt: skip


def _of_team(user: User, today: date) -> QuerySet[Any, dict[str, Any]]:
    return _slotted(
        Referral.objects.where_team_may(user, May.SEE_REFERRALS).open(), True,
        Foremost("answer_due_on", answered_at=None, answer_due_on__lt=today),
        Foremost("asked_at", state=State.SUBMITTED),
        Foremost("next_on", owner=None, state__in=ONCE_READ),
        Foremost("next_on", owner=user, next_on__lte=today),
    )  # fmt: skip


def _slotted(
    rows: ReferralQuerySet, of_team: bool, *lists: Foremost
) -> QuerySet[Any, dict[str, Any]]:
    """One row with a list of keys in each slot; a slot that is not needed stays empty."""
    empty = [Foremost(pk=None)] * (len(SLOTS) - len(lists))
    told = in_one_row(rows, **dict(zip(SLOTS, [*lists, *empty], strict=True)))
    found: QuerySet[Any, dict[str, Any]] = told.annotate(of_team=Value(of_team)).values(
        *SLOTS, "of_team"
    )
    return found


def _line(referral: Referral, dated: str, today: date, team: bool) -> Waits:
    day = as_day(getattr(referral, dated))
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


SUPPORT = (
    "school", "domain", "strength", "state", "asked_at", "next_on", "answered_at",
    "answer_due_on", "service", "first_service_on",
)  # fmt: skip


def for_student(student: Student, user: User, *, unfold: bool = False) -> list[Support]:
    """The student's supports that the user may see, newest first: one query. Who only asked reads
    the plain words for it; who is on the team also reads owner, service and dates. What was closed
    long ago is not among them, unless it is unfolded on purpose."""
    schools = user.standing.schools(May.SEE_REFERRALS)
    return [_support(row, row.school_id in schools) for row in _about(student.pk, user, unfold)]


@written_once
def _about(student: int, user: User, unfold: bool) -> ReferralQuerySet:
    rows = Referral.objects.visible_to(user).filter(student=student).select_related("owner")
    rows = rows.only("owner__name", *SUPPORT).order_by("-asked_at", "-pk")
    return rows if unfold else rows.not_folded(timezone.localdate())


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
