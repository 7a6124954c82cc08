"""Keep it right: what nobody has looked at for long, "still right" by one tap, a school's place."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import keeping
from hearth.partners.forms.keeping import PlaceForm
from hearth.partners.models import Service
from hearth.schools.models import School

ROWS = 50


@page(May.KEEP_DIRECTORY)
def stale(request: PageRequest) -> HttpResponse:
    """Which services has nobody looked at for half a year? The longest ago stand first."""
    today = timezone.localdate()
    rows = (
        Service.objects.visible_to(request.user).stale(today).select_related("organization")
        .only("name", "verified_on", "organization__name")
        .order_by(F("verified_on").asc(nulls_first=True), "pk")
    )  # fmt: skip
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "partners/stale.html", {"shown": shown, "today": today})


@page(May.KEEP_DIRECTORY, methods=("POST",))
def verify(request: PageRequest, pk: int) -> HttpResponse:
    """One tap: all of it is still right."""
    rows = Service.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
    keeping.still_right(service=found, by=request.user)
    tell(request, _("Thank you. It is verified as of today."))
    back = request.POST.get("back", "")
    if back[:1] == "/" and url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}
    ):
        return redirect(back)
    return redirect("partners:service", pk)


@page(May.KEEP_DIRECTORY, methods=("GET", "POST"))
def place(request: PageRequest, pk: int) -> HttpResponse:
    """Where is the school? Distance is told from there."""
    mine = request.user.standing.schools(May.KEEP_DIRECTORY)
    school = get_object_or_404(School.objects.filter(pk__in=mine), pk=pk)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        latitude, longitude = form.cleaned_data["point"]
        keeping.place_school(school=school, latitude=latitude, longitude=longitude, by=request.user)
        tell(request, _("Now you can search by how far it is from school."))
        return redirect("partners:directory")
    return render(request, "partners/place.html", {"form": form, "school": school})
