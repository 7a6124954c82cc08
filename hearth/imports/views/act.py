"""Acts on a run: each a small form that goes back to the run's page and says what happened."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.imports import actions, queue, standing, tasks, told
from hearth.imports.forms import ConfirmForm
from hearth.imports.models import ImportRun
from hearth.imports.views.run import show
from hearth.kit.notices import tell

State = ImportRun.State


def _of(request: PageRequest, pk: int) -> ImportRun:
    """The run, locked: of two who press at once, the second is told what the first did."""
    rows = ImportRun.objects.visible_to(request.user).select_related("by")
    found: ImportRun = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
    return found


def _try(request: PageRequest, found: ImportRun, act: Callable[[], str]) -> HttpResponse:
    """Do it and say so, or say why it cannot be done now."""
    try:
        if queue.job_of(found):
            raise actions.Refused(_("This file is already being worked on."))
        tell(request, act())
    except actions.Refused as no:
        tell(request, str(no), tone="attention")
    return redirect("imports:run", found.pk)


@page(May.LOAD_DIRECTORY, methods=("POST",))
def load(request: PageRequest, pk: int) -> HttpResponse:
    """Load it. Where much would be gone, each table has to be named first."""
    found = _of(request, pk)
    stops = told.stops(found) if found.state == State.READY else []
    form = ConfirmForm(request.POST, stops=stops)
    if stops and not form.is_valid():
        return show(request, found, standing.standing(found), form)

    def act() -> str:
        for table in form.names if stops else []:
            actions.confirm(run=found, typed=table, by=request.user)
        actions.ask_to_load(run=found, by=request.user)
        tasks.apply.defer(run_id=found.pk, district_id=found.district_id, by_id=request.user.pk)
        return _("It will be loaded now.")

    return _try(request, found, act)


@page(May.LOAD_DIRECTORY, methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Stop what is under way, or take it off the list before its turn comes."""
    found = _of(request, pk)
    try:
        if queue.take_back(run=found, by=request.user):
            tell(request, _("Stopped before it began."))
        else:
            actions.ask_to_stop(run=found, by=request.user)
            tell(request, _("It stops at the next step. Nothing will be half done."))
    except actions.Refused as no:
        tell(request, str(no), tone="attention")
    return redirect("imports:run", found.pk)


@page(May.LOAD_DIRECTORY, methods=("POST",))
def resume(request: PageRequest, pk: int) -> HttpResponse:
    """Take it up again after an interruption, or after somebody stopped the check."""
    found = _of(request, pk)

    def act() -> str:
        if found.state != State.RECEIVED:
            actions.resume_run(run=found, by=request.user)
        if found.state == State.RECEIVED:
            tasks.check.defer(run_id=found.pk, district_id=found.district_id)
            return _("We read the file again from the beginning.")
        return _("The preview stands as it was. You can load it now.")

    return _try(request, found, act)


@page(May.LOAD_DIRECTORY, methods=("POST",))
def discard(request: PageRequest, pk: int) -> HttpResponse:
    """Put the file aside, and delete the copy we kept."""
    found = _of(request, pk)

    def act() -> str:
        actions.discard_run(run=found, by=request.user)
        return _("Put aside. Nothing of it was loaded, and our copy of the file is deleted.")

    return _try(request, found, act)


@page(May.LOAD_DIRECTORY, methods=("GET", "POST"))
def undo(request: PageRequest, pk: int) -> HttpResponse:
    """Say what undo would put back, and ask; then do it."""
    if request.method == "POST":
        found = _of(request, pk)

        def act() -> str:
            actions.ask_to_undo(run=found, by=request.user)
            tasks.undo.defer(run_id=found.pk, district_id=found.district_id, by_id=request.user.pk)
            return _("It will be put back now.")

        return _try(request, found, act)
    runs = ImportRun.objects.visible_to(request.user).select_related("by")
    found = get_object_or_404(runs, pk=pk)
    return render(
        request,
        "imports/undo.html",
        {"run": found, "lines": told.undo_lines(found), "loaded": found.state == State.APPLIED},
    )
