"""What waits on a user from the team's meetings: the next one, and what they promised there."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import BooleanField, CharField, F, Q, QuerySet, TimeField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.dates import full
from hearth.people.models import Person
from hearth.people.models.person import names
from hearth.supports.models import Decision, Meeting
from hearth.supports.waits.line import Waits

AT_MOST = 10
WORDS = 120
NAMES = {f"n{number}": F(path) for number, path in enumerate(names("referral__student__person"))}
NOBODY = {name: Value(None, output_field=CharField()) for name in NAMES}


@dataclass(frozen=True)
class FromMeetings:
    """`promised` are decisions the user owns that are due or late, the oldest promise first.
    `coming` are meetings in session, planned for today or ahead, one for each school; and one that
    was planned and did not take place, so that somebody finds it another day."""

    promised: list[Waits] = field(default_factory=list)
    coming: list[Waits] = field(default_factory=list)


def from_meetings(user: User, today: date) -> FromMeetings:
    """Both in one query, and none for those who are on no team."""
    if not user.may(May.SEE_REFERRALS):
        return FromMeetings()
    rows = _both(user, today)
    return FromMeetings(
        promised=[_promise(row, today) for row in rows if row["promised"]],
        coming=[_meeting(row, today) for row in rows if not row["promised"]],
    )


@written_once
def _both(user: User, today: date) -> QuerySet[Any, dict[str, Any]]:
    found: QuerySet[Any, dict[str, Any]] = _coming(user).union(_promised(user, today), all=True)
    return found.order_by("day", "pk")


def _promised(user: User, today: date) -> Any:
    due = Q(owner=user, done_on=None, due_on__lte=today)
    owned = Decision.objects.visible_to(user).standing().filter(due)
    return _shaped(
        owned if user.may(May.WORK_REFERRALS) else owned.none(),
        promised=Value(True),
        day=F("due_on"),
        about=F("words"),
        met_on=F("meeting__on"),
        starts=Cast(Value(None), TimeField()),
        opened=Value(False),
        **NAMES,
    )


def _coming(user: User) -> Any:
    return _shaped(
        Meeting.objects.visible_to(user).filter(closed_at=None),
        promised=Value(False),
        day=F("on"),
        about=F("school__name"),
        met_on=F("on"),
        starts=F("starts_at"),
        opened=Q(opened_at__isnull=False),
        **NOBODY,
    )


def _shaped(rows: Any, *, promised: Value, opened: Any, **columns: Any) -> Any:
    """Rows of two tables side by side, as many of each as a list holds."""
    kinds = {"promised": promised, "is_open": Cast(opened, BooleanField())}
    order = columns["day"].name, "pk"
    return rows.order_by(*order).values("pk", **kinds, **columns)[:AT_MOST]


def _promise(row: dict[str, Any], today: date) -> Waits:
    words = row["about"]
    return Waits(
        pk=row["pk"],
        student=_called(row) or _("The whole school"),
        about=words if len(words) <= WORDS else f"{words[:WORDS].rstrip()}…",
        stands=_("decided %(day)s") % {"day": full(row["met_on"], today)},
        day=row["day"],
        late=row["day"] < today,
        url=reverse("supports:decision_done", args=[row["pk"]]),
    )


def _called(row: dict[str, Any]) -> str:
    given, family, preferred = row["n0"], row["n1"], row["n2"]
    if given is None:
        return ""
    return Person(given_name=given, family_name=family, preferred_name=preferred).called


def _meeting(row: dict[str, Any], today: date) -> Waits:
    return Waits(
        pk=row["pk"],
        student="",
        about=row["about"],
        stands=_standing(row["is_open"], row["day"], row["starts"], today),
        day=row["day"],
        late=not row["is_open"] and row["day"] < today,
        url=reverse("meeting", args=[row["pk"]]),
    )


def _standing(is_open: bool, on: date, starts: time | None, today: date) -> str:
    if is_open:
        return _("in session")
    if on < today:
        return _("did not take place")
    return starts.strftime("%H:%M") if starts else _("planned")
