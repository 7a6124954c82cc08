"""One measure at a time, a school's picture on one page, and both as a file."""

import csv
import io
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.insight.behind import PLAIN_GROUPS
from hearth.insight.beside import beside
from hearth.insight.drawing import bars_of, over_months, over_years
from hearth.insight.fairness.page import address
from hearth.insight.reading import (
    THEMES,
    Line,
    Told,
    group_name,
    home_of,
    in_full,
    places,
    said,
    told,
    told_of_everybody,
    year_said,
)
from hearth.insight.tasks import is_being_built
from hearth.insight.views.finding import card_named, chosen_year, place_of

SIGNATURE = "\ufeff"  # so that a spreadsheet reads the accents


class Entry(NamedTuple):
    """One line of a school's picture: a measure, which part of it, and its figure."""

    one: Told
    part: str
    line: Line


@page(May.SEE_NUMBERS)
def home(request: PageRequest) -> HttpResponse:
    """To the place that was chosen; else to one's own school, or the district."""
    every, chosen = places(request.district_id), request.GET.get("place", "")
    here = next((one for one in every if one.slug == chosen), None)
    if here is None:
        return redirect(home_of(request.user, every).url)
    year = request.GET.get("year", "")
    return redirect(f"{here.url}?year={year}" if year.isascii() and year.isdigit() else here.url)


@page(May.SEE_NUMBERS)
def picture(request: PageRequest, place: str) -> HttpResponse:
    """A school on one page: every measure of everybody, each a door to its own page."""
    here, every = place_of(request, place)
    released = told_of_everybody(request.user, here)
    years = sorted({one.year for one in released}, reverse=True)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), next(iter(years), None))
    shown = [one for one in released if one.year == year]
    themes = [
        (name, [one for one in shown if one.card.theme == key]) for key, name in THEMES.items()
    ]
    return render(
        request,
        "insight/picture.html",
        {
            "place": here,
            "places": every,
            "year": year,
            "years": [(one, year_said(one)) for one in years],
            "year_said": year_said(year) if year else "",
            "themes": [(name, *_told_first(own)) for name, own in themes if own],
            "being_built": not shown and is_being_built(request.district_id),
            "fair": [(said(one.card.title), at) for one in shown if (at := address(one))],
        },
    )


def _told_first(measures: list[Told]) -> tuple[list[Entry], list[Entry]]:
    """What is told of everybody; and apart from it what is withheld, for whoever unfolds it."""
    entries = [Entry(one, part, line) for one in measures for part, line in one.summary]
    return (
        [entry for entry in entries if entry.line.value is not None],
        [entry for entry in entries if entry.line.value is None],
    )


