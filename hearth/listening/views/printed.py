"""A survey on a wall and on paper."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.listening.models import Survey, Way
from hearth.listening.paper.survey import paper as paper_of
from hearth.listening.paper.survey import poster as poster_of
from hearth.listening.views.surveys import run_by
from hearth.schools.models import District


@page(May.RUN_LISTENING)
def poster(request: PageRequest, pk: int, language: str) -> HttpResponse:
    """A code to point a phone at, in one language."""
    district = District.objects.get(pk=request.district_id)
    return _printed(request, pk, language, lambda survey: poster_of(survey, district, language))


@page(May.RUN_LISTENING)
def paper(request: PageRequest, pk: int, language: str) -> HttpResponse:
    """The survey with boxes to tick, in one language."""
    return _printed(request, pk, language, lambda survey: paper_of(survey, language))


def _printed(
    request: PageRequest, pk: int, language: str, make: Callable[[Survey], bytes]
) -> HttpResponse:
    found = run_by(request, pk)
    if language not in ("en", "es") or language not in found.languages or found.way != Way.OPEN:
        raise Http404
    return HttpResponse(make(found), content_type="application/pdf")
