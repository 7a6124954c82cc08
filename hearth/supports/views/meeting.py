"""A team's meetings: which one is next, its agenda, who is there, the read-back, the minutes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.notices import tell
from hearth.supports.actions import meeting as actions
from hearth.supports.forms.meeting import PlanMeetingForm, PresentForm
from hearth.supports.models import AgendaItem, Decision, Meeting, MeetingPresence, Team
from hearth.supports.reading import agenda
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.names import initials
from hearth.supports.views.back import came_from
from hearth.supports.views.naming import are_hidden, switch
from hearth.supports.views.schools import own_school, own_schools, school_keys
from hearth.supports.views.table import Row, lines, minutes_of

ROWS = 20


@page(May.SEE_REFERRALS)
def meetings(request: PageRequest) -> HttpResponse:
    """The next meeting, what I promised, and the minutes of those before."""
    user, today = request.user, timezone.localdate()
    schools = list(own_schools(user, May.SEE_REFERRALS))
    teams = list(Team.objects.visible_to(user).filter(ready_on__isnull=False))
    held = Meeting.objects.visible_to(user).select_related("school")
    promised = Decision.objects.visible_to(user).standing().filter(owner=user, done_on=None)
    coming = list(held.filter(closed_at=None).order_by("on"))
    return render(
        request,
        "supports/meeting_list.html",
        {
            "today": today,
            "schools": schools,
            "several": len(schools) > 1,
            "without_team": [s for s in schools if s.pk not in {t.school_id for t in teams}],
            "to_plan": [
                s for s in schools
                if s.pk in {t.school_id for t in teams} - {m.school_id for m in coming}
            ],
            "coming": coming,
            "promised": promised.select_related("referral__student__person").order_by("due_on"),
            "shown": Paginator(
                held.filter(closed_at__isnull=False).order_by("-on", "-pk"), ROWS
            ).get_page(request.GET.get("page")),
        },
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def plan(request: PageRequest, school: int) -> HttpResponse:
    """On which day does the team meet next? Its rhythm proposes one."""
    found = own_school(request.user, May.WORK_REFERRALS, school)
    team = Team.objects.filter(school=found, ready_on__isnull=False).first()
    if team is None:
        return redirect("supports:team", found.pk)
    proposed = agenda.next_day(team, timezone.localdate())
    form = PlanMeetingForm(
        request.POST if request.method == "POST" else None, initial={"on": proposed}
    )
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan_next(school=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Planned. Everybody on the team sees it."))
            return redirect(planned)
    context = {"school": found, "form": form, "team": team, "proposed": proposed}
    return render(request, "supports/meeting_plan.html", context)


def meeting(
    request: PageRequest, pk: int, missing: Callable[[User, int, Callable[[str], str]], Any]
) -> HttpResponse:
    """Before: the agenda as it would be now. In session: where we are. Closed: the minutes. The
    page upstairs calls this: `missing` says what partners could not meet at a school, with each
    student named as this page names them."""
    found = of_team(request, pk, May.SEE_REFERRALS)
    if found.closed_at:
        return _minutes(request, found)
    in_session = found.opened_at is not None
    today, carried = timezone.localdate(), agenda.carried_to(found)
    items = _items(found.pk) if in_session else agenda.drafted(found, today, carried)
    seen = agenda.seen(items, found, request.user, carried)
    hidden = are_hidden(request, found)
    rows = lines(seen, hidden=hidden)
    return render(
        request,
        "supports/meeting_open.html" if in_session else "supports/meeting_before.html",
        {
            **_about(request, found, hidden),
            "rows": rows,
            "missing": missing(
                request.user, found.school_id, initials if hidden else lambda name: name
            ),
            "withheld": sum(row.withheld for row in rows),
            "next_row": next_of(rows),
            "early": found.on > today,
            "present": len(_present(found.pk)) if in_session else 0,
        },
    )


def next_of(rows: list[Row]) -> Row | None:
    """What comes next: the first one not yet taken that this reader may lead."""
    return next((row for row in rows if row.waits and not row.withheld), None)


def _about(request: PageRequest, found: Meeting, hidden: bool) -> dict[str, Any]:
    may_lead = found.school_id in school_keys(request.user, May.WORK_REFERRALS)
    return {"meeting": found, "hidden": hidden, "may_lead": may_lead}


def _minutes(request: PageRequest, found: Meeting) -> HttpResponse:
    hidden = are_hidden(request, found)
    context = {**_about(request, found, hidden), **minutes_of(request, found, hidden=hidden)}
    planned = Meeting.objects.filter(school=found.school_id, closed_at=None).order_by("on").first()
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    said = {
        "planned": planned,
        "other_languages": [(code, get_language_info(code)["name_local"]) for code in others],
    }
    return render(request, "supports/meeting_minutes.html", {**context, **said})


@page(May.WORK_REFERRALS, methods=("POST",))
def open_meeting(request: PageRequest, pk: int) -> HttpResponse:
    """Begin. Whoever opens it leads it; that may be anybody on the team."""
    found = of_team(request, pk, May.WORK_REFERRALS)
    try:
        actions.open_meeting(meeting=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
        return redirect(found)
    return redirect("supports:meeting_present", found.pk)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def present(request: PageRequest, pk: int) -> HttpResponse:
    """Who is at the table today?"""
    found = of_team(request, pk, May.WORK_REFERRALS)
    seats = dict(
        Team.objects.filter(school=found.school_id, members__ends=None).values_list(
            "members__user", "members__part"
        )
    )
    typed = request.POST if request.method == "POST" else None
    form = PresentForm(typed, meeting=found, seats=seats)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mark_present(meeting=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            return redirect(found)
    return render(request, "supports/meeting_present.html", {"meeting": found, "form": form})


@page(May.SEE_REFERRALS, methods=("POST",))
def names(request: PageRequest, pk: int) -> HttpResponse:
    """Put the names away, or bring them back; then the page one came from."""
    found = of_team(request, pk, May.SEE_REFERRALS)
    switch(request, found)
    return redirect(came_from(request.POST) or found.get_absolute_url())


@page(May.SEE_REFERRALS)
def read_back(request: PageRequest, pk: int) -> HttpResponse:
    """Every decision aloud, before the meeting is closed."""
    found = of_team(request, pk, May.SEE_REFERRALS)
    if found.closed_at or not found.opened_at:
        return redirect(found)
    hidden = are_hidden(request, found)
    context = {**_about(request, found, hidden), **minutes_of(request, found, hidden=hidden)}
    return render(request, "supports/meeting_read_back.html", context)


@page(May.WORK_REFERRALS, methods=("POST",))
def close(request: PageRequest, pk: int) -> HttpResponse:
    """The minutes are finished when the meeting is."""
    found = of_team(request, pk, May.WORK_REFERRALS)
    try:
        actions.close_meeting(meeting=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("Closed. The minutes are here, and the answers are on their way."))
    return redirect(found)


def of_team(request: PageRequest, pk: int, verb: May) -> Meeting:
    """A meeting of a school where the reader holds the verb, or nothing there."""
    found = _meeting(pk, request.user, verb)
    if not found:
        raise Http404
    return found[0]


def all_of_team(user: User, verb: May) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(user).select_related("school", "closed_by")
    return rows.filter(school__in=user.standing.schools(verb))


@written_once
def _meeting(pk: int, user: User, verb: May) -> QuerySet[Meeting]:
    return all_of_team(user, verb).filter(pk=pk)


@written_once
def _items(meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting)


@written_once
def _present(meeting: int) -> QuerySet[MeetingPresence, int]:
    return MeetingPresence.objects.filter(meeting=meeting).values_list("pk", flat=True)
