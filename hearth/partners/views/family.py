"""What a family reads and answers by its own link, in its language, on an old phone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from hearth.access.gate import PageRequest, public_page
from hearth.audit.models import Look
from hearth.kit.spoken import NAMED, in_language
from hearth.partners.actions import consent as actions
from hearth.partners.actions import outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.consent import BirthdayForm
from hearth.partners.forms.outward import MetForm
from hearth.partners.models import Consent, ReferralOut
from hearth.partners.reading.looked import BY_FAMILY, opened_by
from hearth.partners.reading.told import asked_about
from hearth.schools.models import District

AN_HOUR = 3600.0
"""So long a birthday that was said holds, on a phone that others may pick up."""


@public_page(methods=("GET", "POST"), families=True)
def ask(request: PageRequest, district: District, key: UUID) -> HttpResponse:
    """May the school share this? Whoever holds the link first says the child's birthday."""
    rows = Consent.objects.select_related(
        "student__person", "student__school", "organization", "adult__person", "district"
    )
    found = get_object_or_404(rows, key=key)
    if NAMED in request.GET and request.method == "GET":
        return in_language(request)
    if not _knows(request, found):
        return _birthday(request, found)
    _noted(request, found)
    refused = ""
    if request.method == "POST":
        try:
            _answered(request, found)
        except NotAllowed as no:
            refused = str(no)
        else:
            return redirect(request.path)
    today, language = timezone.localdate(), get_language() or "en"
    told = asked_about(found, language)
    sent = list(found.referrals_out.select_related("service").order_by("-sent_at", "pk"))
    opened = opened_by(sent)
    return render(
        request,
        "partners/family_ask.html",
        {
            "consent": found, "told": told, "refused": refused,
            "live": found.is_live(today), "over": found.expires_on < today,
            "sent": [(out, opened.get(out.pk, ())) for out in sent],
        },
    )  # fmt: skip


def _answered(request: PageRequest, found: Consent) -> None:
    """Yes, no, or take it back: whatever button was pressed. Anything else changes nothing."""
    pressed = request.POST.get("answer", "")
    if pressed == "take_back":
        actions.take_back(consent=found, by=None)
    elif pressed in ("yes", "no"):
        actions.answer(consent=found, yes=pressed == "yes", way=Consent.Way.LINK)


def _knows(request: PageRequest, found: Consent) -> bool:
    said_at = request.session.get(_mark(found), 0.0)
    return bool(timezone.now().timestamp() - said_at < AN_HOUR) and not found.is_shut


def _noted(request: PageRequest, found: Consent) -> None:
    """Whoever holds the link is taken for the adult it was sent to; the family reads that somebody
    looked by it."""
    request.looks.append(
        Look(
            district_id=found.district_id, by=None, by_name=found.adult.person.called,
            about=found._meta.label_lower, about_id=found.pk, student_id=found.student_id,
            page=BY_FAMILY, why="Said the child's birthday.",
        )
    )  # fmt: skip


def _mark(found: Consent) -> str:
    return f"knows-{found.key}"


def _birthday(request: PageRequest, found: Consent) -> HttpResponse:
    """Nothing of the child stands on this page, not even a name."""
    asked = request.method == "POST" and "birthday" in request.POST
    form = BirthdayForm(request.POST if asked else None)
    wrong = False
    if asked and form.is_valid():
        if actions.knows_birthday(consent=found, said=form.cleaned_data["birthday"]):
            request.session[_mark(found)] = timezone.now().timestamp()
            return redirect(request.path)
        wrong = True
    return render(
        request,
        "partners/family_birthday.html",
        {"consent": found, "school": found.student.school, "form": form, "wrong": wrong},
    )


@public_page(methods=("GET", "POST"), families=True)
def met(request: PageRequest, district: District, key: UUID) -> HttpResponse:
    """Did it help? One question that names neither child nor partner."""
    found = get_object_or_404(ReferralOut.objects.select_related("school"), met_key=key)
    if NAMED in request.GET and request.method == "GET":
        return in_language(request)
    form = MetForm(
        request.POST if request.method == "POST" else None,
        initial={"met": found.met},
    )
    if request.method == "POST" and form.is_valid():
        outward.say_met(out=found, **form.cleaned_data)
        return redirect(f"{request.path}?thanks=1")
    thanks = "thanks" in request.GET and bool(found.met)
    return render(
        request, "partners/family_met.html",
        {"school": found.school, "form": form, "thanks": thanks},
    )  # fmt: skip
