"""One measure by two groups together: built by the analyst, protected as a whole, read by all."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.insight import tasks
from hearth.insight.disclose import CannotTell
from hearth.insight.forms import TogetherForm
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import DisclosedTable
from hearth.insight.reading import DISTRICT_SLUG, group_name, said, told, year_said
from hearth.insight.views.finding import card_named, chosen_year, place_of


@page(May.BUILD_TABLES, methods=("GET", "POST"))
def build(request: PageRequest) -> HttpResponse:
    """Ask for a table of two groups. What was told before decides how much of it can be told."""
    released = DisclosedTable.objects.visible_to(request.user).filter(cut="")
    known = list(released.values_list("measure", "year").distinct())
    form = TogetherForm(
        request.POST or None,
        measures=sorted({measure for measure, _year in known}),
        years=sorted({year for _measure, year in known}, reverse=True),
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            cut = tasks.tell_together(
                request.district_id,
                measure=asked["measure"],
                year=asked["year"],
                groups=(asked["first"], asked["second"]),
                by=request.user,
                today=timezone.localdate(),
            )
        except CannotTell:
            form.add_error(None, _(
                "This table cannot be told: with what was told before, it would give somebody "
                "away. Try other groups."
            ))  # fmt: skip
        else:
            return redirect("insight:together", DISTRICT_SLUG, asked["measure"], cut)
    return render(request, "insight/build.html", {"form": form, "any": bool(known)})


@page(May.SEE_NUMBERS)
def together(request: PageRequest, place: str, measure: str, cut: str) -> HttpResponse:
    """The table as it was told."""
    here, every = place_of(request, place)
    card = card_named(measure)
    keys = cut.split("+")
    if not set(keys) <= set(GROUPS):
        raise Http404
    one = chosen_year(request, told(request.user, here, measure=measure, cut=cut))
    if one is None:
        raise Http404
    names = [str(group_name(key)) for key in keys]
    parts = [(one.part_name(part), one.lines(cut, part)) for part in one.parts]
    return render(
        request,
        "insight/together.html",
        {
            "one": one,
            "card": card,
            "title": said(card.title),
            "place": here,
            "places": every,
            "names": names,
            "by_name": ", ".join(names),
            "parts": parts,
            "year_said": year_said(one.year),
        },
    )
