"""All runs, and one run on its way."""

import time
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRefresh

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.audit.models import Event
from hearth.imports import columns, faults, standing, told
from hearth.imports.columns import KINDS_IN_WORDS
from hearth.imports.forms import ConfirmForm, FaultFilter
from hearth.imports.models import ImportRun, loads_everything

RUNS = 25
FAULTS = 50
NOTES = 50


@page(May.LOAD_DIRECTORY)
def runs(request: PageRequest) -> HttpResponse:
    """Which files came in, newest first."""
    every = (
        ImportRun.objects.visible_to(request.user)
        .select_related("by")
        .annotate(faulty=Count("faults", filter=Q(faults__blocking=True)))
        .order_by("-at", "-pk")
    )
    shown = Paginator(every, RUNS).get_page(request.GET.get("page"))
    rows = [
        {
            "run": run,
            "tone": standing.STANDINGS[ImportRun.State(run.state)].tone,
            "summary": told.summary(run),
        }
        for run in shown
    ]
    said = {
        "shown": shown,
        "rows": rows,
        "directory_alone": not loads_everything(request.user),
    }
    return render(request, "imports/runs.html", said)


@page(May.LOAD_DIRECTORY)
def run(request: PageRequest, pk: int) -> HttpResponse:
    """Where one file stands, and what can be done now. Work that goes on is shown each second."""
    visible = ImportRun.objects.visible_to(request.user).select_related("by")
    found = get_object_or_404(visible, pk=pk)
    stands = standing.standing(found)
    working = stands.key == "working"
    if request.htmx:  # type: ignore[attr-defined]
        if not working:
            return HttpResponseClientRefresh()
        return render(request, "imports/run.html#live", _working(found))
    return show(request, found, stands)


def show(
    request: PageRequest,
    found: ImportRun,
    stands: standing.Standing,
    form: ConfirmForm | None = None,
) -> HttpResponse:
    """The page of a run; with the form, where a confirmation came back to be mended."""
    details = DETAILS.get(stands.key)
    said = {
        "run": found,
        "stands": stands,
        "steps": standing.steps(stands.step),
        "template": f"imports/run/{stands.key}.html",
        "kind": KINDS_IN_WORDS[found.kind],
        "may_map": columns.may_be_mapped(found),
        **(details(request, found) if details else {}),
    }
    if form is not None:
        said["form"] = form
    return render(request, "imports/run.html", said)


def _working(found: ImportRun) -> dict[str, Any]:
    return {"progress": standing.progress(found, time.time())}


def _details_working(_request: PageRequest, found: ImportRun) -> dict[str, Any]:
    return _working(found)


def _details_faulty(request: PageRequest, found: ImportRun) -> dict[str, Any]:
    form = FaultFilter(request.GET, run=found)
    wanted = form.wanted()
    every = found.faults.filter(blocking=True).order_by("file", "line", "pk")
    if wanted:
        every = every.filter(file=wanted)
    shown = Paginator(every, FAULTS).get_page(request.GET.get("page"))
    return {
        "filter": form,
        "wanted": wanted,
        "shown": shown,
        "faults": faults.as_rows(shown),
        "not_listed": told.not_listed(found),
    }


def _details_ready(_request: PageRequest, found: ImportRun) -> dict[str, Any]:
    every = found.faults.filter(blocking=False).order_by("file", "line", "pk")
    notes = Paginator(every, NOTES).get_page(1)
    stops = told.stops(found)
    return {
        "lines": told.lines(found),
        "nothing": not told.changes(found),
        "stops": stops,
        "form": ConfirmForm(stops=stops) if stops else None,
        "notes": list(faults.as_rows(notes)),
        "notes_title": ngettext("%(n)s note", "%(n)s notes", notes.paginator.count)
        % {"n": told.number(notes.paginator.count)},
    }


def _details_lines(_request: PageRequest, found: ImportRun) -> dict[str, Any]:
    return {"lines": told.lines(found), "nothing": not told.changes(found)}


def _details_applied(request: PageRequest, found: ImportRun) -> dict[str, Any]:
    done = Event.objects.filter(
        district_id=found.district_id,
        about=found._meta.label_lower,
        about_id=found.pk,
        verb=f"{found.kind} loaded",
    )
    name = done.order_by("-at").values_list("by_name", flat=True).first()
    return {**_details_lines(request, found), "loaded_by": name}


DETAILS = {
    "working": _details_working,
    "faulty": _details_faulty,
    "ready": _details_ready,
    "applied": _details_applied,
    "undone": _details_lines,
}
