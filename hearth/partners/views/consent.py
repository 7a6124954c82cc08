"""What a family is asked to allow, as the team sees it: asked, answered, taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.access.visible import why as reasons_of
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.kit.spoken import spoken_at
from hearth.partners.actions import consent as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.consent import AskConsentForm, HeardConsentForm
from hearth.partners.models import Consent, Service
from hearth.partners.models.words import Purpose
from hearth.partners.paper.consent import paper as printed
from hearth.partners.reading.missing import needs_of
from hearth.partners.reading.sharing import may_be_told
from hearth.partners.views.out import answers_of, student_of_team


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def ask(request: PageRequest, student: int, service: int) -> HttpResponse:
    """What do we ask the family to allow?"""
    found = student_of_team(request.user, student)
    offered = get_object_or_404(Service.objects.visible_to(request.user).offered(), pk=service)
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    looked(request, found, page="consent", why="On the support team.", student_id=found.pk)
    adults = actions.adults_who_may_decide(found)
    may_know = may_be_told(offered.organization, Purpose.SUPPORT, timezone.localdate())
    back = f"{reverse('prepare_out', args=[found.pk, offered.pk])}{_query(request)}"
    if not may_know:  # the page before says why, and what there is instead
        return redirect(back)
    form = AskConsentForm(
        request.POST if request.method == "POST" else None, adults=adults, may_know=may_know
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask(
                student=found, organization=offered.organization, nonce=key, by=request.user,
                need=next(iter(needs_of(offered.pk)), ""), **form.asked,
            )  # fmt: skip
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("The question is ready. Nothing is shared before there is a yes."))
            return redirect(f"{asked.get_absolute_url()}?{_onward(request, offered.pk)}")
    return render(
        request,
        "partners/consent_ask.html",
        {"student": found, "service": offered, "form": form, "adults": adults, "back": back},
    )


@page(May.SEE_REFERRALS)
def consent(request: PageRequest, pk: int) -> HttpResponse:
    """What was asked, of whom, and what did they say?"""
    found = _seen(request, pk, May.SEE_REFERRALS)
    reasons = reasons_of(request.user, found)
    looked(request, found, page="consent", why=str(reasons[0]), student_id=found.student_id)
    may_work = found.student.school_id in request.user.standing.schools(May.WORK_REFERRALS)
    return render(
        request,
        "partners/consent.html",
        {
            "consent": found, "reasons": reasons, "may_work": may_work,
            "live": found.is_live(timezone.localdate()), "onward": _prepare_url(request, found),
        },
    )  # fmt: skip


@page(May.WORK_REFERRALS)
def link(request: PageRequest, pk: int) -> HttpResponse:
    """The family's link, to be sent by text or shown as a square to point a phone at. That somebody
    opened it here is written down: it is the family's. In a language that Hearth does not write
    there is none."""
    found = _seen(request, pk)
    looked(request, found, page="consent link", why="On the support team.",
           student_id=found.student_id)  # fmt: skip
    address = spoken_at(found.private_address(), found.language)
    return render(request, "partners/consent_link.html", {"consent": found, "address": address})


@page(May.WORK_REFERRALS)
def paper(request: PageRequest, pk: int) -> HttpResponse:
    """The question on paper, to be signed."""
    found = _seen(request, pk)
    looked(request, found, page="consent on paper", why="On the support team.",
           student_id=found.student_id)  # fmt: skip
    headers = {"Content-Disposition": f'inline; filename="consent-{pk}.pdf"'}
    drawn = printed(found, timezone.localdate())
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """The family answered on paper or aloud: write it down as they said it."""
    found = _seen(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = HeardConsentForm(typed, written=found.is_written)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.answer(
                consent=found, yes=told["yes"] == "yes", way=told["way"],
                interpreted_by=told["interpreted_by"], understood=told["understood"],
                written_by=request.user,
            )  # fmt: skip
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Their answer stands here with your name."))
            return redirect(found)
    return render(request, "partners/consent_answer.html", {"consent": found, "form": form})


@page(May.WORK_REFERRALS, methods=("POST",))
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """The family told the school that they take it back."""
    found = _seen(request, pk)
    actions.take_back(consent=found, by=request.user)
    tell(request, _("It is taken back. What was open with the partner has ended."))
    return redirect(found)


def _seen(request: PageRequest, pk: int, verb: May = May.WORK_REFERRALS) -> Consent:
    """The consent, if this user sees it and holds `verb` at the student's school."""
    rows = Consent.objects.visible_to(request.user).select_related(
        "student__person", "student__school", "organization", "adult__person", "asked_by",
        "written_by", "withdrawn_by", "district",
    )  # fmt: skip
    schools = request.user.standing.schools(verb)
    found: Consent = get_object_or_404(rows.filter(student__school__in=schools), pk=pk)
    return found


def _query(request: PageRequest) -> str:
    answers = answers_of(request)
    return f"?referral={answers}" if answers else ""


def _onward(request: PageRequest, service: int) -> str:
    answers = answers_of(request)
    return f"service={service}" + (f"&referral={answers}" if answers else "")


def _prepare_url(request: PageRequest, found: Consent) -> str:
    """Where one was: the page that sends, once there is a yes."""
    service = request.GET.get("service", "")
    if not (service.isascii() and service.isdigit() and len(service) < 18):
        return ""
    return f"{reverse('prepare_out', args=[found.student_id, int(service)])}{_query(request)}"