@page(May.SEE_NUMBERS)
def measure(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """What it is, for whom it is how, since when, beside whom, and what it is not."""
    here, every = place_of(request, place)
    card = card_named(measure)
    released = told_of_everybody(request.user, here, measure=measure)
    one = chosen_year(request, released)
    if one is None:
        return render(
            request,
            "insight/measure_empty.html",
            {
                "card": card,
                "title": said(card.title),
                "place": here,
                "being_built": is_being_built(request.district_id),
            },
        )
    one = in_full(request.user, one)
    by, part = _by(request, one), _part(request, one)
    lines = _with_rows(request, one, by, part) if by else []
    whole = one.whole(part)
    return render(
        request,
        "insight/measure.html",
        {
            "one": one,
            "card": card,
            "title": said(card.title),
            "why": said(card.why),
            "counted": said(card.counted),
            "of": said(card.of),
            "population": said(card.population),
            "source": said(card.source),
            "place": here,
            "places": every,
            "years": [(each.year, year_said(each.year)) for each in released],
            "year_said": year_said(one.year),
            "by": by,
            "by_name": group_name(by) if by else "",
            "groups": [(key, group_name(key)) for key in one.cuts],
            "part": part,
            "parts": [(key, one.part_name(key)) for key in one.parts] if len(one.parts) > 1 else [],
            "whole": whole,
            "whole_context": _sure(whole) if whole else "",
            "lines": lines,
            "last_month": one.last_month,
            "chart": bars_of(one, lines, by) if lines else None,
            "years_chart": over_years(released, part),
            "months_chart": over_months(one, part, by),
            "beside": beside(one),
            "fair_url": address(one),
            "may_see_rows": any(line.rows_url for line in lines),
            "may_build": request.user.may(May.BUILD_TABLES),
            "rows_url": _rows_of_all(request, one, part),
        },
    )


def _sure(whole: Line) -> str:
    """How many, and between what the figure lies."""
    return " · ".join(words for words in (whole.of_how_many, whole.range) if words)


def _with_rows(request: PageRequest, one: Told, by: str, part: str) -> list[Line]:
    """The groups, each with the way to its rows for whoever may go it."""
    lines = one.lines(by, part)
    if not _may_see_rows(request.user, one, by):
        return lines
    at = reverse("insight:rows", args=[one.place.slug, one.card.key])
    return [
        replace(
            line,
            rows_url=f"{at}?"
            + urlencode(
                {"year": one.year, "by": by, "group": line.figure.spot.values[0], "part": part}
            ),
        )
        for line in lines
    ]


def _rows_of_all(request: PageRequest, one: Told, part: str) -> str:
    if not _may_see_rows(request.user, one, ""):
        return ""
    at = reverse("insight:rows", args=[one.place.slug, one.card.key])
    return f"{at}?{urlencode({'year': one.year, 'part': part})}"


def _may_see_rows(user: User, one: Told, by: str) -> bool:
    """Of students, for whoever sees all of them; in groups of identity, for whoever sees that."""
    if one.card.unit != "students" or not user.may(May.SEE_ROWS):
        return False
    if by not in PLAIN_GROUPS and not user.may(May.SEE_IDENTITY):
        return False
    school = one.place.school
    return user.standing.reaches(May.SEE_STUDENTS, Reach.DISTRICT) or (
        school is not None and school.pk in user.standing.schools(May.SEE_STUDENTS)
    )


def _by(request: PageRequest, one: Told) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in one.cuts else next(iter(one.cuts), "")


def _part(request: PageRequest, one: Told) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in one.parts else next(iter(one.parts), "")


@page(May.SEE_NUMBERS)
def file(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """The same figures as a file. What is withheld says so in its own column, never as a blank."""
    here, _every = place_of(request, place)
    one = chosen_year(request, told(request.user, here, measure=measure))
    if one is None:
        raise Http404
    page_of = io.StringIO()
    page_of.write(SIGNATURE)
    writer = csv.writer(page_of)
    writer.writerow(
        [
            _("Place"), _("School year"), _("Measure"), _("Part"), _("Month"), _("Told by"),
            _("Group"), _("Figure"), _("From"), _("To"), _("Counted"), _("Of"),
            _("Shown or withheld"), _("As of"),
        ]
    )  # fmt: skip
    writer.writerows(_rows(one))
    name = f"{here.slug}-{measure}-{one.year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(page_of.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _rows(one: Told) -> list[list[object]]:
    withheld = _("withheld")
    rows: list[list[object]] = []
    for part in one.parts:
        whole = one.whole(part)
        lines = [("", line) for line in ([whole] if whole else []) + one.months(part)]
        for cut in one.cuts:
            own = one.months_of(cut, part) if one.last_month else one.lines(cut, part)
            lines += [(str(group_name(cut)), line) for line in own]
        for by, line in lines:
            spot, shown = line.figure.spot, line.shown
            rows.append(
                [
                    one.place.name,
                    year_said(one.year),
                    said(one.card.title),
                    one.part_name(part) if part else "",
                    date_format(spot.month, "F Y") if spot.month else "",
                    by,
                    line.label,
                    line.value if line.value is not None else withheld,
                    _told_or(shown.low if shown else None, shown is not None, withheld),
                    _told_or(shown.high if shown else None, shown is not None, withheld),
                    shown.part if shown else withheld,
                    line.figure.whole if line.figure.whole is not None else withheld,
                    _("shown") if shown else line.why_not,
                    shown.as_of.isoformat() if shown else one.as_of.isoformat(),
                ]
            )
    return rows


def _told_or(value: object, is_shown: bool, withheld: str) -> object:
    if value is not None:
        return value
    return _("no interval") if is_shown else withheld
