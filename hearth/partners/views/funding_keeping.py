"""Writing down a source of money, its rules, what is paid for, and who bears which part."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.partners.actions import funding as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.funding import FundedForm, RuleForm, SourceForm, SplitForm, StopForm
from hearth.partners.models import Funded, Funding, Service


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def new_source(request: PageRequest) -> HttpResponse:
    """Which money is there?"""
    form = SourceForm(_typed(request))
    return _form_page(
        request, form, lambda: actions.write_source(said=form.cleaned_data, by=request.user),
        _("Which money is there?"), reverse("funding:braid"),
    )  # fmt: skip


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def change_source(request: PageRequest, pk: int) -> HttpResponse:
    """What is different about it?"""
    found = _source(request, pk)
    first = {name: getattr(found, name) for name in SourceForm.base_fields}
    form = SourceForm(_typed(request), initial=first)
    return _form_page(
        request, form,
        lambda: actions.change_source(funding=found, said=form.cleaned_data, by=request.user),
        _("What is different about it?"), found.get_absolute_url(), found.name,
    )  # fmt: skip


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def new_rule(request: PageRequest, pk: int) -> HttpResponse:
    """What may it pay for?"""
    found = _source(request, pk)
    form = RuleForm(_typed(request), initial={"starts": found.starts})

    def keep() -> Funding:
        actions.add_rule(funding=found, said=form.cleaned_data, by=request.user)
        return found

    return _form_page(
        request, form, keep, _("What may it pay for?"), found.get_absolute_url(), found.name
    )


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def new_funded(request: PageRequest) -> HttpResponse:
    """What is paid for? A position, or the service in whose page one pressed the button."""
    service = _service(request)
    form = FundedForm(_typed(request), user=request.user, of_service=service is not None)
    back = reverse("partners:service", args=[service.pk]) if service else reverse("funding:braid")

    def keep() -> str:
        made = actions.write_funded(by=request.user, service=service, **form.said)
        return reverse("funding:split", args=[made.pk])

    return _form_page(
        request, form, keep, _("What is paid for?"), back, service.name if service else ""
    )


def _service(request: PageRequest) -> Service | None:
    said: Any = request.GET.get("service", "")
    if not (said.isascii() and said.isdigit() and len(said) < 18):
        return None
    found: Service = get_object_or_404(Service.objects.visible_to(request.user), pk=int(said))
    return found


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def split(request: PageRequest, pk: int) -> HttpResponse:
    """Who bears which part of it?"""
    found, today = _kept(request, pk), timezone.localdate()
    last = found.splits.prefetch_related("shares").order_by("starts", "pk").last()
    before = {share.funding_id: share.percent for share in last.shares.all()} if last else {}
    sources = list(Funding.objects.visible_to(request.user).living(today).order_by("name", "pk"))
    form = SplitForm(
        _typed(request), sources=sources, before=before,
        initial={"starts": today, "cost": last.cost if last else None},
    )  # fmt: skip

    def keep() -> Funded:
        said = {name: form.cleaned_data[name] for name in ("starts", "cost", "why")}
        actions.split(funded=found, parts=form.parts, by=request.user, **said)
        return found

    return _form_page(
        request, form, keep, _("Who pays which part of it?"), found.get_absolute_url(), found.name,
        lead=_("The parts make exactly 100 percent. What was paid before stays as it was."),
    )  # fmt: skip


@page(May.KEEP_FUNDING, methods=("GET", "POST"))
def end(request: PageRequest, pk: int) -> HttpResponse:
    """It is over, and needs no money any more."""
    found = _kept(request, pk)
    form = StopForm(_typed(request), initial={"on": timezone.localdate()})
    return _form_page(
        request, form, lambda: actions.end(funded=found, by=request.user, **form.cleaned_data),
        _("From when does it need no money any more?"), found.get_absolute_url(), found.name,
    )  # fmt: skip


def _source(request: PageRequest, pk: int) -> Funding:
    found: Funding = get_object_or_404(Funding.objects.visible_to(request.user), pk=pk)
    return found


def _kept(request: PageRequest, pk: int) -> Funded:
    rows = Funded.objects.where_keeper(request.user).select_related("service")
    found: Funded = get_object_or_404(rows, pk=pk)
    return found


def _typed(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: PageRequest, form: KitForm, keep: Callable[[], Any], heading: str, back: str,
    about: str = "", lead: str = "",
) -> HttpResponse:  # fmt: skip
    """Do it and go on, or show the form with what is to mend."""
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep()
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is written down."))
            return redirect(kept)
    facts = {"form": form, "heading": heading, "back": back, "about": about, "lead": lead}
    return render(request, "partners/funding_form.html", facts)
