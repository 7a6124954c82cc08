"""Requests for an assessment: which day runs, why that day, and the next step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.visible import people_who_may_see
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.people.models import Student
from hearth.supports.actions import legal
from hearth.supports.forms.legal import (
    DayForm,
    FinishForm,
    HandOverForm,
    MoreTimeForm,
    OpenAssessmentForm,
)
from hearth.supports.models import AssessmentRequest, Referral
from hearth.supports.reading import reckoning
from hearth.supports.rules import NotAllowed
from hearth.supports.views.ask import choose
from hearth.supports.views.looking import why_noted

ROWS = 25


@dataclass(frozen=True)
class Step:
    """One verb as the page offers it. `is_open` looks at the row as it stands."""

    key: str
    button: Promise
    question: Promise
    form: type[KitForm]
    act: Callable[..., object]
    is_open: Callable[[AssessmentRequest], bool]
    explain: Promise | str = ""


# The first open one is the page's main action.
STEPS = (
    Step(
        "plan", gettext_lazy("The family has the plan"),
        gettext_lazy("When did the family get the assessment plan?"), DayForm, legal.give_plan,
        lambda row: row.plan_given_on is None,
        gettext_lazy("In writing, in the language of the family, with their rights."),
    ),
    Step(
        "consent", gettext_lazy("The family agreed"),
        gettext_lazy("When did the signed consent arrive?"), DayForm, legal.record_consent,
        lambda row: row.plan_given_on is not None and row.consent_on is None,
        gettext_lazy("The evaluation is due 60 days after this day."),
    ),
    Step(
        "finish", gettext_lazy("It is decided"),
        gettext_lazy("What was decided, and why?"), FinishForm, legal.finish,
        lambda row: True,
    ),
    Step(
        "hand-over", gettext_lazy("Hand it over"),
        gettext_lazy("Who looks after it from now on?"), HandOverForm, legal.hand_over,
        lambda row: True,
    ),
    Step(
        "more-time", gettext_lazy("The family agreed to more time"),
        gettext_lazy("Until when may it take, and who agreed?"), MoreTimeForm,
        legal.agree_on_more_time, lambda row: row.due_on is not None,
        gettext_lazy("Only the parent or guardian can give more time, in writing, before the day "
                     "has passed."),
    ),
    Step(
        "help", gettext_lazy("We offered help to write it"),
        gettext_lazy("When did you offer help to put it in writing?"), DayForm, legal.offer_help,
        lambda row: row.said_aloud,
        gettext_lazy("Whoever asked aloud may want help to write it down. The clock runs anyway."),
    ),
    Step(
        "plan-day", gettext_lazy("Correct the day of the plan"),
        gettext_lazy("When did the family get the assessment plan?"), DayForm, legal.give_plan,
        lambda row: row.plan_given_on is not None and row.consent_on is None,
    ),
    Step(
        "consent-day", gettext_lazy("Correct the day of consent"),
        gettext_lazy("When did the signed consent arrive?"), DayForm, legal.record_consent,
        lambda row: row.consent_on is not None,
    ),
)  # fmt: skip
BY_KEY = {step.key: step for step in STEPS}


@page(May.SIGN_IN)
def assessments(request: PageRequest) -> HttpResponse:
    """Every request that one may see, the nearest date first; done ones only when asked for."""
    rows = AssessmentRequest.objects.visible_to(request.user).due_first().with_people()
    done = request.GET.get("done") == "1"
    wanted = rows.filter(finished_on__isnull=False) if done else rows.open()
    shown = Paginator(wanted, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "supports/legal_assessments.html",
        {"shown": shown, "done": done, "may_ask": request.user.may(May.ASK_FOR_SUPPORT)},
    )


@page(May.ASK_FOR_SUPPORT, methods=("GET", "POST"))
def new_assessment(request: PageRequest) -> HttpResponse:
    """Write a request down; if one of this kind is open, that one is shown."""
    if "student" not in request.GET:
        return choose(request, to="supports:new_assessment")
    student = student_named(request)
    form = OpenAssessmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = legal.open_assessment(student=student, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is written down, and its clock runs."))
            return redirect(row)
    open_ones = AssessmentRequest.objects.visible_to(request.user).open().filter(student=student)
    return render(
        request,
        "supports/legal_assessment_new.html",
        {"student": student, "form": form, "already": open_ones.select_related("owner")},
    )


@page(May.SIGN_IN)
def assessment(request: PageRequest, pk: int) -> HttpResponse:
    """One request: the date that runs, how it came about, and what was decided."""
    row = get_object_or_404(_rows(request), pk=pk)
    reasons = why_noted(request, row, page="assessment request", student_id=row.student_id)
    calendar = reckoning.school_calendar()
    steps = _steps(request, row)
    referrals = Referral.objects.visible_to(request.user)
    return render(
        request,
        "supports/legal_assessment.html",
        {
            "row": row,
            "reasons": reasons,
            "plan_due": reckoning.plan_due(row, calendar),
            "evaluation_due": reckoning.evaluation_due(row, calendar),
            "more_time": row.more_time.select_related("written_by").order_by("agreed_on", "pk"),
            "whole": AssessmentRequest.objects.read_whole_by(request.user).filter(pk=pk).exists(),
            "referral": referrals.filter(pk=row.referral_id).first() if row.referral_id else None,
            "main_step": steps[0] if steps else None,
            "other_steps": steps[1:],
        },
    )


@page(May.ASK_FOR_SUPPORT, methods=("GET", "POST"))
def assessment_step(request: PageRequest, pk: int, key: str) -> HttpResponse:
    """Take one step, or read why it is not open any more."""
    if key not in BY_KEY:
        raise Http404
    step = BY_KEY[key]
    row = get_object_or_404(_rows(request).where_may_work(request.user), pk=pk)
    more: dict[str, Any] = {"student": row.student} if step.form is HandOverForm else {}
    form = step.form(request.POST if request.method == "POST" else None, **more)
    if request.method == "POST" and form.is_valid():
        try:
            step.act(assessment=row, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("Done. It is kept with your name and the day."))
            return redirect(row)
    return render(
        request,
        "supports/legal_act.html",
        {
            "student": row.student,
            "form": form,
            "question": step.question,
            "explain": step.explain,
            "submit": step.button,
            "back": row.get_absolute_url(),
        },
    )


@page(May.SIGN_IN)
def assessment_who(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who could open this request today, each with the reason."""
    row = get_object_or_404(_rows(request), pk=pk)
    return render(
        request,
        "supports/legal_who.html",
        {"row": row, "watchers": people_who_may_see(row)},
    )


def student_named(request: PageRequest) -> Student:
    """The student whom the address names, if the reader works with them."""
    pk = request.GET.get("student", "")
    if not pk.isdecimal():
        raise Http404
    students = Student.objects.seen_by_post(request.user).current()
    found: Student = get_object_or_404(students.select_related("person", "school"), pk=pk)
    return found


def _rows(request: PageRequest) -> Any:
    rows = AssessmentRequest.objects.visible_to(request.user).with_people()
    return rows.select_related("written_by")


def _steps(request: PageRequest, row: AssessmentRequest) -> list[Step]:
    if row.finished_on or not request.user.may(May.ASK_FOR_SUPPORT):
        return []
    mine = AssessmentRequest.objects.where_may_work(request.user).filter(pk=row.pk).exists()
    return [step for step in STEPS if step.is_open(row)] if mine else []
