"""The services log: write a time down, put it right, read it, take it out for a biller."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page, public_page
from hearth.access.permissions import May
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.kit.sheets import as_csv
from hearth.partners.actions import log as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.log import DaysForm, GivenForm, PutRightForm, WhyForm
from hearth.partners.models import ReferralOut, ServiceGiven
from hearth.partners.reading.log import COLUMNS, WITH, lines
from hearth.partners.views.by_partner import dead_or_open
from hearth.schools.models import District

ROWS = 50
WHY = "Your role takes lists out."


@page(May.EXPORT_ROWS)
def log(request: PageRequest) -> HttpResponse:
    """Which services were given, and to whom?"""
    form = DaysForm(request.GET or None)
    first, last = form.days
    rows = ServiceGiven.objects.to_take_out(request.user, first, last).select_related(*WITH)
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    _looked_at(request, shown.object_list)
    return render(
        request, "partners/log.html", {"shown": shown, "form": form, "first": first, "last": last}
    )


@page(May.EXPORT_ROWS)
def as_file(request: PageRequest) -> HttpResponse:
    """The same for a biller. Each student whose row leaves has it in their record that it did."""
    first, last = DaysForm(request.GET or None).days
    rows = ServiceGiven.objects.to_take_out(request.user, first, last).select_related(*WITH)
    found = list(rows.order_by("day", "starts", "pk"))
    _looked_at(request, found, "services log, taken out as a file")
    content, _count = as_csv(list(COLUMNS), lines(found))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"services-{first:%Y-%m-%d}-{last:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _looked_at(request: PageRequest, rows: Any, what: str = "services log") -> None:
    """One look to a student, at the newest of their rows."""
    for row in {row.student_id: row for row in rows}.values():
        looked(request, row, page=what, why=WHY, student_id=row.student_id)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def write(request: PageRequest, pk: int) -> HttpResponse:
    """When was it given, by whom, and where?"""
    rows = ReferralOut.objects.where_team_may(request.user, May.WORK_REFERRALS).with_names()
    out: ReferralOut = get_object_or_404(rows.select_related("consent"), pk=pk)
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    form = GivenForm(_typed(request), initial=_before(out))
    return _act(
        request, form,
        lambda: actions.write(out=out, said=form.said, by=request.user, nonce=key),
        out, _("When was it given?"),
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def put_right(request: PageRequest, pk: int) -> HttpResponse:
    """What was wrong? The row before stays."""
    given = _given(request, pk)
    first = {name: getattr(given, name) for name in GivenForm.base_fields}
    form = PutRightForm(_typed(request), initial=first)
    return _act(
        request, form,
        lambda: actions.put_right(
            given=given, said=form.said, why=form.cleaned_data["why"], by=request.user
        ),
        given.referral, _("What is right?"),
    )  # fmt: skip


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def strike(request: PageRequest, pk: int) -> HttpResponse:
    """Why did it not take place?"""
    given = _given(request, pk)
    form = WhyForm(_typed(request))
    return _act(
        request, form, lambda: actions.strike(given=given, by=request.user, **form.cleaned_data),
        given.referral, _("Why did it not take place?"),
    )  # fmt: skip


@public_page(methods=("GET", "POST"))
def by_link(request: PageRequest, district: District, secret: str) -> HttpResponse:
    """The partner writes it down themselves, behind the door of their link."""
    found = dead_or_open(request, secret)
    if isinstance(found, HttpResponse):
        return found
    out, link = found
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    form = GivenForm(_typed(request), initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(out=out, said=form.said, contact=link.contact, nonce=key)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is written down. You can add another."))
            return redirect(request.path)
    return render(request, "partners/log_by_partner.html", {"out": out, "form": form})


def _before(out: ReferralOut) -> dict[str, Any]:
    """Today, and by whom it was given the last time."""
    last = ServiceGiven.objects.filter(referral=out, struck=False).order_by("-at", "-pk").first()
    names = ("starts", "ends", "kind", "place", "group_size", "provider", "credential")
    first = {name: getattr(last, name) for name in names} if last else {}
    return {**first, "day": timezone.localdate()}


def _given(request: PageRequest, pk: int) -> ServiceGiven:
    rows = ServiceGiven.objects.visible_to(request.user).standing()
    of_team = rows.filter(student__school__in=request.user.standing.schools(May.WORK_REFERRALS))
    found: ServiceGiven = get_object_or_404(
        of_team.select_related("referral__student__person", "referral__service"), pk=pk
    )
    return found


def _typed(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _act(
    request: PageRequest, form: KitForm, act: Callable[[], Any], out: ReferralOut, question: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("It is written down."))
            return redirect(out)
    looked(request, out, page="services log", why="On the support team.",
           student_id=out.student_id)  # fmt: skip
    return render(
        request, "partners/out_act.html",
        {"out": out, "form": form, "question": question, "submit": _("Write it down")},
    )  # fmt: skip
