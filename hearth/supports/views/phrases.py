"""Which words make Hearth stop and help: the shipped list, and the district's own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people.words import language_name
from hearth.supports.actions import phrases as actions
from hearth.supports.forms.phrases import PhraseForm
from hearth.supports.models import Phrase
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.phrases import shipped


@page(May.RUN_TEAM)
def listed(request: PageRequest) -> HttpResponse:
    """Everything that Hearth listens for today, by what it says."""
    today, ours = timezone.localdate(), set(shipped())
    held = [phrase for phrase in Phrase.objects.listed() if phrase.holds(today)]
    kinds = [
        {
            "name": kind.label,
            "phrases": [
                {
                    "phrase": one,
                    "language": _language(one.language),
                    "own": one not in ours,
                }
                for one in sorted(held, key=lambda one: (one in ours, one.language, one.words))
                if one.kind == kind
            ],
        }
        for kind in Phrase.Kind
    ]
    return render(request, "supports/phrases.html", {"kinds": kinds})


@page(May.RUN_TEAM, methods=("GET", "POST"))
def add(request: PageRequest) -> HttpResponse:
    """Add words of the district's own."""
    form = PhraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_phrase(by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("From now on, Hearth listens for these words, too."))
            return redirect("supports:phrases")
    return render(request, "supports/phrase.html", {"form": form})


@page(May.RUN_TEAM, methods=("POST",))
def end(request: PageRequest) -> HttpResponse:
    """Stop listening for one phrase. It can be added again."""
    said = {name: request.POST.get(name, "") for name in ("kind", "language", "words")}
    actions.end_phrase(by=request.user, **said)
    tell(request, _("Hearth does not listen for these words any more. You can add them again."))
    return redirect("supports:phrases")


def _language(code: str) -> str:
    return str(_("several languages")) if code == "mul" else language_name(code)
