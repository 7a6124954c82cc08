"""What do our schools tell, side by side? For those who see all of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.listening.paper.synthesis import paper as paper_of
from hearth.listening.reading.report import LANGUAGES
from hearth.listening.reading.synthesis import synthesis as side_by_side
from hearth.schools.models import District


@page(May.SEE_LISTENING)
def synthesis(request: PageRequest) -> HttpResponse:
    """What is strong where, what is shared, and who can learn from whom?"""
    _sees_all(request)
    told = side_by_side(request.user, get_language() or "en", timezone.localdate())
    return render(request, "listening/synthesis.html", {"told": told})


@page(May.SEE_LISTENING)
def paper(request: PageRequest, language: str) -> HttpResponse:
    """The same for a table of school leaders."""
    _sees_all(request)
    if language not in LANGUAGES:
        raise Http404
    today = timezone.localdate()
    with translation.override(language):
        told = side_by_side(request.user, language, today)
        made = paper_of(told, District.objects.get(pk=request.user.district_id).name, today)
    headers = {"Content-Disposition": f'inline; filename="schools-{language}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _sees_all(request: PageRequest) -> None:
    """Whoever sees one school alone has nothing to lay beside it. View-as: both must."""
    eyes = [request.user, *([request.user.viewed_by] if request.user.viewed_by else [])]
    if not all(eye.standing.reaches(May.SEE_LISTENING, Reach.DISTRICT) for eye in eyes):
        raise Http404
