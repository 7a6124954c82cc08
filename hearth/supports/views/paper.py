"""On paper: minutes and agenda for the team, and two sheets that are about no student at all."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, open_page, page
from hearth.access.permissions import May
from hearth.kit.dates import full
from hearth.kit.document import DOCUMENT, pdf
from hearth.people.models.team import ON_TEAM
from hearth.supports.models import Meeting
from hearth.supports.paper import sample
from hearth.supports.reading import agenda
from hearth.supports.views.looking import look_noted
from hearth.supports.views.meeting import of_team
from hearth.supports.views.table import Row, lines, minutes_of

LANGUAGES = ("en", "es")
SHEETS = {"families": sample.for_families, "agenda": sample.for_a_meeting}


@page(May.SEE_REFERRALS)
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    """The minutes as a file, in the reader's language or the one that is named. A file travels, so
    students stand in it by their initials."""
    found = of_team(request, pk, May.SEE_REFERRALS)
    if found.closed_at is None:
        raise Http404
    look_noted(request, found, [ON_TEAM], page="minutes on paper", student_id=None)
    named = request.GET.get("language")
    with translation.override(named if named in LANGUAGES else translation.get_language()):
        said = minutes_of(request, found, hidden=True)
        sections = [_who(said), *_whole(said), _decisions(said), *_carried(said), *_withheld(said)]
        return _on_paper(request, found, _("Minutes of our meeting"), sections)


@page(May.SEE_REFERRALS)
def agenda_sheet(request: PageRequest, pk: int) -> HttpResponse:
    """The agenda to lay on the table, by initials."""
    found = of_team(request, pk, May.SEE_REFERRALS)
    today, carried = timezone.localdate(), agenda.carried_to(found)
    items = found.items.all() if found.opened_at else agenda.drafted(found, today, carried)
    rows = lines(agenda.seen(items, found, request.user, carried), hidden=True)
    cells = [[str(row.number), _line(row), _time(row)] for row in rows]
    table = {"headings": [_("No."), _("What"), _("How long")], "rows": cells,
             "shares": [1, 8, 2]}  # fmt: skip
    return _on_paper(
        request, found, _("Agenda of our meeting"), [{"heading": _("Agenda"), "table": table}]
    )


@open_page()
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """What a COST is, for families; or a sample agenda. For anybody, signed in or not."""
    if key not in SHEETS:
        raise Http404
    return render(request, "supports/team_sheet.html", {"sheet": SHEETS[key](), "key": key})


@open_page()
def sheet_on_paper(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The same as a file, in one of the complete languages."""
    if key not in SHEETS or language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        return HttpResponse(pdf(DOCUMENT, SHEETS[key]().on_paper), content_type="application/pdf")


def _on_paper(
    request: PageRequest, meeting: Meeting, title: str, sections: list[dict[str, Any]]
) -> HttpResponse:
    today = timezone.localdate()
    words = {
        "title": title,
        "lead": f"{meeting.school.name} · {full(meeting.on, today)}",
        "foot": _("Printed by %(name)s, %(day)s. Please keep it as private as you would your own.")
        % {"name": request.user.name, "day": full(today, today)},
        "sections": sections,
    }
    return HttpResponse(pdf(DOCUMENT, words), content_type="application/pdf")


def _who(said: dict[str, Any]) -> dict[str, Any]:
    rows = [[one.name, one.part, one.role] for one in said["present"]]
    if not rows:
        return {"heading": _("Who was there"), "paragraphs": [_("Nobody wrote it down.")]}
    table = {"headings": [_("Name"), _("Part"), _("Role")], "rows": rows}
    return {"heading": _("Who was there"), "table": table}


def _whole(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"heading": row.title, "list": row.words} for row in said["whole"]]


def _decisions(said: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    rows = [
        [one.name or _("The whole school"), one.words, one.owner, full(one.decision.due_on, today)]
        for one in said["decisions"]
    ]
    if not rows:
        return {"heading": _("Decided"), "paragraphs": [_("Nothing was decided.")]}
    headings = [_("For whom"), _("What"), _("Who does it"), _("By")]
    return {
        "heading": _("Decided"),
        "table": {"headings": headings, "rows": rows, "shares": [2, 5, 2, 2]},
    }


def _carried(said: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [_line(row) for row in said["carried"]]
    return [{"heading": _("For next time"), "list": rows}] if rows else []


def _withheld(said: dict[str, Any]) -> list[dict[str, Any]]:
    if not said["withheld"]:
        return []
    words = _("Something about a child whom the reader cares for at home is left out.")
    return [{"heading": _("Left out"), "paragraphs": [words]}]


def _line(row: Row) -> str:
    if row.withheld:
        return f"{row.title}: {_('not shown to you')}"
    if not row.name:
        return row.title
    again = f" ({_('from last time')})" if row.carried else ""
    return f"{row.title}: {row.name}, {row.about}{again}"


def _time(row: Row) -> str:
    return _("%(n)d min") % {"n": row.minutes} if row.minutes else _("if time is left")
