"""What people from outside say is wrong: field by field, to take or to decline."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import keeping
from hearth.partners.forms.keeping import TakeForm
from hearth.partners.models import Correction, Service
from hearth.partners.reading.sheet import Sheet, sheet
from hearth.partners.reading.standing import as_it_stands, as_they_saw_it, tidy, title_of

ROWS = 50


@page(May.KEEP_DIRECTORY)
def corrections(request: PageRequest) -> HttpResponse:
    """What do people say is not right? The oldest stands first."""
    rows = Correction.objects.visible_to(request.user).waiting()
    rows = rows.select_related("service", "service__organization")
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "partners/corrections.html", {"shown": shown})


@page(May.KEEP_DIRECTORY, methods=("GET", "POST"))
def decide(request: PageRequest, pk: int) -> HttpResponse:
    """What stands there, and what should? Tick what is right and leave the rest."""
    rows = Correction.objects.visible_to(request.user)
    rows = rows.select_related("service", "service__organization", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    posted = request.method == "POST"
    form = TakeForm(request.POST if posted else None, correction=found)
    if posted and form.is_valid():
        try:
            keeping.decide(correction=found, taken=form.cleaned_data["taken"], by=request.user)
        except keeping.NotAllowed as refusal:
            tell(request, str(refusal), tone="attention")
        else:
            tell(request, _("It is decided. Thank you for keeping the directory right."))
        return redirect("partners:corrections")
    now = timezone.localtime()
    facts = {"found": found, "lines": lines(found, now, sheet(found.service, now))}
    return render(request, "partners/correction.html", facts)


def lines(correction: Correction, now: datetime, told: Sheet) -> list[dict[str, Any]]:
    """Each line: its name, what is there now, what they say, whether it moved since they wrote."""
    service = correction.service
    here = as_it_stands(service, now, told)
    there = as_they_saw_it(service, now, told, correction.language)
    return [
        {
            "name": name,
            "title": title_of(name),
            "now": _shown(name, here[name]),
            "after": _shown(name, after),
            "moved": there[name] not in (tidy(before), after),
            "taken": name in correction.taken,
        }
        for name, (before, after) in correction.changes.items()
    ]


def _shown(name: str, value: str) -> str:
    if name == "status":
        return str(dict(Service.Status.choices).get(value, value))
    return value
