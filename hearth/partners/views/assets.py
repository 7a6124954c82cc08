"""What neighbors told of: somebody of the school looks, shows it, says where it is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.sent import number_sent
from hearth.partners.actions import asset as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.asset import PointForm, ShowForm
from hearth.partners.models import Asset, Location, SchoolPlace
from hearth.partners.paper.neighborhood import picture
from hearth.partners.reading.neighborhood import school_places
from hearth.partners.rules import drawn
from hearth.partners.rules.drawn import Point
from hearth.people.words import language_name

ROWS = 25
PLACES = 8
PICTURE = 280
"""So wide is the map to point at, on every screen."""
PUT = "put"


@page(May.KEEP_DIRECTORY)
def assets(request: PageRequest) -> HttpResponse:
    """What did neighbors tell us of? The oldest that waits stands first."""
    rows = Asset.objects.visible_to(request.user).select_related("location")
    shows = request.GET.get("show", "")
    if shows == "all":
        rows = rows.order_by("name", "pk")
    elif shows == "unplaced":
        rows = rows.shown().filter(location=None, latitude=None).order_by("name", "pk")
    else:
        rows = rows.waiting()
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    facts = {"shown": shown, "shows": shows, "district": request.user.district}
    return render(request, "partners/assets.html", facts)


@page(May.KEEP_DIRECTORY, methods=("GET", "POST"))
def asset(request: PageRequest, pk: int) -> HttpResponse:
    """Shall everybody read this? Put right what is not, and show it."""
    found = _asset(request, pk)
    form = ShowForm(request.POST if request.method == "POST" else None, asset=found)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.show(
                asset=found, said=form.said, yes_to=form.cleaned_data["yes_to"], by=request.user
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _("Everybody can read it now."))
            if found.state == Asset.State.PROPOSED and not kept.is_on_map:
                return redirect("partners:asset_place", pk)
            return redirect("partners:assets")
    facts = {"form": form, "found": found, "spoken": language_name(found.language)}
    return render(request, "partners/asset.html", facts)


@page(May.KEEP_DIRECTORY, methods=("POST",))
def turn(request: PageRequest, pk: int) -> HttpResponse:
    """Not shown, or not there any more."""
    found, to = _asset(request, pk), request.POST.get("to", "")
    try:
        actions.turn(asset=found, to=to, by=request.user)
    except NotAllowed as refusal:
        tell(request, str(refusal), tone="attention")
    else:
        tell(request, _("Nobody else reads it now. It stands here under “All”."))
    return redirect("partners:assets")


@page(May.KEEP_DIRECTORY, methods=("GET", "POST"))
def place(request: PageRequest, pk: int) -> HttpResponse:
    """Where is it? At a place of the directory, at two numbers, or where you point."""
    found = _asset(request, pk)
    middle = next(iter(school_places()), None)
    typed = request.POST if PUT in request.POST else None
    form = PointForm(typed)
    if request.method == "POST":
        try:
            done = _placed(request, found, form, middle)
        except NotAllowed as refusal:
            tell(request, str(refusal), tone="attention")
            return redirect("partners:asset_place", pk)
        if done:
            tell(request, _("It is on the map."))
            return redirect("partners:assets")
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    facts = {
        "form": form, "found": found, "asked": asked, "places": _named(request, asked),
        "middle": middle, "picture": PICTURE, "put": PUT,
    }  # fmt: skip
    return render(request, "partners/asset_place.html", facts)


@page(May.KEEP_DIRECTORY)
def to_point_at(request: PageRequest) -> HttpResponse:
    """The empty map as a picture."""
    middle = next(iter(school_places()), None)
    if middle is None:
        return HttpResponse(status=404)
    return HttpResponse(picture(middle), content_type="image/svg+xml")


def _placed(
    request: PageRequest, found: Asset, form: PointForm, middle: SchoolPlace | None
) -> bool:
    said = request.POST
    chosen = number_sent(said.get("location", ""))
    if chosen is not None:
        rows = Location.objects.visible_to(request.user).current()
        actions.place(asset=found, location=get_object_or_404(rows, pk=chosen), by=request.user)
        return True
    if "pin.x" in said and middle:
        point = _pointed(middle, said.get("pin.x", ""), said.get("pin.y", ""))
        actions.place(asset=found, point=(point.latitude, point.longitude), by=request.user)
        return True
    if form.is_bound and form.is_valid():
        actions.place(asset=found, point=form.cleaned_data["point"], by=request.user)
        return True
    return False


def _pointed(middle: SchoolPlace, x: str, y: str) -> Point:
    """The place under the finger. Without one, such as by a key, it is the middle."""
    scale = 2 * drawn.HALF / PICTURE
    across, down = (
        0.0 if at is None else min(at, PICTURE) * scale - drawn.HALF
        for at in (number_sent(x), number_sent(y))
    )
    there = Point(middle.latitude, middle.longitude)
    return drawn.point_at(there, drawn.rings_for(1.0), across, down)


def _named(request: PageRequest, asked: str) -> list[Location]:
    """Places of the directory whose name, or whose organization's, has these words."""
    if len(asked) < 2:
        return []
    rows = Location.objects.visible_to(request.user).current().select_related("organization")
    by_name = rows.filter(name__icontains=asked) | rows.filter(organization__name__icontains=asked)
    return list(by_name.order_by("name", "pk")[:PLACES])


def _asset(request: PageRequest, pk: int) -> Asset:
    rows: Any = Asset.objects.visible_to(request.user).select_related("location", "sent_by")
    found: Asset = get_object_or_404(rows, pk=pk)
    return found
