"""What goes back to those who told us: for each group one page, on the web and on paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from hearth.access.gate import PageRequest, page, public_page
from hearth.access.permissions import May
from hearth.listening.models import MemberCheck, Report
from hearth.listening.paper.share_back import page as page_of
from hearth.listening.paper.share_back import posters as posters_of
from hearth.listening.reading.report import LANGUAGES
from hearth.listening.reading.share_back import VOICE, pages, signed_version, still_so, told_back
from hearth.schools.models import District


@page(May.SEE_LISTENING)
def share_back(request: PageRequest, pk: int, number: int, audience: str) -> HttpResponse:
    """What did you tell us, and what will we do?"""
    row = _signed(request, pk, number, audience)
    facts = {"row": row, "told": told_back(row, audience), "pages": pages()}
    return render(request, "listening/share_back.html", facts)


@page(May.SEE_LISTENING)
def paper(request: PageRequest, pk: int, number: int, audience: str, language: str) -> HttpResponse:
    """The same on one page."""
    row = _signed(request, pk, number, audience)
    made = page_of(row, audience, _known(language), _not_so(request, row))
    return _pdf(made, f"back-{pk}-{number}-{audience}-{language}.pdf")


@page(May.SEE_LISTENING)
def posters(request: PageRequest, pk: int, number: int, language: str) -> HttpResponse:
    """One finding or one figure on each, for the walls of a room."""
    row = _signed(request, pk, number, "students")
    return _pdf(posters_of(row, _known(language)), f"posters-{pk}-{number}-{language}.pdf")


@public_page()
def open_page(request: PageRequest, district: District, key: UUID, audience: str) -> HttpResponse:
    """For everybody who has the address under which they may say that it is not so."""
    check = get_object_or_404(MemberCheck.objects.select_related("project__school"), key=key)
    row = signed_version(check)
    if row is None or audience not in VOICE:
        raise Http404
    facts = {
        "told": told_back(row, audience, still_so(check)),
        "check": check,
        "district": district,
    }
    return render(request, "listening/share_back_open.html", facts | {"pages": pages()})


def _signed(request: PageRequest, pk: int, number: int, audience: str) -> Report:
    """A version that nobody stands behind goes back to nobody."""
    if audience not in VOICE:
        raise Http404
    rows: Any = Report.objects.visible_to(request.user).filter(signed__isnull=False).distinct()
    found: Report = get_object_or_404(
        rows.select_related("project__school"), project=pk, number=number
    )
    return found


def _not_so(request: PageRequest, row: Report) -> str:
    check = MemberCheck.objects.filter(project=row.project_id).first()
    if check is None:
        return ""
    slug = District.objects.get(pk=request.district_id).slug
    return settings.HEARTH.address.rstrip("/") + reverse("heard:check", args=[slug, check.key])


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def _pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
