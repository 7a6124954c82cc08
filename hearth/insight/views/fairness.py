"""Is it fair? One measure by group, each beside the others; and our staff beside our students."""

import csv
import io
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.insight.fairness import file as rows_of
from hearth.insight.fairness.grownups import CUTS, likeness
from hearth.insight.fairness.page import STAFF, STUDENTS, Fair, fair, has_page, sources
from hearth.insight.fairness.paper import drawn, drawn_likeness
from hearth.insight.fairness.tables import Table, like_us
from hearth.insight.measures.cards import Card
from hearth.insight.reading import Place, Told, group_name, said, told, year_said
from hearth.insight.views.finding import card_named, chosen_year, place_of
from hearth.insight.views.measure import SIGNATURE


@page(May.SEE_NUMBERS)
def fairness(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """For whom it goes as for everybody else, and for whom it does not."""
    here, _every = place_of(request, place)
    card = _card(measure)
    released = told(request.user, here, measure=measure)
    one = chosen_year(request, released)
    if one is None or not one.cuts:
        return render(
            request,
            "insight/measure_empty.html",
            {"card": card, "title": said(card.title), "place": here},
        )
    if measure == STAFF:
        return _grownups(request, here, one, released)
    shown = _fair(request, released, one)
    return render(
        request,
        "insight/fairness.html",
        {
            "page": shown,
            "one": one,
            "card": card,
            "title": said(card.title),
            "counted": said(card.counted),
            "of": said(card.of),
            "population": said(card.population),
            "source": said(card.source),
            "place": here,
            "years": [(each.year, year_said(each.year)) for each in released],
            "year_said": year_said(one.year),
            "groups": [(key, group_name(key)) for key in one.cuts],
            "parts": [(key, one.part_name(key)) for key in one.parts] if len(one.parts) > 1 else [],
            "sources": sources(one.year, shown.dashboard),
            "not_so": not_so(shown),
        },
    )


@page(May.SEE_NUMBERS)
def file(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """The same as a file."""
    here, _every = place_of(request, place)
    one, released = _asked(request, here, measure)
    name = f"{here.slug}-{measure}-{one.year}-fair.csv"
    if measure == STAFF:
        students = _students(request, here, one.year)
        every = [
            row
            for by in CUTS
            for row in rows_of.likeness_rows(
                here.name, one.year, str(group_name(by)), likeness(one, students, by)
            )
        ]
        return _csv(name, rows_of.headings_of_likeness(), every)
    return _csv(name, rows_of.headings(), rows_of.rows(_fair(request, released, one)))


@page(May.SEE_NUMBERS)
def paper(request: PageRequest, place: str, measure: str) -> HttpResponse:
    """The same on paper."""
    here, _every = place_of(request, place)
    one, released = _asked(request, here, measure)
    if measure == STAFF:
        students = _students(request, here, one.year)
        sheet = drawn_likeness(one, _like_us(one, students), not_so_of_staff())
    else:
        shown = _fair(request, released, one)
        sheet = drawn(shown, not_so(shown))
    headers = {"Content-Disposition": f'inline; filename="{here.slug}-{measure}-fair.pdf"'}
    return HttpResponse(sheet, content_type="application/pdf", headers=headers)


def _grownups(request: PageRequest, here: Place, one: Told, released: list[Told]) -> HttpResponse:
    students = _students(request, here, one.year)
    return render(
        request,
        "insight/grownups.html",
        {
            "one": one,
            "card": one.card,
            "cards": [
                (said(t.card.counted), said(t.card.population), said(t.card.source), t)
                for t in (one, students)
            ],
            "why": said(one.card.why),
            "place": here,
            "tables": _like_us(one, students),
            "years": [(each.year, year_said(each.year)) for each in released],
            "year_said": year_said(one.year),
            "not_so": not_so_of_staff(),
        },
    )


def not_so(shown: Fair) -> list[str]:
    """What a reader may not read into it, lawyers and families alike."""
    rule = shown.rule
    return [
        _("A difference says that what we do reaches these students otherwise. It says nothing "
          "about the students, and it does not yet say why."),
        _("A difference is called clear only where chance alone would hardly make it. Among "
          "twenty groups one will look different by chance."),
        _("No clear difference does not mean that it is fair: of few students little can be said."),
        _("Every figure is made of counts that are told on these pages. Where one of them is "
          "withheld, so is what would be made of it."),
        _("The ratio is reckoned as in 34 CFR 300.647(a) and (b), from %(cell)s counted and "
          "%(n)s students on. That rule is about districts, children with disabilities and seven "
          "groups by race. Here its way of reckoning is lent to other figures; this is no finding "
          "under the law.") % {"cell": rule.min_cell, "n": rule.min_n},
        _("The federal groups count Filipino students among Asian ones. Here they stand apart, as "
          "California tells them."),
    ]  # fmt: skip


def not_so_of_staff() -> list[str]:
    return [
        _("It says who works here, and nothing about how well anybody teaches."),
        _("Nobody has to say their race. Who told nothing stands as not reported."),
        _("A group of ten or fewer people is not told, and neither is whether there is anybody."),
        _("A gap is called a gap only where chance alone would hardly make it."),
    ]


def _card(measure: str) -> Card:
    card = card_named(measure)
    if measure != STAFF and not has_page(card):
        raise Http404
    return card


def _asked(request: PageRequest, here: Place, measure: str) -> tuple[Told, list[Told]]:
    _card(measure)
    released = told(request.user, here, measure=measure)
    one = chosen_year(request, released)
    if one is None or not one.cuts:
        raise Http404
    return one, released


def _fair(request: PageRequest, released: list[Told], one: Told) -> Fair:
    asked = request.GET
    by = asked.get("by", "") if asked.get("by", "") in one.cuts else one.cuts[0]
    part = asked.get("part", "") if asked.get("part", "") in one.parts else one.parts[0]
    return fair(released, one, by=by, part=part, reference=asked.get("beside", ""))


def _students(request: PageRequest, here: Place, year: int) -> Told:
    found = told(request.user, here, measure=STUDENTS)
    students = next((one for one in found if one.year == year), None)
    if students is None:
        raise Http404
    return students


def _like_us(staff: Told, students: Told) -> list[Table]:
    made = [like_us(likeness(staff, students, by), str(group_name(by))) for by in CUTS]
    return [table for table in made if table.rows]


def _csv(name: str, headings: list[object], rows: Iterable[list[object]]) -> HttpResponse:
    text = io.StringIO()
    text.write(SIGNATURE)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
