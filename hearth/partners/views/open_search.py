"""What there is for a family, for everybody: no account, no referral, nobody's name."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, public_page
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.forms.open_search import OpenSearchForm
from hearth.partners.models import Listing
from hearth.partners.reading.rows import rows_on
from hearth.partners.reading.search import Found, Wanted, narrow
from hearth.schools.models import District

ROWS = 20


@public_page(families=True)
def find(request: PageRequest, district: District) -> HttpResponse:
    """What is there for my family?"""
    if NAMED in request.GET:
        return in_language(request)
    form = OpenSearchForm(request.GET or None)
    wanted = form.wanted
    listed = narrow(Listing.objects.all(), wanted).order_by("name", "service_id")
    keys = listed.values_list("service_id", flat=True)
    shown = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    rows = rows_on(list(shown.object_list), Found(()), timezone.localdate())
    shown.object_list = rows
    return render(
        request,
        "partners/open_search.html",
        {
            "district": district, "form": form, "shown": shown, "rows": rows,
            "filtered": wanted != Wanted(),
        },
    )  # fmt: skip
