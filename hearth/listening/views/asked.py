"""Who is asked by a link of their own, and who has not answered yet; never what anybody said."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import asking
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.models import Way
from hearth.listening.reading.participation import how_many, not_yet
from hearth.listening.views.surveys import run_by

ROWS = 50


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def asked(request: PageRequest, pk: int) -> HttpResponse:
    """Who has not answered yet? Their links, to hand out or to remind with."""
    found = run_by(request, pk)
    if found.way != Way.PERSONAL:
        raise Http404
    if request.method == "POST":
        try:
            many = asking.ask_everybody(survey=found, by=request.user)
        except NotAllowed as refusal:
            tell(request, str(refusal))
        else:
            words = ngettext("%(n)s person has a link.", "%(n)s people have a link.", many)
            tell(request, words % {"n": many})
        return redirect("listening:asked", pk=pk)
    shown = Paginator(not_yet(found), ROWS).get_page(request.GET.get("page"))
    facts = {"found": found, "shown": shown, "asked": how_many(found),
             "runs_now": found.opened_at and not found.sealed_at}  # fmt: skip
    return render(request, "listening/asked.html", facts)
