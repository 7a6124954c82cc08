"""Agreements with partners: which we have, one of them, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import agreement as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.agreement import AgreementForm, EndForm, for_the_next
from hearth.partners.models import Agreement, Organization
from hearth.partners.models.agreement import STATES
from hearth.partners.reading.ends import WHAT_ENDS
from hearth.partners.reading.sharing import in_words
from hearth.partners.rules import agreement as rules

ROWS = 25
FOUND_AT_MOST = 20
TONES = {
    rules.State.LIVE: "done", rules.State.EXPIRING: "attention", rules.State.EXPIRED: "attention",
}  # fmt: skip


@page(May.KEEP_AGREEMENTS)
def agreements(request: PageRequest) -> HttpResponse:
    """Which agreements do we have? What ends next stands first."""
    today = timezone.localdate()
    rows = Agreement.objects.visible_to(request.user).by_what_ends_next(today)
    if "all" not in request.GET:
        rows = rows.filter(followed_by=None)
    shown = Paginator(rows.select_related("organization"), ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "partners/agreements.html",
        {
            "shown": shown,
            "lines": [(row, standing(row), _next(row)) for row in shown],
            "all": "all" in request.GET,
        },
    )


@page(May.KEEP_AGREEMENTS)
def agreement(request: PageRequest, pk: int) -> HttpResponse:
    """What did we sign with them, and until when does it hold?"""
    found = _shown_to(request, pk)
    today = timezone.localdate()
    follows = getattr(found, "followed_by", None)
    return render(
        request,
        "partners/agreement.html",
        {
            "found": found,
            "standing": standing(found),
            "days": [(WHAT_ENDS[what], day) for what, day in rules.days_of(found.terms)],
            "lack": _school_lack(found),
            "basis": rules.basis(found.basis, today) if found.basis else None,
            "followed_by": follows,
            "open": follows is None and not found.ended_on,
        },
    )


@page(May.KEEP_AGREEMENTS)
def new(request: PageRequest) -> HttpResponse:
    """With whom did we sign something? Find the organization first."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:200]
    rows = Organization.objects.visible_to(request.user).current()
    found = rows.filter(name__icontains=typed).order_by("name", "pk")[:FOUND_AT_MOST]
    return render(
        request, "partners/agreement_new.html", {"typed": typed, "found": found if typed else []}
    )


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def write(request: PageRequest, pk: int) -> HttpResponse:
    """What was signed? Write it down as the paper has it."""
    rows = Organization.objects.visible_to(request.user)
    organization = get_object_or_404(rows, pk=pk)

    def keep(said: dict[str, Any]) -> Agreement:
        return actions.write(organization=organization, said=said, by=request.user)

    return _form_page(request, organization, None, keep, {}, _("What did we sign?"))


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def change(request: PageRequest, pk: int) -> HttpResponse:
    """Put it right, or write down a new day of insurance."""
    found = _shown_to(request, pk)

    def keep(said: dict[str, Any]) -> Agreement:
        return actions.change(agreement=found, said=said, by=request.user)

    return _form_page(request, found.organization, found, keep, {}, _("What is different?"))


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def renew(request: PageRequest, pk: int) -> HttpResponse:
    """What follows? The one before stays as it was signed."""
    found = _shown_to(request, pk)

    def keep(said: dict[str, Any]) -> Agreement:
        return actions.renew(agreement=found, said=said, by=request.user)

    first = for_the_next(found)
    return _form_page(request, found.organization, found, keep, first, _("What follows?"))


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def end(request: PageRequest, pk: int) -> HttpResponse:
    """Why does it end before its day?"""
    found = _shown_to(request, pk)
    posted = request.method == "POST"
    form = EndForm(request.POST if posted else None, initial={"on": timezone.localdate()})
    if posted and form.is_valid():
        try:
            actions.end(agreement=found, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _("It is ended. From that day nothing is told under it."))
            return redirect(found.get_absolute_url())
    return render(request, "partners/agreement_end.html", {"form": form, "found": found})


def _form_page(
    request: PageRequest, organization: Organization, agreement: Agreement | None,
    keep: Callable[[dict[str, Any]], Agreement], first: dict[str, Any], heading: str,
) -> HttpResponse:  # fmt: skip
    posted = request.method == "POST"
    form = AgreementForm(
        request.POST if posted else None, organization=organization, agreement=agreement,
        initial=first,
    )  # fmt: skip
    if posted and form.is_valid():
        try:
            kept = keep(form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _("It is written down."))
            return redirect(kept.get_absolute_url())
    facts = {
        "form": form, "organization": organization, "agreement": agreement, "heading": heading,
    }  # fmt: skip
    return render(request, "partners/agreement_form.html", facts)


def _shown_to(request: PageRequest, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user).select_related(
        "organization", "contact", "made_by", "ended_by", "follows", "followed_by"
    )
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found


def standing(row: Agreement) -> tuple[Any, str]:
    """Its state in words, and the tone of its badge."""
    state = rules.state(row.terms, timezone.localdate())
    return STATES[state], TONES.get(state, "calm")


def _next(row: Agreement) -> tuple[Any, Any] | None:
    """What ends next, of one that still holds."""
    if rules.state(row.terms, timezone.localdate()) in (rules.State.EXPIRED, rules.State.ENDED):
        return None
    what, day = next(rules.days_of(row.terms), (rules.What.EXPIRES, row.expires))
    return WHAT_ENDS[what], day


def _school_lack(row: Agreement) -> str:
    """What is missing for people who come to school, while the agreement holds."""
    today = timezone.localdate()
    lack = rules.at_school(row.terms, today) if rules.is_live(row.terms, today) else None
    return in_words(lack) if lack else ""
