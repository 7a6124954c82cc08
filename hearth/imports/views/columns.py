"""Say how a file is read: first which column is which, then what its codes mean."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.imports import columns, mapping, queue, standing, tasks, vault
from hearth.imports.extracts import Reading
from hearth.imports.kinds import kind_of
from hearth.imports.models import ImportRun
from hearth.kit.notices import tell


def _open(request: PageRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user)
    if request.method == "POST":
        runs = runs.select_for_update(of=("self",))
    found: ImportRun = get_object_or_404(runs, pk=pk)
    return found


def _not_now(request: PageRequest, run: ImportRun) -> HttpResponse | None:
    """A file that is being read, or was loaded, keeps being read as it was."""
    if not columns.may_be_mapped(run) or queue.job_of(run):
        tell(request, _("This cannot be changed for this file now."), tone="attention")
        return redirect("imports:run", run.pk)
    return None


@page(May.LOAD_DIRECTORY, methods=("GET", "POST"))
def which(request: PageRequest, pk: int) -> HttpResponse:
    """Which column is which? The first rows of the file stand beside the question."""
    run = _open(request, pk)
    refused = _not_now(request, run)
    if refused:
        return refused
    seen, reading = _peek(run), Reading.of(run.reading)
    form = columns.ColumnsForm(
        request.POST if request.method == "POST" else None,
        fields=kind_of(run).fields, header=seen.header, reading=reading,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.reading(reading)
        mapping.remember(run=run, reading=said)
        if columns.codes_of(run, said, seen):
            return redirect("imports:codes", run.pk)
        return _check(request, run)
    return render(
        request,
        "imports/columns.html",
        {"run": run, "form": form, "seen": seen, "steps": standing.steps(2)},
    )


@page(May.LOAD_DIRECTORY, methods=("GET", "POST"))
def codes(request: PageRequest, pk: int) -> HttpResponse:
    """What do the codes of this file mean?"""
    run = _open(request, pk)
    refused = _not_now(request, run)
    if refused:
        return refused
    reading = Reading.of(run.reading)
    form = columns.CodesForm(
        request.POST if request.method == "POST" else None,
        codes=columns.codes_of(run, reading, _peek(run)), run=run, reading=reading,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        mapping.remember(run=run, reading=form.reading(reading))
        return _check(request, run)
    return render(
        request, "imports/codes.html", {"run": run, "form": form, "steps": standing.steps(2)}
    )


def _peek(run: ImportRun) -> columns.Peek:
    try:
        return columns.peek(run)
    except vault.Damaged:
        return columns.NOTHING


def _check(request: PageRequest, run: ImportRun) -> HttpResponse:
    tasks.check.defer(run_id=run.pk, district_id=run.district_id)
    tell(request, _("That is remembered. We read the file from the beginning."))
    return redirect("imports:run", run.pk)
