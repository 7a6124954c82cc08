"""The door's address and its posters, for whoever runs the team."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.spoken import of_families
from hearth.schools.models import District, School
from hearth.supports.models import Team
from hearth.supports.paper.poster import address_of
from hearth.supports.paper.poster import poster as drawn


@page(May.RUN_TEAM)
def posters(request: PageRequest) -> HttpResponse:
    """How do families find the door? An address to send, and a poster to hang up."""
    district = District.objects.get(pk=request.district_id)
    doors = set(Team.objects.filter(door_open=True).values_list("school", flat=True))
    shown = [
        {"school": school, "address": address_of(school, district), "is_open": school.pk in doors}
        for school in _schools(request)
    ]
    return render(request, "supports/posters.html", {"shown": shown, "printed_in": of_families()})


@page(May.RUN_TEAM)
def poster(request: PageRequest, pk: int, language: str) -> HttpResponse:
    """One poster as a PDF."""
    school = get_object_or_404(_schools(request), pk=pk)
    if language not in of_families():
        raise Http404
    paper = drawn(school, District.objects.get(pk=request.district_id), language)
    name = f"{school.slug}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _schools(request: PageRequest) -> QuerySet[School]:
    mine = request.user.standing.schools(May.RUN_TEAM)
    return School.objects.filter(pk__in=mine, gone_on=None).order_by("name", "pk")
