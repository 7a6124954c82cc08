"""What a meeting looks at that is about no single student: the school in a few numbers, and what it
cannot offer enough of. Kept as numbers, and said in the language in which somebody reads them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.schools.models import Calendar
from hearth.supports import rules
from hearth.supports.models import AgendaItem, ClosedBecause, Domain, Meeting, Referral, State
from hearth.supports.rules import meeting as meeting_rules

A_YEAR = timedelta(days=365)
FOUR_WEEKS = timedelta(days=28)
Facts = dict[str, Any]


def picture(meeting: Meeting, today: date) -> Facts:
    """The whole school in a few numbers, none of them about one student."""
    held = Meeting.objects.filter(school=meeting.school_id, closed_at__isnull=False)
    last = Subquery(held.exclude(pk=meeting.pk).order_by("-on").values("on")[:1])
    since = Coalesce(last, Value(today - FOUR_WEEKS))
    counted = Referral.objects.filter(school=meeting.school_id).aggregate(
        waiting=Count("pk", filter=~Q(state=State.CLOSED)),
        asked=Count("pk", filter=Q(asked_at__date__gte=since)),
        linked=Count("pk", filter=Q(first_service_on__gte=since)),
        late=Count("pk", filter=Q(answered_at=None, answer_due_on__lt=today)),
        hoping=Count("pk", filter=Q(state__in=[State.REFERRED, State.WAITLISTED])),
        last=Max(last),
    )
    return {"since_last_meeting": counted.pop("last") is not None, **counted}


def gaps(school_id: int, today: date, calendar: Calendar) -> Facts:
    """What we cannot offer enough of, counted; no student is named."""
    wanted = Referral.objects.filter(school=school_id).filter(
        Q(state__in=[State.REFERRED, State.WAITLISTED])
        | Q(closed_because=ClosedBecause.NOTHING_OFFERED, since__gte=today - A_YEAR)
    )
    found = meeting_rules.gaps(
        [
            meeting_rules.Wanted(row.service, row.state, row.since, row.domain)
            for row in wanted.only("service", "domain", "state", "since")
        ],
        today=today,
        closed=calendar.closed,
        referred_too_long=rules.school_days_for("referred", today) or 0,
    )
    return {"gaps": [vars(gap) for gap in found]}


def in_words(item: AgendaItem) -> list[str]:
    """Its lines in the language that is active; what a person typed stays as it was typed."""
    if item.part == AgendaItem.Part.PICTURE and item.facts:
        return _picture_in_words(item.facts)
    if item.part == AgendaItem.Part.GAPS and item.facts:
        return [_gap_in_words(**gap) for gap in item.facts["gaps"]]
    return item.words.splitlines()


def _picture_in_words(number: Facts) -> list[str]:
    asked = ngettext("%(n)d referral came in.", "%(n)d referrals came in.", number["asked"])
    linked = ngettext("%(n)d student was linked.", "%(n)d students were linked.", number["linked"])
    late = ngettext(
        "%(n)d person is still waiting for an answer past its day.",
        "%(n)d people are still waiting for an answer past its day.",
        number["late"],
    )
    since_last = number["since_last_meeting"]
    since = _("Since the last meeting:") if since_last else _("In the last four weeks:")
    return [
        " ".join([since, asked % {"n": number["asked"]}, linked % {"n": number["linked"]}]),
        _("Now: %(open)d open, %(hoping)d of them referred and not yet linked.")
        % {"open": number["waiting"], "hoping": number["hoping"]},
        *([late % {"n": number["late"]}] if number["late"] else []),
    ]


def _gap_in_words(*, service: str, waiting: int, without: int, domain: str) -> str:
    parts = []
    if waiting:
        parts.append(ngettext("%(n)d waits", "%(n)d wait", waiting) % {"n": waiting})
    if without:
        went = ngettext("%(n)d went without", "%(n)d went without", without)
        parts.append(went % {"n": without})
    return f"{service or Domain(domain).label}: {', '.join(parts)}"
