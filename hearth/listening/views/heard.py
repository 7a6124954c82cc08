"""What was heard, seen and read: written down on a phone, and put together for a forum."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.listening.actions.heard import write_down
from hearth.listening.forms.heard import (
    DocumentForm,
    HeardForm,
    InterviewForm,
    StatementForm,
    VisitForm,
)
from hearth.listening.models import Document, Interview, ListeningProject, Statement, Visit
from hearth.listening.models.grounds import may_here
from hearth.listening.models.heard import Heard
from hearth.listening.reading.heard import by_standing
from hearth.listening.rules.hearing import asks, forum_steps

MOST = 25
FORMS: dict[str, tuple[type[Heard], type[HeardForm]]] = {
    "interview": (Interview, InterviewForm),
    "statement": (Statement, StatementForm),
    "visit": (Visit, VisitForm),
    "document": (Document, DocumentForm),
}


@page(May.SEE_LISTENING, methods=("GET", "POST"))
def write(request: PageRequest, pk: int, kind: str) -> HttpResponse:
    """Who spoke with you, and what did they tell? What did you see, what did you read?"""
    found = _project(request, pk)
    if kind not in FORMS or not may_here(request.user, May.SEE_LISTENING, found.school_id):
        raise Http404
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    model, form_of = FORMS[kind]
    form = form_of(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        write_down(model, project=found, key=key, said=form.cleaned_data, by=request.user)
        tell(request, _("It is written down."))
        return redirect("listening:heard", found.pk)
    if model.objects.visible_to(request.user).filter(key=key).exists():
        return redirect("listening:heard", found.pk)
    language = get_language() or "en"
    facts = {"found": found, "form": form, "kind": kind, "asks": asks(language),
             "steps": forum_steps(language), "consent": found.consent(language[:2])}  # fmt: skip
    return render(request, f"listening/write_{kind}.html", facts)


@page(May.SEE_LISTENING)
def heard(request: PageRequest, pk: int) -> HttpResponse:
    """What did people tell us? The newest of each kind that this reader may see."""
    found = _project(request, pk)
    rows: dict[str, Any] = {
        f"{kind}s": list(_seen(request, model, found)[:MOST]) for kind, (model, _form) in
        FORMS.items()
    }  # fmt: skip
    writes = may_here(request.user, May.SEE_LISTENING, found.school_id)
    return render(request, "listening/heard.html", {"found": found, "writes": writes, **rows})


@page(May.SEE_LISTENING)
def forum(request: PageRequest, pk: int) -> HttpResponse:
    """What do we share, and where do we differ? For everybody of the school: it names nobody."""
    found = _project(request, pk)
    rows = by_standing(found, timezone.localdate())
    return render(request, "listening/forum.html", {"found": found, "rows": rows})


def _seen(request: PageRequest, model: type[Heard], found: ListeningProject) -> Any:
    return model.objects.visible_to(request.user).filter(project=found).order_by("-on", "-pk")


def _project(request: PageRequest, pk: int) -> ListeningProject:
    rows = ListeningProject.objects.visible_to(request.user).select_related("school")
    found: ListeningProject = get_object_or_404(rows, pk=pk)
    return found
