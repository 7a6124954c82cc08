"""Which words make Hearth stop and help: the shipped list, and the district's own."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people.words import language_name
from hearth.supports.actions import phrases as actions
from hearth.supports.forms.phrases import PhraseForm
from hearth.supports.models import Phrase
from hearth.supports.rules import NotAllowed, phrases
from hearth.supports.rules.phrases import shipped


@page(May.RUN_TEAM)
def listed(request: PageRequest) -> HttpResponse:
    """What Hearth listens for today: one kind at a time, each group with whose rule it is."""
    today, ours = timezone.localdate(), set(shipped())
    kind = request.GET.get("kind", Phrase.Kind.DANGER)
    held = [one for one in Phrase.objects.listed() if one.kind == kind and one.holds(today)]
    held.sort(key=lambda one: (one in ours, one.language, one.source))
    groups = [
        {
            "language": _language(code),
            "source": source,
            "own": own,
            "rows": [_row(one) for one in rows],
        }
        for (own, code, source), rows in groupby(
            held, key=lambda one: (one not in ours, one.language, one.source)
        )
    ]
    tabs = [
        {
            "label": capfirst(each.label),
            "url": f"{reverse('supports:phrases')}?kind={each}",
            "current": each == kind,
        }
        for each in Phrase.Kind
    ]
    return render(request, "supports/phrases.html", {"groups": groups, "tabs": tabs, "kind": kind})


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
    kind = request.POST.get("kind", "")
    language, _space, words = request.POST.get("phrase", "").partition(" ")
    actions.end_phrase(kind=kind, language=language, words=words, by=request.user)
    tell(request, _("Hearth does not listen for these words any more. You can add them again."))
    return redirect(f"{reverse('supports:phrases')}?kind={kind}")


def _row(phrase: phrases.Phrase) -> dict[str, str]:
    """A line of a phone breaks after a slash."""
    return {
        "key": f"{phrase.language} {phrase.words}",
        "language": phrase.language,
        "words": phrase.words.replace("/", "/\u200b"),
    }


def _language(code: str) -> str:
    return str(_("several languages")) if code == "mul" else language_name(code)
