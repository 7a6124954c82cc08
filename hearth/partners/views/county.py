"""What the county is told without any name: the files, and who there may fetch them."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import county as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.county import MakeForm, ReaderForm
from hearth.partners.models import CountyExport, CountyReader
from hearth.partners.paper.county import bundle
from hearth.partners.reading.county import recipients

ROWS = 25


@page(May.SEND_COUNTY)
def county(request: PageRequest) -> HttpResponse:
    """What was the county told, and who there may fetch it?"""
    today = timezone.localdate()
    exports = CountyExport.objects.visible_to(request.user).select_related(
        "organization", "made_by"
    )
    readers = CountyReader.objects.visible_to(request.user).select_related("organization")
    return render(
        request,
        "partners/county.html",
        {
            "exports": exports.defer("table", "signature", "manifest")[:ROWS],
            "readers": [
                (one, one.revoked_at is None and one.expires_on >= today)
                for one in readers.order_by("-made_at", "-pk")[:ROWS]
            ],
        },
    )  # fmt: skip


@page(May.SEND_COUNTY, methods=("GET", "POST"))
def make(request: PageRequest) -> HttpResponse:
    """For whom is a new one made? Only for one that has signed."""
    signed = recipients(timezone.localdate())
    form = MakeForm(
        _typed(request), recipients=signed, initial={"organization": signed[0].pk if signed else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make(organization=form.chosen, by=request.user)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            return redirect(made)
    return render(
        request,
        "partners/county_form.html",
        {"form": form, "any": signed, "heading": _("For whom is it made?"), "token": ""},
    )


@page(May.SEND_COUNTY)
def export(request: PageRequest, pk: int) -> HttpResponse:
    """What is in it, what was withheld, and how does the county check it?"""
    found = _shown_to(request, pk)
    return render(
        request,
        "partners/county_export.html",
        {
            "export": found,
            "key_address": _whole(reverse("county_api:public_key")),
            "keeps": request.user.may(May.KEEP_AGREEMENTS),
        },
    )


@page(May.SEND_COUNTY)
def file(request: PageRequest, pk: int) -> HttpResponse:
    """The file itself. That it was taken is kept."""
    found = _shown_to(request, pk)
    looked(request, found, page="county's export", why="Your role sends it.", student_id=None)
    return as_answer(found)


@page(May.SEND_COUNTY, methods=("GET", "POST"))
def new_reader(request: PageRequest) -> HttpResponse:
    """Who there may fetch it? The token is shown once."""
    signed = recipients(timezone.localdate())
    form = ReaderForm(
        _typed(request), recipients=signed, initial={"organization": signed[0].pk if signed else ""}
    )
    token = ""
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "expires_on")}
        try:
            _reader, token = actions.let_read(organization=form.chosen, by=request.user, **said)
        except NotAllowed as no:
            form.add_error(None, str(no))
    address = reverse("county_api:exports", args=[_slug(request)])
    return render(
        request,
        "partners/county_form.html",
        {
            "form": form, "any": signed, "heading": _("Who there may fetch it?"), "token": token,
            "address": _whole(address),
        },
    )  # fmt: skip


@page(May.SEND_COUNTY, methods=("POST",))
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Stop it: the token opens nothing from now on."""
    reader = get_object_or_404(CountyReader.objects.visible_to(request.user), pk=pk)
    actions.revoke(reader=reader, by=request.user)
    tell(request, _("It opens nothing any more."))
    return redirect("county:county")


def as_answer(export: CountyExport) -> HttpResponse:
    answer = HttpResponse(bundle(export), content_type="application/zip")
    name = f"county-{export.made_at:%Y-%m-%d}-{export.pk}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shown_to(request: PageRequest, pk: int) -> CountyExport:
    rows = CountyExport.objects.visible_to(request.user)
    found: CountyExport = get_object_or_404(
        rows.select_related("organization", "agreement", "made_by"), pk=pk
    )
    return found


def _slug(request: PageRequest) -> str:
    return str(request.user.district.slug)


def _whole(path: str) -> str:
    return f"{settings.HEARTH.address.rstrip('/')}{path}"


def _typed(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None
