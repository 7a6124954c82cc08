"""What people from outside say is wrong: field by field, to take or to decline."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import keeping
from hearth.partners.forms.keeping import TakeForm
from hearth.partners.models import Correction, Service

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
    return render(request, "partners/correction.html", {"found": found, "lines": lines(found)})


def lines(correction: Correction) -> list[dict[str, Any]]:
    """Each field: its name, what was there when they wrote, what is there now, what they say."""
    return [
        {
            "name": name,
            "title": capfirst(str(Service._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
            "before": _shown(name, before),
            "now": _shown(name, getattr(correction.service, name)),
            "after": _shown(name, after),
            "moved": getattr(correction.service, name) not in (before, after),
            "taken": name in correction.taken,
        }
        for name, (before, after) in correction.changes.items()
    ]


def _shown(name: str, value: str) -> str:
    if name == "status":
        return str(dict(Service.Status.choices).get(value, value))
    return value
