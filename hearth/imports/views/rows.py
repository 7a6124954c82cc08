"""The rows behind a count of the preview: who is new, what would change, who would be gone."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.audit.privacy import Privacy, privacy_of
from hearth.imports import told
from hearth.imports.filing.tables import TABLE, Table
from hearth.imports.models import ImportRun, Sample
from hearth.imports.shelves import SHELF, Shelf
from hearth.imports.tables import TARGET, Target

ROWS = 50
MAY_SHOW = {Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL}


@dataclass(frozen=True)
class Change:
    """One column that would change. A value that not everybody here may read stays out."""

    column: str
    before: str
    after: str
    shown: bool
    is_name: bool


@page(May.LOAD_DIRECTORY)
def rows(request: PageRequest, pk: int, table: str, fate: str) -> HttpResponse:
    """The first rows of this kind; the check keeps so many for looking at."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    target = TARGET.get(table) or TABLE.get(table) or SHELF.get(table)
    if target is None or fate not in told.FATES:
        raise Http404
    kept = Sample.objects.filter(run=run, table=table, fate=fate).order_by("number")
    shown = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    count = run.counts.get(table, {}).get(fate, 0)
    return render(
        request,
        "imports/rows.html",
        {
            "run": run,
            "shown": shown,
            "rows": [(row, changes(target, row)) for row in shown],
            "fate": fate,
            "names_people": table in told.OF_PEOPLE,
            "title": told.title_of(table),
            "words": told.in_words(table, fate, count),
            "kept": told.number(shown.paginator.count),
            "all": told.number(count),
            "left_out": told.number(count - shown.paginator.count)
            if 0 < shown.paginator.count < count
            else "",
            "forgotten": count and not shown.paginator.count,
        },
    )


def changes(target: Target | Table | Shelf, row: Sample) -> list[Change]:
    """What would change in one row, column by column."""
    if row.fate != "changed":
        return []
    return [
        _change(target, column, before, after)
        for column, (before, after) in row.cells.items()
        if before != after
    ]


def _change(target: Target | Table | Shelf, column: str, before: Any, after: Any) -> Change:
    field = target.model._meta.get_field(column)
    # A key says nothing to a person, so a reference is only named.
    privacy = privacy_of(target.model).get(field.name)
    shown = not field.is_relation and privacy in MAY_SHOW
    name = capfirst(str(getattr(field, "verbose_name", column)))
    return Change(name, _cell(before), _cell(after), shown, privacy is Privacy.PERSONAL)


def _cell(value: Any) -> str:
    if value in (None, ""):
        return _("Not reported")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
