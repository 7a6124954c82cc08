"""A referral as the partner reads and answers it, behind the door of their link."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, public_page
from hearth.audit.models import Look
from hearth.kit.notices import tell
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.actions import outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.outward import PartnerAnswerForm
from hearth.partners.models import Link, ReferralOut
from hearth.partners.models.words import OutState
from hearth.partners.reading.looked import BY_LINK
from hearth.partners.views.link import open_link
from hearth.schools.models import District

GONE = 410


@public_page(methods=("GET", "POST"))
def by_link(request: PageRequest, district: District, secret: str) -> HttpResponse:
    """What is asked of you, exactly what the family allowed, and your answer."""
    if NAMED in request.GET and request.method == "GET":
        return in_language(request)
    opened = dead_or_open(request, secret)
    if isinstance(opened, HttpResponse):
        return opened
    found, link = opened
    form = PartnerAnswerForm(request.POST if request.method == "POST" else None, state=found.state)
    if request.method == "POST" and form.is_valid():
        try:
            outward.answer(out=found, contact=link.contact, **form.cleaned_data)
        except outward.Gone:
            facts = {"link": link, "standing": "revoked"}
            return render(request, "partners/link_dead.html", facts, status=GONE)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Thank you. The school reads it now."))
            return redirect(request.path)
    return render(
        request, "partners/by_partner.html",
        {"out": found, "link": link, "form": form if form.is_open else None,
         "steps": found.steps.order_by("-at", "-pk"), "district": district, "secret": secret},
    )  # fmt: skip


def dead_or_open(request: PageRequest, secret: str) -> HttpResponse | tuple[ReferralOut, Link]:
    """The referral behind this address, as long as link and family allow it; each look is kept."""
    link = open_link(request, secret, Link.Purpose.REFERRAL)
    if isinstance(link, HttpResponse):
        return link
    rows = ReferralOut.objects.with_names().select_related("sent_by", "consent", "contact")
    found = rows.filter(link=link).first()
    if found is None or not _is_open_to_read(found):
        facts = {"link": link, "standing": "revoked"}
        return render(request, "partners/link_dead.html", facts, status=GONE)
    _noted(request, found, link)
    return found, link


def _is_open_to_read(out: ReferralOut) -> bool:
    """Not for one moment longer than the family allows it."""
    return out.state != OutState.WITHDRAWN and out.consent.is_live(timezone.localdate())


def _noted(request: PageRequest, out: ReferralOut, link: Link) -> None:
    """The family reads who looked, by the name that is kept with the address."""
    request.looks.append(
        Look(
            district_id=out.district_id, by=None, by_name=link.contact.name,
            about=out._meta.label_lower, about_id=out.pk, student_id=out.student_id,
            page=BY_LINK, why="Let in by a code.",
        )
    )  # fmt: skip
