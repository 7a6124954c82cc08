"""What was asked at the school's door: read it, find who is meant, answer."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.people.models import Student
from hearth.people.models.grounds import StudentQuerySet
from hearth.people.words import language_name
from hearth.supports.actions import asker, door
from hearth.supports.forms.door import AskerAnswerForm, CallForm, JoinForm
from hearth.supports.models import HelpRequest, Referral
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.rules import NotAllowed
from hearth.supports.views.looking import why_noted
from hearth.supports.views.told_how import told_at_door
from hearth.supports.waits.safety import open_calls

ROWS, AT_MOST = 25, 12


@page(May.TRIAGE)
def waiting(request: PageRequest) -> HttpResponse:
    """Who knocked, oldest first; and who has an answer that somebody must still tell."""
    requests = HelpRequest.objects.where_team_may(request.user, May.TRIAGE)
    to_tell = list(requests.to_tell().select_related("school")[:ROWS])
    shown = Paginator(requests.waiting().select_related("school"), ROWS)
    facts = {
        "shown": shown.get_page(request.GET.get("page")),
        "to_tell": to_tell,
        "owed": requests.owed().select_related("referral")[:ROWS],
        "calls": open_calls(request.user),
    }
    return render(request, "supports/door_list.html", facts)


@page(May.TRIAGE)
def asked(request: PageRequest, pk: int) -> HttpResponse:
    """One request, and the students who may be meant."""
    found = _of_team(request, pk)
    typed = request.GET.get("q", found.about_name if found.is_waiting else "").strip()
    facts = {
        "asked": found,
        "typed": typed,
        "students": _students(request).named(typed)[:AT_MOST] if typed else [],
        "language": language_name(found.language),
        "call": found.safety_calls.order_by("-raised_at").first(),
        "reasons": why_noted(request, found, page="request at the door", student_id=found.meant),
    }
    return render(request, "supports/door_request.html", facts)


@page(May.TRIAGE, methods=("GET", "POST"))
def join(request: PageRequest, pk: int) -> HttpResponse:
    """This is who is meant; now it becomes a referral."""
    found, student = _of_team(request, pk), _chosen(request)
    if not found.is_waiting:
        return redirect(found)
    form = JoinForm(_typed(request), student=student, asked=found)
    if request.method == "POST" and form.is_valid():
        try:
            referral = door.join(
                request=found, student=student, by=request.user, **form.cleaned_data
            )
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is a referral now, and you are the one who hears back."))
            return redirect(referral)
    facts = {
        "asked": found,
        "student": student,
        "form": form,
        "already": _open_ones(request).filter(student=student).with_people(),
        "language": language_name(found.language),
    }
    return render(request, "supports/door_join.html", facts)


@page(May.TRIAGE, methods=("POST",))
def join_open(request: PageRequest, pk: int, referral: int) -> HttpResponse:
    """The same was asked before: it goes to that referral, and whoever asked reads its answer."""
    found, open_one = _of_team(request, pk), get_object_or_404(_open_ones(request), pk=referral)
    try:
        door.join_open(request=found, referral=open_one, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
        return redirect(found)
    tell(request, _("It is joined to this referral. Every word of it stands here, too."))
    return redirect(open_one)


@page(May.TRIAGE, methods=("GET", "POST"))
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """Answer whoever asked, with no referral; what became one is answered there."""
    found = _of_team(request, pk)
    if found.referral:
        return redirect("supports:answer", found.referral.pk)
    form = AskerAnswerForm(_typed(request), initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        try:
            door.set_aside(request=found, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, told_at_door(found))
            return redirect("supports:door")
    facts = {"asked": found, "form": form, "language": language_name(found.language)}
    return render(request, "supports/door_answer.html", facts)


@page(May.TRIAGE, methods=("POST",))
def said(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody called, texted or wrote."""
    asker.note_told(request=_of_team(request, pk), by=request.user)
    tell(request, _("Thank you. It is written down that they know."))
    return redirect("supports:door")


@page(May.ASK_FOR_SUPPORT, methods=("GET", "POST"))
def call_taken(request: PageRequest) -> HttpResponse:
    """Take down what somebody asks on the phone or at the counter."""
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    sent = HelpRequest.objects.filter(taken_by=request.user, nonce=key).first() if key else None
    form = CallForm(_typed(request), user=request.user)
    if sent is None and request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        sent = door.ask_at_door(school=words.pop("school"), said=words, nonce=key, by=request.user)
    if sent:
        return redirect("door:told", sent.district.slug, sent.school.slug, sent.key)
    return render(request, "supports/door_call.html", {"form": form})


def _of_team(request: PageRequest, pk: int) -> HelpRequest:
    rows = HelpRequest.objects.where_team_may(request.user, May.TRIAGE)
    found: HelpRequest = get_object_or_404(
        rows.select_related("school", "district", "referral", "read_by", "taken_by"), pk=pk
    )
    return found


def _open_ones(request: PageRequest) -> ReferralQuerySet:
    rows: ReferralQuerySet = Referral.objects.where_team_may(request.user, May.TRIAGE).open()
    return rows.order_by("-asked_at", "-pk")


def _students(request: PageRequest) -> StudentQuerySet:
    return Student.objects.seen_by_post(request.user).current().with_people()


def _chosen(request: PageRequest) -> Student:
    pk = request.GET.get("student", "")
    if not pk.isdecimal():
        raise Http404
    student: Student = get_object_or_404(_students(request), pk=pk)
    return student


def _typed(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
