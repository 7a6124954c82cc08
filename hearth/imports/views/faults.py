"""The faults and notes of a run as a file, to mend the roster with."""

import io
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.imports import faults
from hearth.imports.models import ImportRun

BOM = "\ufeff"
"""Without it a spreadsheet on Windows takes UTF-8 for something else."""


@page(May.LOAD_DIRECTORY)
def as_csv(request: PageRequest, pk: int) -> HttpResponse:
    """Faults first, then notes, each with its file, line and column."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    found = run.faults.order_by("-blocking", "file", "line", "pk")
    text = io.StringIO(newline="")
    faults.write_csv(found.iterator(), text)
    answer = HttpResponse(BOM + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = slugify(Path(run.file_name).stem) or "roster"
    answer["Content-Disposition"] = f'attachment; filename="faults-{name}-{run.pk}.csv"'
    return answer
