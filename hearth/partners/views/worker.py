"""What a partner's worker does signed in: reads what was sent to that worker, answers it, says how
many places are free. Nothing else of the house opens to them."""

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import capacity, outward, worker
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.capacity import forms_for
from hearth.partners.forms.outward import PartnerAnswerForm
from hearth.partners.models import Contact, ReferralOut, Service
from hearth.partners.models.sent_to import SENT_TO, there
from hearth.partners.models.words import OutState
from hearth.partners.reading.capacity import in_words, last_words
from hearth.partners.reading.looked import SIGNED_IN

ROWS = 25
SERVICES_AT_MOST = 20
GONE = 410


@page(May.ANSWER_AS_PARTNER)
def asked(request: PageRequest) -> HttpResponse:
    """What were we asked? What waits for an answer stands first."""
    waits = When(state=OutState.SENT, then=Value(0))
    under_way = When(state__in=(OutState.ACCEPTED, OutState.WAITING), then=Value(1))
    rows = ReferralOut.objects.visible_to(request.user).with_names().annotate(
        rank=Case(waits, under_way, default=Value(2), output_field=IntegerField())
    )  # fmt: skip
    ordered = rows.order_by("rank", "due_on", "-sent_at", "pk")
    shown = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    for out in shown:
        _noted(request, out)
    return render(request, "partners/worker_asked.html", {"shown": shown})


@page(May.ANSWER_AS_PARTNER, methods=("GET", "POST"))
def referral(request: PageRequest, pk: int) -> HttpResponse:
    """What is asked of you, exactly what the family allowed, and your answer."""
    rows = ReferralOut.objects.visible_to(request.user).with_names()
    found = get_object_or_404(rows.select_related("sent_by", "consent", "contact"), pk=pk)
    form = PartnerAnswerForm(request.POST if request.method == "POST" else None, state=found.state)
    if request.method == "POST" and form.is_valid():
        try:
            outward.answer(out=found, contact=found.contact, by=request.user, **form.cleaned_data)
        except outward.Gone as gone:
            return render(request, "partners/worker_gone.html", {"words": str(gone)}, status=GONE)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Thank you. The school reads it now."))
            return redirect("worker:referral", pk)
    _noted(request, found)
    return render(
        request, "partners/worker_referral.html",
        {"out": found, "form": form if form.is_open else None, "reason": SENT_TO.reason,
         "steps": found.steps.order_by("-at", "-pk")},
    )  # fmt: skip


def _noted(request: PageRequest, out: ReferralOut) -> None:
    """The family reads who looked, by name."""
    looked(request, out, page=SIGNED_IN, why=str(SENT_TO.reason),
           student_id=out.student_id)  # fmt: skip


@page(May.ANSWER_AS_PARTNER, methods=("GET", "POST"))
def places(request: PageRequest) -> HttpResponse:
    """How many places are free with you? Nothing here is of a child."""
    here = Contact.objects.filter(
        there(timezone.localdate()), worker__person__user=request.user
    ).select_related("organization")
    contacts = {contact.organization_id: contact for contact in here}
    offered = Service.objects.offered().filter(organization__in=list(contacts))
    services = list(
        offered.select_related("listing", "organization").order_by("name", "pk")[:SERVICES_AT_MOST]
    )
    keys = [service.pk for service in services]
    last = last_words(keys)
    forms = forms_for(services, last, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all(form.is_valid() for form in forms):
        for form in forms:
            if form.cleaned_data.get("places") is not None:
                contact = contacts[form.service.organization_id]
                capacity.say(service=form.service, said=form.cleaned_data, contact=contact)
        tell(request, _("Thank you. The school reads it from now on."))
        return redirect("worker:places")
    told = in_words(keys, last)
    lines = [(form, told[form.service.pk]) for form in forms]
    return render(request, "partners/worker_places.html", {"lines": lines})


@page(May.KEEP_AGREEMENTS, methods=("POST",))
def let_in(request: PageRequest, pk: int) -> HttpResponse:
    """Invite a contact to a sign-in of their own."""
    contact = _contact(request, pk)
    try:
        worker.let_in(contact=contact, by=request.user)
    except NotAllowed as refusal:
        tell(request, str(refusal), tone="attention")
    else:
        words = _("%(name)s can sign in, and sees only what is sent there.")
        tell(request, words % {"name": contact.name})
    return redirect("partners:partner", contact.organization_id)


@page(May.KEEP_AGREEMENTS, methods=("POST",))
def let_go(request: PageRequest, pk: int) -> HttpResponse:
    """Take the sign-in away; it shows nothing more from this minute on."""
    contact = _contact(request, pk)
    worker.let_go(contact=contact, by=request.user)
    words = _("%(name)s does not see anything here any more.")
    tell(request, words % {"name": contact.name})
    return redirect("partners:partner", contact.organization_id)


def _contact(request: PageRequest, pk: int) -> Contact:
    found: Contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    return found
