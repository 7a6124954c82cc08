"""What did other surveys tell of our school?"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.listening.actions import outside as actions
from hearth.listening.forms.outside import OutsideForm, fault, note
from hearth.listening.models import Audience, ListeningProject, OutsideFile
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.outside import editions, told
from hearth.listening.rules import dated
from hearth.listening.rules.outside import Given, Table, read
from hearth.listening.rules.outside_cells import Unreadable, words, year_of

SHOWN = 100


@page(May.SEE_LISTENING)
def outside(request: PageRequest, pk: int) -> HttpResponse:
    """What did other surveys tell of us? The newest year first, our own beside it."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school")
    found = get_object_or_404(rows, pk=pk)
    files = OutsideFile.objects.filter(school=found.school_id, taken_back_at=None)
    facts = {
        "found": found,
        "editions": editions(found, (get_language() or "en")[:2], timezone.localdate()),
        "files": files.select_related("made_by").order_by("-pk"),
        "runs": may_here(request.user, May.RUN_LISTENING, found.school_id),
    }
    return render(request, "listening/outside.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def bring(request: PageRequest, pk: int) -> HttpResponse:
    """What does another survey tell? First looked at, then kept."""
    found = _run_by(request, pk)
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    form = OutsideForm(request.POST or None, request.FILES or None, initial={"year": _year(found)})
    facts: dict[str, Any] = {"found": found, "form": form}
    if request.method == "POST" and form.is_valid():
        table = read(form.text, _given(found, form))
        if any(one.kind == "persons" for one in table.faults):
            facts["form"] = OutsideForm()  # what names persons is not written into the page again
        elif not table.faults and request.POST.get("keep"):
            return _kept(request, found, form, table, key)
        facts |= _looked_at(form, table)
    return render(request, "listening/outside_form.html", facts)


@page(May.RUN_LISTENING, methods=("POST",))
def take_back(request: PageRequest, pk: int, brought: int) -> HttpResponse:
    """Out again; what it had replaced is shown."""
    found = _run_by(request, pk)
    file = get_object_or_404(OutsideFile, pk=brought, school=found.school_id)
    actions.take_back(file=file, by=request.user)
    tell(request, _("It is taken back."))
    return redirect("listening:outside", found.pk)


@page(May.RUN_LISTENING, methods=("POST",))
def lay(request: PageRequest, pk: int, figure: int) -> HttpResponse:
    """Among the documents that were read, so that a finding may rest on it."""
    found = _run_by(request, pk)
    lines = {
        line.row.pk: line
        for edition in editions(found, (get_language() or "en")[:2], timezone.localdate())
        for line in edition.lines
    }
    if figure not in lines:
        raise Http404
    line = lines[figure]
    actions.lay_among_documents(figure=line.row, project=found, words=line.words, by=request.user)
    tell(request, _("It lies among the documents. A finding may rest on it."))
    return redirect("listening:outside", found.pk)


def _kept(
    request: PageRequest, found: ListeningProject, form: OutsideForm, table: Table, key: UUID
) -> HttpResponse:
    actions.keep_figures(
        school=found.school, figures=table.figures, source=form.cleaned_data["source"],
        terms=form.cleaned_data["terms"], by=request.user, key=key,
    )  # fmt: skip
    tell(request, _("It is kept."))
    return redirect("listening:outside", found.pk)


def _looked_at(form: OutsideForm, table: Table) -> dict[str, Any]:
    asked = ("instrument", "year", "source", "terms")
    return {
        "faults": [fault(one) for one in table.faults[:SHOWN]],
        "notes": [note(one) for one in table.notes[:SHOWN]],
        "figures": [
            (one, Audience(one.audience).label, told(one.answered, one.percent, one.mean))
            for one in table.figures[:SHOWN]
        ],
        "many": len(table.figures),
        "fit": not table.faults,
        "sent": {"pasted": form.text, **{name: form.cleaned_data[name] for name in asked}},
    }


def _given(found: ListeningProject, form: OutsideForm) -> Given:
    school = found.school
    names = {words(one) for one in (school.name, school.slug, school.cds_code) if one}
    said = form.cleaned_data
    least = dated.number("least", timezone.localdate())
    return Given(said["instrument"], said["year"], frozenset(names), least)


def _year(found: ListeningProject) -> str:
    """The year of the project, where its title is one."""
    try:
        return year_of(found.session.title) if found.session else ""
    except Unreadable:
        return ""


def _run_by(request: PageRequest, pk: int) -> ListeningProject:
    rows = ListeningProject.objects.run_by(request.user).select_related("school", "session")
    found: ListeningProject = get_object_or_404(rows, pk=pk)
    return found
