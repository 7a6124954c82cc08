"""The data walk: plan it, print its posters, keep what was noticed, said and decided."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.insight import actions
from hearth.insight.forms import NoteForm, WalkForm
from hearth.insight.models import DataWalk, DisclosedTable
from hearth.insight.posters import posters as drawn
from hearth.insight.reading import Place, Told, card_of, said, told, year_said
from hearth.schools.models import School


@page(May.SEE_NUMBERS)
def walks(request: PageRequest) -> HttpResponse:
    """Every walk of one's school, the newest first."""
    found = DataWalk.objects.visible_to(request.user).select_related("school")
    return render(
        request,
        "insight/walks.html",
        {
            "walks": found.order_by("-held_on", "-pk"),
            "may_run": request.user.may(May.RUN_DATA_WALK),
        },
    )


@page(May.RUN_DATA_WALK, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """Which posters, when, and in which languages?"""
    released = DisclosedTable.objects.visible_to(request.user).filter(cut="")
    known = list(released.values_list("measure", "year").distinct())
    schools = _schools(request)
    form = WalkForm(
        request.POST or None,
        schools=schools,
        measures=sorted({measure for measure, _year in known}),
        years=sorted({year for _measure, year in known}, reverse=True),
        initial={"school": schools.first()},
    )
    if request.method == "POST" and form.is_valid():
        walk = actions.begin_walk(by=request.user, **form.cleaned_data)
        return redirect("insight:walk", walk.pk)
    return render(request, "insight/walk_new.html", {"form": form, "any": bool(known)})


def _schools(request: PageRequest) -> QuerySet[School]:
    own = request.user.standing.schools(May.RUN_DATA_WALK)
    return School.objects.filter(pk__in=own, gone_on=None).order_by("name", "pk")


@page(May.SEE_NUMBERS)
def walk(request: PageRequest, pk: int) -> HttpResponse:
    """One walk: its posters, and what people made of them."""
    row = _walk(request, pk)
    notes = row.notes.order_by("at", "pk").select_related("by")
    kept = [
        (kind, [(note, _title(note.measure)) for note in notes if note.kind == key])
        for key, kind in notes.model.Kind.choices
    ]
    return render(
        request,
        "insight/walk.html",
        {
            "walk": row,
            "year_said": year_said(row.year),
            "titles": [_title(measure) for measure in row.measures],
            "printed_in": [(code, settings_name(code)) for code in row.languages],
            "kept": kept,
            "may_run": _may_run(request, row),
            "form": NoteForm(measures=row.measures),
        },
    )


@page(May.RUN_DATA_WALK, methods=("POST",))
def note(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what somebody said at a poster."""
    row = _walk(request, pk)
    if not _may_run(request, row):
        raise Http404
    form = NoteForm(request.POST, measures=row.measures)
    if not form.is_valid():
        return render(request, "insight/walk_note.html", {"walk": row, "form": form})
    actions.note(walk=row, by=request.user, **form.cleaned_data)
    return redirect("insight:walk", row.pk)


@page(May.SEE_NUMBERS)
def posters(request: PageRequest, pk: int, language: str) -> HttpResponse:
    """All posters of the walk in one language, as one PDF."""
    row = _walk(request, pk)
    if language not in row.languages:
        raise Http404
    here = Place(row.school.slug, row.school.name, row.school)
    told_here = [one for one in told(request.user, here) if _hangs(one, row)]
    if not told_here:
        raise Http404
    name = f"data-walk-{row.school.slug}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    paper = drawn(row, told_here, language)
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _hangs(one: Told, row: DataWalk) -> bool:
    return one.year == row.year and one.card.key in row.measures


def _walk(request: PageRequest, pk: int) -> DataWalk:
    rows = DataWalk.objects.visible_to(request.user).select_related("school", "host")
    found: DataWalk = get_object_or_404(rows, pk=pk)
    return found


def _may_run(request: PageRequest, row: DataWalk) -> bool:
    return row.school_id in request.user.standing.schools(May.RUN_DATA_WALK)


def _title(measure: str) -> str:
    card = card_of(measure)
    return said(card.title) if card else ""


def settings_name(code: str) -> str:
    """A language in its own words."""
    return str(dict(settings.LANGUAGES).get(code, code))
