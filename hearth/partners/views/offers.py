"""One service for everybody: read it, put its hours on a phone, say what is wrong. No account."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from hearth.access.gate import PageRequest, public_page
from hearth.kit.once import key_of, with_a_key
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.actions import keeping
from hearth.partners.forms.keeping import CorrectionForm
from hearth.partners.models import Correction, Service
from hearth.partners.paper.feed import feed
from hearth.partners.paper.hand_out import address_of
from hearth.partners.reading.sheet import sheet
from hearth.partners.views.open_form import TRAP, refused
from hearth.schools.models import District

OTHERS = 20


@public_page(families=True)
def offer(request: PageRequest, district: District, pk: int) -> HttpResponse:
    """What do they offer, when, and who do I call?"""
    if NAMED in request.GET:
        return in_language(request)
    found = _listed(pk)
    told = sheet(found, timezone.localtime())
    beside = Service.objects.offered().filter(organization=found.organization_id)
    others = beside.exclude(pk=pk).order_by("name", "pk")[:OTHERS]
    facts = {"sheet": told, "service": found, "district": district, "others": others}
    return render(request, "partners/offer.html", facts)


@public_page(families=True)
def calendar(request: PageRequest, district: District, pk: int) -> HttpResponse:
    """The hours as a feed that a calendar can follow."""
    found = _listed(pk)
    now = timezone.localtime()
    told = feed(
        sheet(found, now), address=address_of(found, district), zone=settings.TIME_ZONE, now=now
    )
    headers = {"Content-Disposition": f'inline; filename="service-{pk}.ics"'}
    return HttpResponse(told, content_type="text/calendar; charset=utf-8", headers=headers)


@public_page(methods=("GET", "POST"), families=True)
def correct(request: PageRequest, district: District, pk: int) -> HttpResponse:
    """What is not right? Write over it. Somebody of the school looks before anything changes."""
    found = _listed(pk)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    if key and Correction.objects.filter(nonce=key).exists():
        return redirect("offers:thanks", district.slug, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, service=found)
    status: int | None = 200
    if request.method == "POST" and form.is_valid():
        status = refused(request, form, "corrections")
        if status is None:
            said = form.cleaned_data
            try:
                keeping.suggest(
                    service=found, said=form.said, words=said["words"],
                    from_whom=said["from_whom"], reach_at=said["reach_at"],
                    language=get_language() or "en", nonce=key,
                )  # fmt: skip
                return redirect("offers:thanks", district.slug, pk)
            except keeping.NotAllowed as refusal:
                form.add_error(None, str(refusal))
                status = 200
    facts = {"form": form, "service": found, "district": district, "trap": TRAP}
    return render(request, "partners/correct.html", facts, status=status)


@public_page(families=True)
def thanks(request: PageRequest, district: District, pk: int) -> HttpResponse:
    """It has arrived, and nothing has changed yet."""
    facts = {"service": _listed(pk), "district": district}
    return render(request, "partners/thanks.html", facts)


def _listed(pk: int) -> Service:
    """A service is public knowledge; one that is gone is not told any more."""
    rows = Service.objects.current().select_related("organization", "listing")
    found: Service = get_object_or_404(rows, pk=pk)
    return found
