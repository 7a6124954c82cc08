"""One measure by two groups together: built by the analyst, protected as a whole, read by all."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRefresh

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.insight import actions, tasks
from hearth.insight.disclose import NOT_CROSSED
from hearth.insight.forms import TogetherForm
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import AskedTable, DisclosedTable
from hearth.insight.on_its_way import on_its_way, progress_of
from hearth.insight.reading import group_name, said, told, year_said
from hearth.insight.views.finding import card_named, chosen_year, place_of

RECENT = 20


@page(May.BUILD_TABLES, methods=("GET", "POST"))
def build(request: PageRequest) -> HttpResponse:
    """Ask for a table of two groups. What was told before decides how much of it can be told."""
    released = (
        DisclosedTable.objects.visible_to(request.user)
        .filter(cut="")
        .exclude(measure__in=NOT_CROSSED)
    )
    known = list(released.values_list("measure", "year").distinct())
    form = TogetherForm(
        request.POST or None,
        measures=sorted({measure for measure, _year in known}),
        years=sorted({year for _measure, year in known}, reverse=True),
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        wish = tasks.ask_together(
            request.district_id,
            measure=asked["measure"],
            year=asked["year"],
            groups=(asked["first"], asked["second"]),
            by=request.user,
        )
        return redirect("insight:asked", wish.pk)
    earlier = AskedTable.objects.visible_to(request.user).order_by("-asked_at", "-pk")[:RECENT]
    return render(
        request,
        "insight/build.html",
        {"form": form, "any": bool(known), "earlier": [on_its_way(one) for one in earlier]},
    )


@page(May.BUILD_TABLES)
def asked(request: PageRequest, pk: int) -> HttpResponse:
    """One table on its way. While it is being built, how far it is is shown every few seconds."""
    visible = AskedTable.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("by"), pk=pk)
    if request.htmx:  # type: ignore[attr-defined]
        if not found.is_waiting:
            return HttpResponseClientRefresh()
        return render(request, "insight/asked.html#live", {"progress": progress_of(found)})
    shown = on_its_way(found)
    if found.standing == AskedTable.Standing.TOLD:
        return redirect(shown.url)
    progress = progress_of(found) if found.is_waiting else None
    return render(request, "insight/asked.html", {"asked": shown, "progress": progress})


@page(May.BUILD_TABLES, methods=("POST",))
def take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Not wanted any more: nothing of it is told."""
    visible = AskedTable.objects.visible_to(request.user)
    actions.take_table_back(asked=get_object_or_404(visible, pk=pk), by=request.user)
    return redirect("insight:asked", pk)


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
