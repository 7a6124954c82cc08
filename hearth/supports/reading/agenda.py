"""The agenda of a meeting out of what is asked at a school, and as one reader may see it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from hearth.access.models import User
from hearth.access.written import written_once
from hearth.people.models import Guardianship
from hearth.schools.models import Calendar, Session
from hearth.supports.models import AgendaItem, Decision, Meeting, Referral, Team
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.reading import whole_school
from hearth.supports.rules import meeting as meeting_rules
from hearth.supports.rules.rhythm import next_meeting

Carried = Sequence[tuple[int, str]]
NONE: Carried = ()
COLUMNS = ("school", "student__strengths", "owner__name", "state", "domain", "urgency", "asked_at",
           "next_on", "since", "adult")  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One line of an agenda as one reader sees it; `hidden` when it is about their own child."""

    item: AgendaItem
    referral: Referral | None
    minutes: int
    carried: bool

    @property
    def hidden(self) -> bool:
        return self.item.referral_id is not None and self.referral is None


def drafted(meeting: Meeting, today: date, carried: Carried) -> list[AgendaItem]:
    """What the agenda would be if the meeting were opened now; nothing of it is stored."""
    calendar, setting = Calendar(), meeting_rules.setting_on(today)
    keys = [key for key, _part in carried]
    quiet_since = today - timedelta(days=setting.quiet_after_school_days)
    worth = Q(state__in=meeting_rules.NEW) | Q(next_on__lte=today) | Q(since__lt=quiet_since)
    found = [
        meeting_rules.Open(key, state, urgency, timezone.localdate(asked_at), since, next_on)
        for key, state, urgency, asked_at, since, next_on in Referral.objects.filter(
            Q(pk__in=keys) | worth, school=meeting.school_id, asked_at__date__lte=today
        )
        .in_list()
        .values_list("pk", "state", "urgency", "asked_at", "since", "next_on")
    ]
    lines = meeting_rules.agenda(
        found, today=today, closed=calendar.closed, setting=setting, carried=carried
    )
    facts = {
        "picture": whole_school.picture(meeting, today),
        "gaps": whole_school.gaps(meeting.school_id, today, calendar),
    }
    return [
        AgendaItem(
            district_id=meeting.district_id,
            meeting=meeting,
            part=line.part,
            place=place,
            referral_id=line.referral,
            facts=facts.get(line.part),
        )
        for place, line in enumerate(lines, 1)
    ]


def carried_to(meeting: Meeting) -> Carried:
    """What the meeting before this one did not come to: each referral with its heading then."""
    before = Meeting.objects.filter(school=meeting.school_id, closed_at__isnull=False)
    if meeting.opened_at:
        before = before.filter(closed_at__lte=meeting.opened_at)
    last = before.exclude(pk=meeting.pk).order_by("-closed_at").values("pk")[:1]
    carried = AgendaItem.objects.filter(
        meeting__in=last, taken=AgendaItem.Taken.CARRIED, referral__isnull=False
    )
    return list(carried.order_by("place").values_list("referral_id", "part"))


@written_once
def _known(keys: tuple[int, ...], user: User) -> ReferralQuerySet:
    rows: ReferralQuerySet = Referral.objects.visible_to(user).filter(pk__in=keys)
    return rows.showing(*COLUMNS)


@written_once
def _decisions(referral: int, user: User) -> QuerySet[Decision]:
    found = Decision.objects.visible_to(user).filter(referral=referral)
    rows: QuerySet[Decision] = found.select_related("owner", "meeting", "withdrawn_by")
    return rows.order_by("-decided_at", "-pk")


def seen(
    items: Iterable[AgendaItem], meeting: Meeting, user: User, carried: Carried = NONE
) -> list[Seen]:
    """The items in order, each with its minutes and with what this reader may know of it."""
    rows = sorted(items, key=lambda item: item.place)
    keys = [item.referral_id for item in rows if item.referral_id]
    known = _known(tuple(dict.fromkeys(keys)), user) if keys else []
    visible = {referral.pk: referral for referral in known}
    again = {key for key, _part in carried}
    return [
        Seen(item, visible.get(item.referral_id), given, item.referral_id in again)
        for item, given in zip(rows, minutes_for(rows, meeting), strict=True)
    ]


def minutes_for(rows: list[AgendaItem], meeting: Meeting) -> list[int]:
    """How long each item may take, in the meeting's own minutes."""
    setting = meeting_rules.setting_on(meeting.on)
    return meeting_rules.share_out(meeting.minutes, [str(item.part) for item in rows], setting)


def names_of(referrals: Collection[Referral]) -> dict[int, list[str]]:
    """Every name that may have to be put away, by the student's key: their own and the family's."""
    found = {
        referral.student_id: [
            referral.student.person.given_name,
            referral.student.person.family_name,
            referral.student.person.preferred_name,
        ]
        for referral in referrals
    }
    people = Guardianship.objects.filter(student__in=list(found)).values_list(
        "student", *[f"guardian__person__{part}_name" for part in ("given", "family", "preferred")]
    )
    for student, *names in people:
        found[student] += names
    return found


def next_day(team: Team, today: date) -> date | None:
    """When this team meets next by its own rhythm; None while it has not named a weekday."""
    if team.weekday is None:
        return None
    last = Meeting.objects.filter(
        school=team.school_id, opened_at__isnull=False
    ).aggregate(day=Max("on"))["day"]  # fmt: skip
    years = Session.objects.filter(kind=Session.Kind.YEAR, gone_on=None)
    return next_meeting(
        max(today, last) if last else today,
        weekday=team.weekday,
        every_weeks=team.every_weeks,
        last=last,
        closed=Calendar().closed,
        years=list(years.values_list("starts", "ends")),
    )


def decisions_of(referral: Referral, user: User) -> list[Decision]:
    """What the team decided about this referral, newest first, as far as this reader may know; what
    was taken back in a meeting among it, for the page of that meeting."""
    decisions = _decisions(referral.pk, user)
    for decision in decisions:
        decision.referral = referral
    return decisions
