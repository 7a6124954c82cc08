"""What lies on the meeting's table: its lines and its decisions, as one reader sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest
from hearth.access.models import User
from hearth.access.roles import ROLES
from hearth.access.written import written_once
from hearth.people.models.team import ON_TEAM
from hearth.supports.models import AgendaItem, Decision, Meeting, MeetingPresence, Referral
from hearth.supports.reading import agenda
from hearth.supports.reading.whole_school import in_words
from hearth.supports.views.looking import look_noted
from hearth.supports.views.naming import Naming


@dataclass(frozen=True)
class Row:
    """One line of the agenda as a page draws it."""

    item: AgendaItem
    number: int
    title: str
    name: str
    about: str
    stands: str
    minutes: int
    carried: bool
    withheld: bool
    words: list[str]

    @property
    def waits(self) -> bool:
        return self.item.taken == AgendaItem.Taken.WAITING

    @property
    def url(self) -> str:
        if self.item.pk is None or self.withheld:
            return ""
        return reverse("supports:meeting_item", args=[self.item.meeting_id, self.item.pk])


def lines(seen: list[agenda.Seen], *, hidden: bool) -> list[Row]:
    """The agenda in order. Of what is not shown to the reader only the heading stands."""
    naming = Naming([one.referral for one in seen if one.referral], hidden=hidden)
    return [_row(one, number, naming) for number, one in enumerate(seen, 1)]


def _row(one: agenda.Seen, number: int, naming: Naming) -> Row:
    referral = one.referral
    return Row(
        item=one.item,
        number=number,
        title=str(one.item.get_part_display()),
        name=naming.called(referral) if referral else "",
        about=referral.get_domain_display() if referral else "",
        stands=referral.get_state_display() if referral else "",
        minutes=one.minutes,
        carried=one.carried,
        withheld=one.hidden,
        words=[] if one.hidden else in_words(one.item),
    )


@dataclass(frozen=True)
class Decided:
    """One decision as a page draws it."""

    decision: Decision
    name: str
    words: str
    became: str
    answer: str
    is_late: bool

    @property
    def owner(self) -> str:
        return self.decision.owner.name


def decided(decisions: Iterable[Decision], naming: Naming) -> list[Decided]:
    today = timezone.localdate()
    return [
        Decided(
            one,
            naming.called(one.referral) if one.referral_id and one.referral else "",
            naming.said(one.words),
            naming.said(one.became),
            naming.said(one.answer),
            one.done_on is None and one.due_on < today,
        )
        for one in decisions
    ]


def visible_decisions(request: PageRequest, meeting: Meeting) -> list[Decision]:
    """Those of the meeting that this reader may know, in the order decided. A decision about a
    referral is read by those who may read the referral, and by nobody else."""
    decisions = _decisions(meeting.pk, request.user)
    for decision in decisions:
        decision.meeting = meeting
    return decisions


@written_once
def _decisions(meeting: int, user: User) -> QuerySet[Decision]:
    known = Referral.objects.visible_to(user)
    rows = Decision.objects.visible_to(user).standing().filter(meeting=meeting)
    shown: QuerySet[Decision] = rows.filter(Q(referral=None) | Q(referral__in=known))
    return shown.select_related("owner", "referral__student__person", "item").order_by(
        "decided_at", "pk"
    )


def minutes_of(request: PageRequest, meeting: Meeting, *, hidden: bool) -> dict[str, Any]:
    """Who was there, what was taken, what was decided, what is carried. Restricted notes are never
    read here. Each look at a child's decision is kept."""
    seen = agenda.seen(meeting.items.all(), meeting, request.user)
    decisions = visible_decisions(request, meeting)
    referrals = [one.referral for one in seen if one.referral]
    referrals += [one.referral for one in decisions if one.referral]
    naming = Naming(referrals, hidden=hidden)
    rows = [_row(one, number, naming) for number, one in enumerate(seen, 1)]
    for decision in decisions:
        if decision.referral:
            look_noted(
                request, decision.referral, [ON_TEAM], page="minutes",
                student_id=decision.referral.student_id,
            )  # fmt: skip
    return {
        "rows": rows,
        "withheld": sum(row.withheld for row in rows),
        "decisions": decided(decisions, naming),
        "answers": sum(bool(one.answer) for one in decisions),
        "carried": [
            r for r in rows if r.item.taken != AgendaItem.Taken.TAKEN and r.item.referral_id
        ],
        "taken": [row for row in rows if row.item.taken == AgendaItem.Taken.TAKEN],
        "whole": [row for row in rows if row.words],
        "present": presence(meeting),
    }


@dataclass(frozen=True)
class Present:
    name: str
    part: str
    role: str


def presence(meeting: Meeting) -> list[Present]:
    """By part and role; a guest is a name alone."""
    rows: Iterable[MeetingPresence] = meeting.present.order_by("pk")
    return [
        Present(
            row.name,
            str(row.get_part_display()) if row.user_id else _("guest"),
            str(ROLES[row.role].name) if row.role in ROLES else row.role,
        )
        for row in rows
    ]
