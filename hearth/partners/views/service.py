"""One service: what it does, when, for whom, who to call; and the sheet to hand out."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.spoken import of_families
from hearth.partners.models import Service
from hearth.partners.paper.hand_out import hand_out as printed
from hearth.partners.paper.message import message, to_send
from hearth.partners.reading.capacity import card
from hearth.partners.reading.sheet import sheet


@page(May.SEE_DIRECTORY)
def service(request: PageRequest, pk: int) -> HttpResponse:
    """What would a family want to know before they call?"""
    found = shown_to(request.user, pk)
    told = sheet(found, timezone.localtime())
    return render(
        request,
        "partners/service.html",
        {
            "sheet": told,
            "texts": [
                (code, name, to_send(message(found, told, found.district, code)))
                for code, name in of_families().items()
            ],
            "service": found,
            "district": found.district,
            "printed_in": of_families(),
            "own_language": (get_language() or "en").split("-")[0],
            "capacity": card(request.user, found.pk),
            "keeps": request.user.may(May.KEEP_DIRECTORY),
            "funding": request.user.may(May.KEEP_FUNDING),
        },
    )


@page(May.SEE_DIRECTORY)
def hand_out(request: PageRequest, pk: int, language: str) -> HttpResponse:
    """The service on paper, in the family's language. Nothing about any student is written down."""
    if language not in of_families():
        raise Http404
    found = shown_to(request.user, pk)
    paper = printed(found, found.district, language)
    headers = {"Content-Disposition": f'inline; filename="service-{pk}-{language}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def shown_to(user: User, pk: int) -> Service:
    rows = Service.objects.visible_to(user).select_related(
        "organization", "listing", "verified_by", "district"
    )
    found: Service = get_object_or_404(rows, pk=pk)
    return found
