"""Ask for support: choose the student, say what goes well and what is hard, read what follows."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.models import Event
from hearth.kit.once import key_of, with_a_key
from hearth.people.around import adults_of
from hearth.people.models import Guardian, Section, Student
from hearth.people.models.grounds import StudentQuerySet
from hearth.schools.models import School
from hearth.supports import actions
from hearth.supports.actions.review import remember_referral
from hearth.supports.forms import AskForm
from hearth.supports.models import AssessmentRequest, Referral, StudentReview
from hearth.supports.views.found import found_before, look_up, may_find, too_often

ASKED_AGAIN = "assessment_asked_again"
ENOUGH_LETTERS = 2
AT_MOST = 25
ASKS = ("supports:new", "supports:new_instead")


@page(May.ASK_FOR_SUPPORT, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """Say it in under a minute, on a phone. Without a student in the address, choose one first;
    a form that was sent already leads to what it sent."""
    if "student" not in request.GET:
        return choose(request)
    (student, knows), key = student_chosen(request, students_of(request.user)), key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    review = _from_review(request, student)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"strength": review.strength} if review else {},
        adults=adults_of(student) if knows else Guardian.objects.none(),
    )
    if request.method == "POST" and form.is_valid():
        sent = actions.ask_for_support(
            student=student, nonce=key, by=request.user, **form.cleaned_data
        )
        if review:
            remember_referral(row=review, referral=sent, by=request.user)
        return redirect("supports:asked", sent.pk)
    before = Referral.objects.asked_by(request.user).filter(nonce=key).first()
    if before:
        return redirect("supports:asked", before.pk)
    already = Referral.objects.visible_to(request.user).open().filter(student=student)
    return render(
        request,
        "supports/ask.html",
        {
            "student": student,
            "knows": knows,
            "form": form,
            "already": already.order_by("-asked_at")[:3],
            "school": student.school,
        },
    )


@page(May.ASK_FOR_SUPPORT)
def asked(request: PageRequest, pk: int) -> HttpResponse:
    """It has arrived: what happens next, and by which day."""
    referral = get_object_or_404(Referral.objects.asked_by(request.user).with_people(), pk=pk)
    call = referral.safety_calls.open().select_related("taken_by", "paged").first()
    walked = StudentReview.objects.visible_to(request.user).filter(referral=referral).first()
    return render(
        request,
        "supports/asked.html",
        {
            "referral": referral,
            "school": referral.school,
            "walked": walked,
            "call": call,
            **_assessments_beside(referral, request.user),
        },
    )


def _assessments_beside(referral: Referral, user: User) -> dict[str, Any]:
    """Those that run for this student, begun now or before, as far as whoever asked may see them;
    and whether they asked again for one that they may not see."""
    seen = AssessmentRequest.objects.visible_to(user).open().filter(student=referral.student)
    asked = Event.objects.filter(student_id=referral.student_id, verb=ASKED_AGAIN)
    again = set(asked.filter(facts__referral=referral.pk).values_list("about_id", flat=True))
    begun: list[AssessmentRequest] = []
    running: list[AssessmentRequest] = []
    for row in seen.select_related("owner"):
        begun_now = row.referral_id == referral.pk and row.pk not in again
        (begun if begun_now else running).append(row)
    unseen = again - {row.pk for row in running}
    return {"assessments": begun, "running": running, "elsewhere": bool(unseen)}


def student_chosen(request: PageRequest, among: StudentQuerySet) -> tuple[Student, bool]:
    """Whom the address names, and whether the reader knows more of them than name and grade."""
    pk = request.GET["student"]
    if not pk.isdecimal():
        raise Http404
    seen: Student | None = among.filter(pk=pk).first()
    found = seen or found_before(request, int(pk))
    if found is None:
        raise Http404
    return found, seen is not None


def _from_review(request: PageRequest, student: Student) -> StudentReview | None:
    """What was said in a class review, where the address names it: its strength is carried over."""
    pk = request.GET.get("review", "")
    rows = StudentReview.objects.visible_to(request.user).filter(student=student)
    found: StudentReview | None = rows.filter(pk=pk).first() if pk.isdecimal() else None
    return found


def students_of(user: User) -> StudentQuerySet:
    students = Student.objects.visible_to(user).current().select_related("person", "school")
    return students.order_by("person__family_name", "person__given_name", "pk")


def choose(request: PageRequest, *, to: str = "supports:new") -> HttpResponse:
    """By name, or out of the classes one teaches; `to` is the page that then asks for them."""
    typed = request.GET.get("q", "").strip()
    sections = _sections_of(request.user)
    section = _section_in(request, sections)
    searching = len(typed) >= ENOUGH_LETTERS
    finds = to in ASKS and may_find(request)
    found: Any = []
    refused = searching and finds and too_often(request)
    if searching and finds:
        found = [] if refused else look_up(request, typed)
    elif searching:
        found = students_of(request.user).named(typed)[:AT_MOST]
    elif section:
        found = _in_section(students_of(request.user), section)
    template = "supports/choose.html#found" if request.htmx else "supports/choose.html"  # type: ignore[attr-defined]
    return render(
        request,
        template,
        {
            "to": reverse(to),
            "typed": typed,
            "searching": searching,
            "sections": sections,
            "section": section,
            "found": found,
            "finds": finds,
            "refused": refused,
            "school": _school_of(request.user),
        },
        status=429 if refused else 200,
    )


def _sections_of(user: User) -> list[Section]:
    taught = Section.objects.filter(
        gone_on=None,
        members__role="teacher",
        members__gone_on=None,
        members__person__user=user,
    )
    return list(taught.order_by("title", "pk").distinct())


def _section_in(request: PageRequest, sections: list[Section]) -> Section | None:
    """The class named in the address; of several, none until one is named."""
    named = [section for section in sections if str(section.pk) == request.GET.get("section")]
    if not named and len(sections) == 1:
        return sections[0]
    return named[0] if named else None


def _in_section(students: StudentQuerySet, section: Section) -> StudentQuerySet:
    return students.filter(
        person__sections__section=section,
        person__sections__role="student",
        person__sections__gone_on=None,
    ).distinct()


def _school_of(user: User) -> School | None:
    return School.objects.filter(pk__in=[p.school_id for p in user.standing.posts]).first()
