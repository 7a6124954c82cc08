"""What people told, sorted by two of us, each alone first; and words that may be quoted."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import coding as actions
from hearth.listening.forms.coding import QuoteForm, SortForm
from hearth.listening.models import Interview, ListeningProject
from hearth.listening.models.coding import Coding, Quotation
from hearth.listening.reading.coding import MODELS, agreements, things, who_of, words_of
from hearth.listening.rules.hearing import hints

MOST = 50


@page(May.RUN_LISTENING)
def sorting(request: PageRequest, pk: int) -> HttpResponse:
    """What is still to sort, and do we hear the same?"""
    found = _project(request, pk)
    rows = things(found, request.user)
    facts = {"found": found, "rows": rows[:MOST], "left": sum(not one.mine for one in rows),
             "agreements": agreements(found, request.user)}  # fmt: skip
    return render(request, "listening/sorting.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def sort(request: PageRequest, pk: int, kind: str, thing: int) -> HttpResponse:
    """What is it about?"""
    found = _project(request, pk)
    if kind not in MODELS:
        raise Http404
    seen = MODELS[kind].objects.visible_to(request.user).filter(project=found)
    row: Any = get_object_or_404(seen, pk=thing)
    mine = Coding.objects.filter(**{kind: row}, made_by=request.user).first()
    form = SortForm(
        request.POST or None, initial={"keys": mine.keys, "side": mine.side} if mine else {}
    )
    if request.method == "POST" and form.is_valid():
        actions.sort(thing=row, by=request.user, **form.cleaned_data)
        tell(request, _("It is written down."))
        return redirect("listening:sorting", found.pk)
    others = (
        Coding.objects.open_to(request.user).filter(**{kind: row}).exclude(made_by=request.user)
    )
    words = words_of(row)
    return render(
        request,
        "listening/sort.html",
        {
            "found": found,
            "kind": kind,
            "row": row,
            "who": who_of(row),
            "words": words,
            "form": form,
            "hints": [form.names[key] for key in hints(words) if key in form.names],
            "others": [
                (one, [form.names[key] for key in one.keys if key in form.names])
                for one in others.select_related("made_by")
            ],
        },
    )


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def quote(request: PageRequest, pk: int, interview: int) -> HttpResponse:
    """Which words may leave?"""
    found = _project(request, pk)
    rows = Interview.objects.visible_to(request.user).filter(project=found)
    told = get_object_or_404(rows, pk=interview)
    standing = Quotation.objects.filter(interview=told).first()
    form = QuoteForm(
        request.POST or None, interview=told, initial={"words": standing.words if standing else ""}
    )
    if request.method == "POST" and form.is_valid():
        actions.let_quote(interview=told, by=request.user, **form.cleaned_data)
        tell(request, _("These words may leave."))
        return redirect("listening:sorting", found.pk)
    return render(request, "listening/quote.html", {"found": found, "told": told, "form": form})


def _project(request: PageRequest, pk: int) -> ListeningProject:
    found: ListeningProject = get_object_or_404(
        ListeningProject.objects.run_by(request.user), pk=pk
    )
    return found
