"""One referral to a partner: what would be shared, what they answer, and the family's word."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.kit.spoken import spoken_at
from hearth.partners.actions import outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.outward import MetForm, PartnerAnswerForm, SendForm, WordsForm
from hearth.partners.models import Consent, Contact, ReferralOut, Service
from hearth.partners.models.words import Element, Purpose, named
from hearth.partners.reading.missing import needs_of
from hearth.partners.reading.sharing import may_share
from hearth.partners.reading.told import facts_for
from hearth.partners.views.out import answers_of, student_of_team

GIVEN = 50


def prepare(
    request: PageRequest, student: int, service: int, private: Callable[[str], str]
) -> HttpResponse | ReferralOut:
    """What does the family allow, and what exactly would the partner read? Then send it. The page
    upstairs calls this, and tells the referral in `supports` what was sent. `private` says which
    of the words typed must not go, and why; empty where none does."""
    found = student_of_team(request.user, student)
    offered = get_object_or_404(Service.objects.visible_to(request.user).offered(), pk=service)
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    sent = ReferralOut.objects.filter(nonce=key, sent_by=request.user).first()
    if sent:
        return redirect(sent)
    today = timezone.localdate()
    consent = _newest(found.pk, offered.organization_id)
    live = bool(consent and consent.is_live(today))
    no = outward.why_not(consent, consent.elements, today) if consent and live else ""
    lacking = may_share(offered.organization, [Element.ASKED_FOR], Purpose.SUPPORT, today)
    contacts = list(Contact.objects.current(today).filter(organization=offered.organization_id))
    form = SendForm(request.POST if request.method == "POST" else None, contacts=contacts,
                    needs=needs_of(offered.pk))  # fmt: skip
    may_send = live and not no and bool(contacts)
    if request.method == "POST" and may_send and form.is_valid():
        stopped = private(form.cleaned_data["words"])
        if stopped:
            form.add_error("words", stopped)
    if request.method == "POST" and consent and may_send and form.is_valid():
        try:
            return outward.send(
                consent=consent, service=offered, answers=answers_of(request), nonce=key,
                by=request.user, **form.sent,
            )  # fmt: skip
        except NotAllowed as refused:
            form.add_error(None, str(refused))
    looked(request, found, page="referral to a partner", why="On the support team.",
           student_id=found.pk)  # fmt: skip
    facts = facts_for(consent, consent.elements, get_language() or "en") if consent else {}
    return render(
        request,
        "partners/out_prepare.html",
        {
            "student": found, "service": offered, "consent": consent,
            # Nobody is asked for what could not be sent: this stands before the family's turn.
            "no": no or (lacking.words if lacking else ""),
            "keeps": request.user.may(May.KEEP_AGREEMENTS),
            "contacts": contacts, "form": form if may_send else None,
            "told": named(facts), "answers": answers_of(request), "live": live,
        },
    )  # fmt: skip


def _newest(student: int, organization: int) -> Consent | None:
    """The last that was asked of this family for this partner and not taken back."""
    rows = Consent.objects.filter(student=student, organization=organization, withdrawn_at=None)
    people = rows.select_related(
        "student__person", "student__school", "adult__person", "organization"
    )
    found: Consent | None = people.order_by("-asked_at", "-pk").first()
    return found


@page(May.SEE_REFERRALS)
def referral(request: PageRequest, pk: int) -> HttpResponse:
    """What was sent, what came back, and what is the family's word?"""
    rows = ReferralOut.objects.visible_to(request.user).with_footing(request.user).with_names()
    beside = rows.select_related("consent__adult__person", "contact", "district")
    found = get_object_or_404(beside, pk=pk)
    reasons = _noted(request, found)
    steps = found.steps.select_related("by", "contact").order_by("-at", "-pk")
    may_work = found.student.school_id in request.user.standing.schools(May.WORK_REFERRALS)
    return render(
        request,
        "partners/out_referral.html",
        {
            "out": found, "reasons": reasons, "steps": steps, "may_work": may_work,
            "may_say": may_work and PartnerAnswerForm(state=found.state).is_open,
            "adult": found.consent.adult.person,
            "met_link": spoken_at(found.met_address(), found.consent.language),
            "given": found.given.standing()[:GIVEN],
        },
    )  # fmt: skip


def _noted(request: PageRequest, found: ReferralOut) -> list[Promise]:
    reasons = [ground.reason for ground in ReferralOut.objects.all().footing_of(found)]
    looked(request, found, page="referral to a partner", why=str(reasons[0]),
           student_id=found.student_id)  # fmt: skip
    return reasons


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def said(request: PageRequest, pk: int) -> HttpResponse:
    """The partner said it on the phone: write it down for them."""
    found = _of_team(request, pk)
    return _act(
        request, found, PartnerAnswerForm(_typed(request), state=found.state), outward.answer,
        question=_("What did they say?"), submit=_("Write it down"),
        done=_("It stands here with your name."),
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take it back: the partner's link is dead from this moment."""
    found = _of_team(request, pk)
    return _act(
        request, found, WordsForm(_typed(request)), outward.withdraw,
        question=_("Why is it taken back?"), submit=_("Take it back"),
        done=_("It is taken back, and their link is dead. They are told so."),
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("POST",))
def ask_family(request: PageRequest, pk: int) -> HttpResponse:
    """Ask the family whether the need was met."""
    found = _of_team(request, pk)
    try:
        outward.ask_family(out=found, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("The family is asked."))
    return redirect(found)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def met(request: PageRequest, pk: int) -> HttpResponse:
    """The family told somebody of the school: write down their word, not ours."""
    found = _of_team(request, pk)
    return _act(
        request, found, MetForm(_typed(request)), outward.say_met,
        question=_("What does the family say?"), submit=_("Write it down"),
        done=_("The family's word stands here."),
    )  # fmt: skip


def _of_team(request: PageRequest, pk: int) -> ReferralOut:
    rows = ReferralOut.objects.where_team_may(request.user, May.WORK_REFERRALS).with_names()
    found: ReferralOut = get_object_or_404(rows, pk=pk)
    return found


def _typed(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _act(
    request: PageRequest, found: ReferralOut, form: KitForm, act: Callable[..., Any], *,
    question: str, submit: str, done: str,
) -> HttpResponse:  # fmt: skip
    """Do it and go back, or show the form with what is to mend."""
    if request.method == "POST" and form.is_valid():
        try:
            act(out=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, done)
            return redirect(found)
    return render(
        request,
        "partners/out_act.html",
        {"out": found, "form": form, "question": question, "submit": submit},
    )
