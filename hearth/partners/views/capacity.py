"""How many places are free: said by one of ours, or by the partner with a link."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page, public_page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.sent import number_sent
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.actions import capacity as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.capacity import forms_for
from hearth.partners.models import Capacity, Contact, Link, Organization, Service
from hearth.partners.reading.capacity import in_words, last_words
from hearth.partners.views.link import open_link
from hearth.schools.models import District

SERVICES_AT_MOST = 20
SAYINGS = 10


@public_page(methods=("GET", "POST"))
def by_link(request: PageRequest, district: District, secret: str) -> HttpResponse:
    """How many places are free with you? Behind the link's door; nothing here is of a child."""
    if NAMED in request.GET and request.method == "GET":
        return in_language(request)
    found = open_link(request, secret, Link.Purpose.CAPACITY)
    if isinstance(found, HttpResponse):
        return found
    organization = found.contact.organization
    offered = Service.objects.offered().filter(organization=organization)
    services = list(offered.select_related("listing").order_by("name", "pk")[:SERVICES_AT_MOST])
    keys = [service.pk for service in services]
    last = last_words(keys)
    forms = forms_for(services, last, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all(form.is_valid() for form in forms):
        said = [form for form in forms if form.cleaned_data.get("places") is not None]
        for form in said:
            actions.say(service=form.service, said=form.cleaned_data, link=found)
        if said:
            tell(request, _("Thank you. The school reads it from now on."))
        return redirect(request.path)
    told = in_words(keys, last)
    return render(
        request,
        "partners/capacity_by_link.html",
        {
            "link": found,
            "organization": organization,
            "district": district,
            "lines": [(form, told[form.service.pk]) for form in forms],
        },
    )


@page(May.KEEP_DIRECTORY, methods=("GET", "POST"))
def say(request: PageRequest, pk: int) -> HttpResponse:
    """How many places are free? For whoever has just called there."""
    rows = Service.objects.visible_to(request.user).select_related("organization", "listing")
    service = get_object_or_404(rows, pk=pk)
    said = list(
        Capacity.objects.visible_to(request.user).filter(service=service)
        .select_related("by", "contact").order_by("-at", "-pk")[:SAYINGS]
    )  # fmt: skip
    last = {service.pk: said[0]} if said else {}
    [form] = forms_for([service], last, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.say(service=service, said=form.cleaned_data, by=request.user)
        tell(request, _("Thank you. It stands there as of today."))
        return redirect("partners:service", pk)
    facts = {
        "form": form, "service": service, "said": said,
        "asks": request.user.may(May.KEEP_AGREEMENTS),
    }  # fmt: skip
    return render(request, "partners/capacity_say.html", facts)


@page(May.KEEP_AGREEMENTS, methods=("POST",))
def ask(request: PageRequest, pk: int) -> HttpResponse:
    """Ask them to update: a letter with a link to the contact that was chosen, or to the first."""
    rows = Organization.objects.visible_to(request.user)
    organization = get_object_or_404(rows, pk=pk)
    contact = None
    key = number_sent(request.POST.get("contact", ""))
    if key is not None:
        own = Contact.objects.visible_to(request.user).filter(organization=organization)
        contact = get_object_or_404(own, pk=key)
    try:
        link = actions.ask_to_update(organization=organization, by=request.user, contact=contact)
    except NotAllowed as refusal:
        tell(request, str(refusal), tone="attention")
    else:
        words = _("A letter is on its way to %(name)s.") % {"name": link.contact.name}
        tell(request, words)
    return redirect("partners:partner", pk)
