"""A survey as the school sees it: how it stands, what it told, and what somebody must look at."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import held as held_actions
from hearth.listening.actions import survey as actions
from hearth.listening.forms.held import HeldForm
from hearth.listening.models import Box, Survey, TextPage, Way
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.participation import how_many
from hearth.listening.reading.results import results as results_of
from hearth.listening.reading.sheet import NATIVE, shown
from hearth.listening.reading.surveyed import taken
from hearth.listening.rules.layout import ALL
from hearth.schools.models import District


@page(May.SEE_LISTENING)
def survey(request: PageRequest, pk: int) -> HttpResponse:
    """How does the survey stand?"""
    found = shown_to(request, pk)
    runs = may_here(request.user, May.RUN_LISTENING, found.school_id)
    language = (get_language() or "en")[:2]
    box = Box.objects.filter(survey=found).first()
    held = TextPage.objects.filter(survey=found, held=True).exclude(texts=[]) if runs else []
    facts: dict[str, Any] = {
        "found": found,
        "runs": runs,
        "title": found.title_in(language),
        "questions": shown(found, language),
        "answered": box.counts[found.places[ALL] - 1] if box else None,
        "asked": how_many(found) if found.way == Way.PERSONAL else None,
        "held": sum(len(page.texts) for page in held),
        "asked_in": [NATIVE.get(code, code) for code in found.languages],
        "over": found.opened_at and not found.sealed_at and found.closes < timezone.localdate(),
    }
    if found.opened_at and not found.sealed_at:
        facts["address"] = address_of(found)
        facts["spoken"] = [(c, NATIVE[c]) for c in found.languages if c in dict(settings.LANGUAGES)]
    return render(request, "listening/survey.html", facts)


@page(May.SEE_LISTENING)
def results(request: PageRequest, pk: int) -> HttpResponse:
    """What did they say? Told once it is sealed, and never of too few."""
    found = shown_to(request, pk)
    if found.sealed_at is None:
        raise Http404
    language = (get_language() or "en")[:2]
    told = results_of(found, language, timezone.localdate())
    runs = may_here(request.user, May.RUN_LISTENING, found.school_id)
    kept = taken(found) if runs else {}
    facts = {
        "found": found,
        "title": found.title_in(language),
        "told": told,
        "questions": [(one, kept.get(one.key, set())) for one in told.questions],
        "runs": runs,
    }
    return render(request, "listening/results.html", facts)


@page(May.RUN_LISTENING, methods=("POST",))
def open_(request: PageRequest, pk: int) -> HttpResponse:
    """From now on its questions stand, and people answer."""
    found = run_by(request, pk)
    try:
        actions.open_survey(survey=found, by=request.user)
    except actions.NotAllowed as refusal:
        tell(request, str(refusal))
    else:
        tell(request, _("It is open. Now tell people where it is."))
    return redirect(found.get_absolute_url())


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def seal(request: PageRequest, pk: int) -> HttpResponse:
    """Is everybody done? Afterwards nobody can answer any more."""
    found = run_by(request, pk)
    if found.opened_at is None or found.sealed_at:
        return redirect(found.get_absolute_url())
    if request.method == "POST":
        actions.seal(survey=found, by=request.user)
        tell(request, _("It is counted and closed for good."))
        return redirect("listening:results", pk=found.pk)
    return render(request, "listening/seal.html", {"found": found})


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def held(request: PageRequest, pk: int) -> HttpResponse:
    """What must somebody look at? Texts that tell of harm, or name somebody."""
    found = run_by(request, pk)
    pages = list(found.pages.filter(held=True).exclude(texts=[]).order_by("question", "pk"))
    form = HeldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        page = get_object_or_404(TextPage, pk=form.cleaned_data["page"], survey=found, held=True)
        try:
            held_actions.let_read(
                page=page, said=form.cleaned_data["said"], instead=form.cleaned_data["instead"],
                by=request.user,
            )  # fmt: skip
        except actions.NotAllowed as refusal:
            tell(request, str(refusal))
        else:
            tell(request, _("Others may read it now, in these words."))
        return redirect("listening:held", pk=found.pk)
    for page in pages:
        looked(request, page, page="listening:held", why=_("Your role runs the listening of this "
               "school."), student_id=None)  # fmt: skip
    words = {
        question.key: question.words for question in shown(found, (get_language() or "en")[:2])
    }
    texts = [(page, words.get(page.question, ""), text) for page in pages for text in page.texts]
    return render(request, "listening/held.html", {"found": found, "texts": texts})


def address_of(survey: Survey, query: str = "") -> str:
    district = District.objects.get(pk=survey.district_id)
    path = reverse("say:answer", args=[district.slug, survey.key])
    return f"{settings.HEARTH.address.rstrip('/')}{path}{query}"


def shown_to(request: PageRequest, pk: int) -> Survey:
    rows = Survey.objects.visible_to(request.user).select_related("project", "school")
    found: Survey = get_object_or_404(rows, pk=pk)
    return found


def run_by(request: PageRequest, pk: int) -> Survey:
    rows = Survey.objects.run_by(request.user).select_related("project", "school")
    found: Survey = get_object_or_404(rows, pk=pk)
    return found
