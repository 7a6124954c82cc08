"""Support instead of discipline: ask, read what was done, write it down."""

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.access.visible import people_who_may_see
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.people.models import Student
from hearth.supports.actions import instead as actions
from hearth.supports.forms.legal import DocumentForm, InsteadForm
from hearth.supports.models import InsteadOfDiscipline
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.legal import legal_clock
from hearth.supports.views.ask import choose, student_chosen
from hearth.supports.views.looking import why_noted

ROWS = 25


@page(May.ASK_FOR_SUPPORT)
def instead_list(request: PageRequest) -> HttpResponse:
    """What I asked, and for who leads a school what waits to be written down; late ones first."""
    seen = InsteadOfDiscipline.objects.seen_at_work(request.user).due_first().with_people()
    shown = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "supports/legal_insteads.html",
        {"shown": shown, "leads": bool(request.user.standing.schools(May.DOCUMENT_INSTEAD))},
    )


@page(May.ASK_FOR_SUPPORT, methods=("GET", "POST"))
def new_instead(request: PageRequest) -> HttpResponse:
    """Ask, strength first. A form that was sent already leads to what it sent."""
    if "student" not in request.GET:
        return choose(request, to="supports:new_instead")
    among = Student.objects.seen_by_post(request.user).current().select_related("person", "school")
    (student, knows), key = student_chosen(request, among), key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    sent = _sent_with(request, key)
    if sent:
        return redirect(sent)
    form = InsteadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = actions.ask_instead(
            student=student, nonce=key or uuid4(), by=request.user, **form.cleaned_data
        )
        tell(request, _("Thank you. Those who lead the school have it now."))
        if sent.referral_id:  # its words tell of danger, and somebody is paged
            return redirect("supports:asked", sent.referral_id)
        return redirect(sent)
    today = timezone.localdate()
    return render(
        request,
        "supports/legal_instead_new.html",
        {
            "student": student,
            "knows": knows,
            "form": form,
            "due_on": actions.due_when_asked(today),
        },
    )


@page(May.SIGN_IN)
def instead(request: PageRequest, pk: int) -> HttpResponse:
    """What was asked, by when it is answered, and what was done."""
    row = get_object_or_404(_rows(request), pk=pk)
    reasons = why_noted(request, row, page="instead of discipline", student_id=row.student_id)
    leads = row.school_id in request.user.standing.schools(May.DOCUMENT_INSTEAD)
    mine = InsteadOfDiscipline.objects.where_may_document(request.user).filter(pk=pk).exists()
    return render(
        request,
        "supports/legal_instead.html",
        {
            "row": row,
            "reasons": reasons,
            "knows": Student.objects.visible_to(request.user).filter(pk=row.student_id).exists(),
            "clock": legal_clock("instead_of_discipline", timezone.localdate(row.asked_at)),
            "may_document": leads and mine,
            "is_family": leads and not mine,
            "may_bring": row.employee_id == request.user.pk or (leads and mine),
        },
    )


@page(May.DOCUMENT_INSTEAD, methods=("GET", "POST"))
def document_instead(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what was done; whoever asked is told at once."""
    rows = InsteadOfDiscipline.objects.where_may_document(request.user).with_people()
    row = get_object_or_404(rows, pk=pk)
    form = DocumentForm(
        request.POST if request.method == "POST" else None, initial={"action": row.action}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.document(instead=row, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is written down, and the person who asked is told."))
            return redirect(row)
    return render(
        request,
        "supports/legal_act.html",
        {
            "student": row.student,
            "form": form,
            "question": _("What was done, or why was nothing done?"),
            "explain": _("%(name)s reads it at once. It stands with the student's record.")
            % {"name": row.employee.name},
            "submit": _("Write it down and tell"),
            "back": row.get_absolute_url(),
        },
    )


@page(May.ASK_FOR_SUPPORT, methods=("POST",))
def bring_instead(request: PageRequest, pk: int) -> HttpResponse:
    """Bring it to the support team as well, with one tap."""
    row = get_object_or_404(InsteadOfDiscipline.objects.seen_at_work(request.user), pk=pk)
    actions.ask_the_team(instead=row, by=request.user)
    tell(request, _("The support team has it, too."))
    return redirect(row)


@page(May.SIGN_IN)
def instead_who(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who could open this today, each with the reason."""
    row = get_object_or_404(_rows(request), pk=pk)
    return render(
        request,
        "supports/legal_who.html",
        {"row": row, "watchers": people_who_may_see(row)},
    )


def _sent_with(request: PageRequest, key: UUID | None) -> InsteadOfDiscipline | None:
    if key is None:
        return None
    return InsteadOfDiscipline.objects.filter(employee=request.user, nonce=key).first()


def _rows(request: PageRequest) -> Any:
    return InsteadOfDiscipline.objects.visible_to(request.user).with_people()
