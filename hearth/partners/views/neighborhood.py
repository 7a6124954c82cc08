"""What our neighborhood has, for everybody: the map with its list, on paper, and a form to add."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from hearth.access.gate import PageRequest, page, public_page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.once import key_of, with_a_key
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.actions import asset as actions
from hearth.partners.forms.asset import LookForm, TellForm
from hearth.partners.models import Asset, SchoolPlace
from hearth.partners.paper import neighborhood as paper
from hearth.partners.reading.neighborhood import (
    ROWS,
    Around,
    Asked,
    around,
    languages_heard,
    school_places,
)
from hearth.partners.views.open_form import TRAP, refused
from hearth.schools.models import District

PAGES_AT_MOST = 200


@page(May.SIGN_IN)
def ours(request: PageRequest) -> HttpResponse:
    """The neighborhood of whoever is signed in."""
    return redirect("neighborhood:map", request.user.district.slug)


@public_page()
def look(request: PageRequest, district: District) -> HttpResponse:
    """What does our neighborhood have? Each number of the list stands on the map."""
    if NAMED in request.GET:
        return in_language(request)
    place, form, asked, found = _looked_for(request)
    pages = Paginator(range(found.found), ROWS)
    return render(
        request,
        "partners/neighborhood.html",
        {
            "district": district, "place": place, "form": form, "found": found,
            "shown": pages.get_page(asked.page), "as_table": request.GET.get("as") == "table",
            "map": paper.drawing(place, found.spots) if place and found.spots else None,
            "legend": paper.legend(found.spots),
            "filtered": bool(asked.kind or asked.language),
            "other": _other_shape(request), "query": _query(request),
        },
    )  # fmt: skip


@public_page()
def wall(request: PageRequest, district: District) -> HttpResponse:
    """The same on paper, for the wall at a meeting of the community."""
    place, _form, _asked, found = _looked_for(request)
    address = f"{settings.HEARTH.address}{reverse('neighborhood:tell', args=[district.slug])}"
    content = paper.wall(place, found.spots, found.not_yet, district, address)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="neighborhood.pdf"'
    return answer


@public_page(methods=("GET", "POST"))
def tell(request: PageRequest, district: District) -> HttpResponse:
    """What do you know of that others should? Somebody of the school looks before it shows."""
    if NAMED in request.GET and request.method == "GET":
        return in_language(request)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    if key and Asset.objects.filter(nonce=key).exists():
        return redirect("neighborhood:thanks", district.slug)
    form = TellForm(request.POST if request.method == "POST" else None)
    status: int | None = 200
    if request.method == "POST" and form.is_valid():
        status = refused(request, form, "assets")
        if status is None:
            said = form.cleaned_data
            actions.propose(
                district_id=district.pk, said=form.said, from_whom=said["from_whom"],
                reach_at=said["reach_at"], language=get_language() or "en", nonce=key,
                by=_who(request, district),
            )  # fmt: skip
            return redirect("neighborhood:thanks", district.slug)
    facts = {"form": form, "district": district, "trap": TRAP}
    return render(request, "partners/asset_tell.html", facts, status=status)


@public_page()
def thanks(request: PageRequest, district: District) -> HttpResponse:
    """It has arrived, and nobody else reads it yet."""
    return render(request, "partners/asset_thanks.html", {"district": district})


def _who(request: PageRequest, district: District) -> User | None:
    """Somebody who is signed in here; anybody else tells without a name."""
    user: Any = request.user
    here = user.is_authenticated and user.district_id == district.pk
    return user if here else None


def _looked_for(request: PageRequest) -> tuple[SchoolPlace | None, LookForm, Asked, Around]:
    places = school_places()
    form = LookForm(request.GET or None, places=places, languages=languages_heard())
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = said.get("school")
    place = next((one for one in places if one.school_id == chosen), places[0] if places else None)
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
    if not 1 <= number <= PAGES_AT_MOST:
        raise Http404
    asked = Asked(said.get("kind", ""), said.get("language", ""), number)
    return place, form, asked, around(place, asked)


def _other_shape(request: PageRequest) -> str:
    """The same as a table, or as a list again."""
    asked = request.GET.copy()
    if asked.pop("as", None) != ["table"]:
        asked["as"] = "table"
    return f"?{asked.urlencode()}"


def _query(request: PageRequest) -> str:
    asked = request.GET.copy()
    asked.pop("as", None)
    return f"?{asked.urlencode()}" if asked else ""
