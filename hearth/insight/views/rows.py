"""Show me the rows: the students behind a figure."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.insight.behind import PLAIN_GROUPS, students_behind
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import DisclosedTable
from hearth.insight.reading import said, told, year_said
from hearth.insight.views.finding import card_named, chosen_year, place_of
from hearth.people.models import Student

ROWS = 50


@page(May.SEE_ROWS)
def rows(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """Of the students whom this figure counts, those whom the reader sees anyway."""
    here, _every = place_of(request, place)
    card = card_named(measure)
    one = chosen_year(request, told(request.user, here, measure=measure))
    by, group = request.GET.get("by", ""), request.GET.get("group", "")
    part = request.GET.get("part", "")
    if one is None or (by and by not in GROUPS) or part not in one.parts:
        raise Http404
    if by not in PLAIN_GROUPS and not request.user.may(May.SEE_IDENTITY):
        raise PermissionDenied
    behind = students_behind(request.user, one, by=by, group=group, part=part)
    found = Student.objects.none() if behind is None else behind
    shown = Paginator(
        found.select_related("person", "school").order_by(
            "person__family_name", "person__given_name", "pk"
        ),
        ROWS,
    ).get_page(request.GET.get("page"))
    table = DisclosedTable.objects.visible_to(request.user).get(
        school=here.school, measure=measure, year=one.year, cut=""
    )
    looked(request, table, page="rows behind a figure", why=f"{by} {group}", student_id=None)
    return render(
        request,
        "insight/rows.html",
        {
            "place": here,
            "card": card,
            "title": said(card.title),
            "one": one,
            "year_said": year_said(one.year),
            "group": GROUPS[by].say(group) if by else "",
            "by": by,
            "shown": shown,
            "counted": behind is not None,
        },
    )
