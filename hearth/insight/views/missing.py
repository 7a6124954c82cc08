"""What is still missing: by need, by group, by school, by month; and needs beside languages."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.insight.missing import Cell, Matrix, Missing, by_school, matrix, missing_at
from hearth.insight.reading import Line, Place, said, year_said
from hearth.insight.tasks import is_being_built
from hearth.insight.views.finding import place_of
from hearth.kit.document import pdf

SIGNATURE = "\ufeff"  # so that a spreadsheet reads the accents
PAPER = "insight/typst/fair.typ"


@page(May.SEE_NUMBERS)
def missing(request: PageRequest, place: str) -> HttpResponse:
    """Of those for whom a partner was asked: who is still in need, and of what?"""
    here, every = place_of(request, place)
    found = missing_at(request.user, here, _year(request))
    schools = by_school(request.user, found.unmet.year, every) if found and not here.school else []
    context = {
        "place": here,
        "places": every,
        "missing": found,
        "schools": schools,
        "being_built": found is None and is_being_built(request.district_id),
    }
    if found:
        context |= {
            "whole": found.unmet.whole(),
            "year_said": year_said(found.unmet.year),
            "years": [(year, year_said(year)) for year in found.years],
            "not_so": not_so(),
        }
    return render(request, "insight/missing.html", context)


@page(May.SEE_NUMBERS)
def needs_by_language(request: PageRequest) -> HttpResponse:
    """Which need is met in which language, and what do services offer?"""
    found = matrix(request.user, _year(request))
    context: dict[str, Any] = {
        "matrix": found,
        "not_so": not_so(),
        "being_built": found is None and is_being_built(request.district_id),
    }
    if found:
        context |= {
            "year_said": year_said(found.year),
            "years": [(year, year_said(year)) for year in found.years],
        }
    return render(request, "insight/matrix.html", context)


@page(May.SEE_NUMBERS)
def file(request: PageRequest, place: str) -> HttpResponse:
    """The same as a file: what is withheld says so, never as a blank or a zero."""
    here, every = place_of(request, place)
    found = _found(request, here)
    text = io.StringIO()
    text.write(SIGNATURE)
    writer = csv.writer(text)
    writer.writerow([
        _("Place"), _("School year"), _("Told by"), _("Group"), _("Language"), _("Still open"),
        _("Of how many"), _("In a word"), _("Services"), _("Places free"), _("Shown or withheld"),
    ])  # fmt: skip
    year = year_said(found.unmet.year)
    writer.writerows([here.name, year, *row] for row in _rows(found))
    if not here.school:
        schools = by_school(request.user, found.unmet.year, every)
        writer.writerows([s.name, year, *_line(_("School"), line)] for s, line in schools)
        writer.writerows([here.name, year, *row] for row in _of_matrix(request, found))
    headers = {"Content-Disposition": f'attachment; filename="{here.slug}-missing.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@page(May.SEE_NUMBERS)
def paper(request: PageRequest, place: str) -> HttpResponse:
    """For a council's packet: the same tables as a tagged PDF."""
    here, every = place_of(request, place)
    found = _found(request, here)
    one, whole = found.unmet, found.unmet.whole()
    tables = [_needs_on_paper([row.whole for row in found.needs])]
    if not here.school:
        lines = [(place.name, line) for place, line in by_school(request.user, one.year, every)]
        tables.append(_lines_on_paper(_("By school"), _("School"), lines))
    months = [(line.label, line) for line in found.months]
    tables.append(_lines_on_paper(_("By the month in which it was asked"), _("Month"), months))
    became = [(line.label, line) for line in found.became]
    tables.append(_lines_on_paper(_("What became of it"), _("What"), became))
    words = {
        "title": _("What is still missing?"),
        "place": here.name,
        "year": _("School year %(year_said)s") % {"year_said": year_said(one.year)},
        "day": date_format(one.as_of, "DATE_FORMAT"),
        "first": [{"title": said(one.card.title), "lines": [_of_whole(whole)]}] if whole else [],
        "tables": [table for table in tables if table["rows"]],
        "not_so_title": _("What this is, and what it is not"),
        "not_so": not_so(),
    }
    headers = {"Content-Disposition": f'inline; filename="{here.slug}-missing.pdf"'}
    return HttpResponse(pdf(PAPER, words), content_type="application/pdf", headers=headers)


def not_so() -> list[str]:
    return [
        _("It counts those for whom a partner was asked. Who never asked is not in it."),
        _("A figure is told from 11 students on, and where no other figure gives it away. Too few "
          "to say may be ten students, or nobody."),
        _("Unmet: at least half are still open. Partly met: at least one in five. Met: fewer. "
          "Doubled: few are open, two services or more offer the same, and they have more places "
          "free than there were students who asked."),
        _("A student with two needs counts with each, so the needs do not add up."),
        _("Services and places are as the directory has them today, the figures as of their day."),
    ]  # fmt: skip


def _year(request: PageRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None


def _found(request: PageRequest, here: Place) -> Missing:
    found = missing_at(request.user, here, _year(request))
    if found is None:
        raise Http404
    return found


def _of_whole(line: Line) -> str:
    return f"{line.words} ({line.of_how_many})" if line.of_how_many else line.words


def _rows(found: Missing) -> list[list[object]]:
    whole = found.unmet.whole()
    rows = [_line(_("Everybody"), whole)] if whole else []
    rows += [_cell(_("Need"), row.whole.label, "", row.whole) for row in found.needs]
    rows += [_line(_("Month"), line, line.label) for line in found.months]
    return rows + [_line(_("What became of it"), line, line.label) for line in found.became]


def _of_matrix(request: PageRequest, found: Missing) -> list[list[object]]:
    both: Matrix | None = matrix(request.user, found.unmet.year)
    if both is None or both.year != found.unmet.year:
        return []
    return [
        _cell(_("Need and language"), row.whole.label, cell.label, cell)
        for row in both.rows for cell in row.cells
    ]  # fmt: skip


def _line(by: str, line: Line | None, label: str = "") -> list[object]:
    shown, withheld = line.shown if line else None, _("withheld")
    counts = [int(shown.part), shown.whole] if shown else [withheld, withheld]
    why = line.why_not if line else _("too few to say")
    return [by, label, "", *counts, "", "", "", _("shown") if shown else why]


def _cell(by: str, label: str, language: str, cell: Cell) -> list[object]:
    shown, withheld = cell.figure, _("withheld")
    counts = [int(shown.part), shown.whole] if shown else [withheld, withheld]
    places = cell.offer.places if cell.offer.places is not None else _("Not reported")
    return [
        by, label, language, *counts, cell.said if shown else withheld, cell.offer.services,
        places, _("shown") if shown else cell.said,
    ]  # fmt: skip


def _needs_on_paper(cells: list[Cell]) -> dict[str, object]:
    headings = [_("Need"), _("Still open"), _("In a word"), _("What is offered")]
    rows = [[c.label, c.counted or "–", c.said, c.offers] for c in cells]
    return _table(_("By need"), headings, rows)


def _lines_on_paper(
    title: str, what: str, lines: Sequence[tuple[str, Line | None]]
) -> dict[str, object]:
    headings = [what, _("Still open"), _("Of how many")]
    rows = [
        [name, line.words, line.of_how_many or "–"] if line else [name, _("too few to say"), "–"]
        for name, line in lines
    ]
    return _table(title, headings, rows)


def _table(title: str, headings: list[str], rows: list[list[str]]) -> dict[str, object]:
    return {
        "title": title, "says": "", "headings": headings, "rows": rows,
        "shares": [3] * len(headings), "notes": [],
    }  # fmt: skip
