"""What there is for a family, for everybody: no account, no referral, nobody's name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, public_page
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.forms.open_search import OpenSearchForm
from hearth.partners.reading.found import Counted
from hearth.partners.reading.rows import rows_on
from hearth.partners.reading.search import Wanted, search
from hearth.schools.models import District

ROWS = 20


@public_page(families=True)
def find(request: PageRequest, district: District) -> HttpResponse:
    """What is there for my family?"""
    if NAMED in request.GET:
        return in_language(request)
    form = OpenSearchForm(request.GET or None)
    wanted = form.wanted
    now = timezone.localtime()
    found = search(None, wanted, now)
    shown = Counted(found, ROWS, None).get_page(request.GET.get("page"))
    rows = rows_on(list(shown.object_list), found, now.date())
    shown.object_list = rows
    return render(
        request,
        "partners/open_search.html",
        {
            "district": district, "form": form, "shown": shown, "rows": rows,
            "filtered": wanted != Wanted(),
        },
    )  # fmt: skip
