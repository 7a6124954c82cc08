"""One organization as a partner: who works there, what was signed, what was asked of them."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import Membership
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import contact as contacts
from hearth.partners.actions import link as links
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.actions.worker import ROLE
from hearth.partners.forms.agreement import ContactForm
from hearth.partners.models import Agreement, Contact, Link, Organization, Service
from hearth.partners.reading.capacity import capacities
from hearth.partners.reading.link import contacts_with_links
from hearth.partners.rules.link import Standing
from hearth.partners.views.agreements import standing

SERVICES_AT_MOST = 50
LINKS_AT_MOST = 5


@page(May.KEEP_AGREEMENTS)
def partner(request: PageRequest, pk: int) -> HttpResponse:
    """How do we work with them?"""
    found = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    signed = Agreement.objects.visible_to(request.user).filter(organization=found)
    services = list(
        Service.objects.visible_to(request.user).offered().filter(organization=found)
        .order_by("name", "pk")[:SERVICES_AT_MOST]
    )  # fmt: skip
    told = capacities([service.pk for service in services])
    return render(
        request,
        "partners/partner.html",
        {
            "organization": found,
            "agreements": [(row, standing(row)) for row in signed.order_by("-expires", "-pk")],
            "let_in": _let_in(request, found),
            "people": [
                (person, person.is_current(today), _links(person))
                for person in contacts_with_links(found)
            ],
            "services": [(service, told[service.pk]) for service in services],
        },
    )


def _let_in(request: PageRequest, organization: Organization) -> set[int]:
    """The contacts there who sign in for the schools of whoever looks."""
    mine = Q(school=None) | Q(school__in=request.user.standing.schools(May.KEEP_AGREEMENTS))
    contact = "user__person__partner_work__contact"
    held = Membership.objects.current().filter(
        mine, role=ROLE, **{f"{contact}__organization": organization}
    )
    return set(held.values_list(contact, flat=True))


def _links(person: Contact) -> list[tuple[Link, bool]]:
    """The newest few, each with whether it still opens."""
    today = timezone.localdate()
    rows = list(person.links.all())[:LINKS_AT_MOST]
    for row in rows:
        row.contact = person
    return [(row, row.standing(today) == Standing.GOOD) for row in rows]


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def new_contact(request: PageRequest, pk: int) -> HttpResponse:
    """Whom may we write to there?"""
    found = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    posted = request.method == "POST"
    form = ContactForm(request.POST if posted else None, initial={"starts": timezone.localdate()})
    if posted and form.is_valid():
        try:
            contacts.write_contact(organization=found, said=form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("email", str(refusal))
        else:
            tell(request, _("Kept."))
            return redirect("partners:partner", found.pk)
    facts = {"form": form, "organization": found, "heading": _("Whom may we write to there?")}
    return render(request, "partners/contact.html", facts)


@page(May.KEEP_AGREEMENTS, methods=("GET", "POST"))
def contact(request: PageRequest, pk: int) -> HttpResponse:
    """What is different with this contact?"""
    rows = Contact.objects.visible_to(request.user).select_related("organization")
    found: Contact = get_object_or_404(rows, pk=pk)
    posted = request.method == "POST"
    before = Contact.objects.get(pk=pk)
    form = ContactForm(request.POST if posted else None, instance=found)
    if posted and form.is_valid():
        try:
            contacts.change_contact(contact=before, said=form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("email", str(refusal))
        else:
            tell(request, _("Kept."))
            return redirect("partners:partner", before.organization_id)
    facts = {
        "form": form, "organization": found.organization, "heading": _("What is different?"),
    }  # fmt: skip
    return render(request, "partners/contact.html", facts)


@page(May.KEEP_AGREEMENTS, methods=("POST",))
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """The link went to the wrong hands, or nobody answers: it leads nowhere from now on."""
    rows = Link.objects.visible_to(request.user).select_related("contact")
    found = get_object_or_404(rows, pk=pk)
    try:
        links.revoke(link=found, why=request.POST.get("why", "")[:500], by=request.user)
    except NotAllowed as refusal:
        tell(request, str(refusal), tone="attention")
    else:
        tell(request, _("The link leads nowhere from now on."))
    return redirect("partners:partner", found.contact.organization_id)
