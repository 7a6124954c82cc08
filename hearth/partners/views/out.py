"""What went out to partners and what came back; and, for one student, what could help."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import number_format

from hearth.access.gate import PageRequest, looked, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.partners.forms.outward import FindForm
from hearth.partners.models import Listing, ReferralOut, SchoolPlace
from hearth.partners.models.words import OutState, Purpose
from hearth.partners.reading.capacity import Told, capacities
from hearth.partners.reading.search import search as look_for
from hearth.partners.reading.sharing import open_to_referrals
from hearth.people.models import Student
from hearth.people.models.team import own_children
from hearth.people.words import language_name

ROWS = 50
FOUND = 20


@page(May.SEE_REFERRALS)
def board(request: PageRequest) -> HttpResponse:
    """Where does each stand? Without an answer past its day stands first."""
    today = timezone.localdate()
    rows = ReferralOut.objects.where_team_may(request.user, May.SEE_REFERRALS).with_names()
    shows = request.GET.get("show", "")
    if shows == "missing":
        rows = rows.still_needed(today)
    elif shows != "all":
        rows = rows.open()
    # A service that has begun is late with nobody: its day is ours, for asking the family.
    late = When(~Q(state=OutState.SERVED), due_on__lt=today, then=Value(0))
    ordered = rows.annotate(
        rank=Case(late, default=Value(1), output_field=IntegerField())
    ).order_by("rank", "due_on", "-sent_at", "pk")
    shown = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "partners/out_board.html",
        {"shown": shown, "shows": shows, "takes_out": request.user.may(May.EXPORT_ROWS)},
    )


@page(May.WORK_REFERRALS)
def choose(request: PageRequest, student: int) -> HttpResponse:
    """Which service is asked to help? Each with its languages and whether there is a place."""
    found = student_of_team(request.user, student)
    looked(request, found, page="referral to a partner", why="On the support team.",
           student_id=found.pk)  # fmt: skip
    mine = SchoolPlace.objects.visible_to(request.user).select_related("school")
    form = FindForm(request.GET or None, place=mine.filter(school=found.school_id).first())
    told = look_for(request.user, replace(form.wanted, grade=found.grade), timezone.localtime())
    keys = list(told.keys[: FOUND + 1])
    rows = Listing.objects.select_related("service__organization").in_bulk(keys[:FOUND])
    partners = {row.service.organization_id for row in rows.values()}
    may = open_to_referrals(partners, Purpose.SUPPORT, timezone.localdate())
    places = capacities(rows)
    lines = [_line(rows[key], places[key], may, told.miles) for key in keys[:FOUND]]
    return render(
        request,
        "partners/out_choose.html",
        {
            "student": found,
            "form": form,
            # Whom one may ask stands first; with the others the hand-out is all there is.
            "rows": sorted(lines, key=lambda line: not line.open_to),
            "more": len(keys) > FOUND,
            "home_language": found.person.language,
            "answers": answers_of(request),
        },
    )


@dataclass(frozen=True)
class Line:
    """One service that could help, with what decides whether one asks there."""

    listing: Listing
    spoken: str
    places: Told
    open_to: bool
    miles: str


def _line(
    listing: Listing, places: Told, may: Collection[int], near: Mapping[int, float]
) -> Line:  # fmt: skip
    spoken = ", ".join(str(language_name(code)) for code in listing.languages)
    away = near.get(listing.service_id)
    return Line(
        listing, spoken, places, listing.service.organization_id in may,
        "" if away is None else number_format(away, 1),
    )  # fmt: skip


def student_of_team(user: User, pk: int, verb: May = May.WORK_REFERRALS) -> Student:
    """The student, if this user works on their supports; nobody's own child is among them."""
    rows = Student.objects.visible_to(user).select_related("person", "school")
    of_team = rows.filter(school__in=user.standing.schools(verb))
    found: Student = get_object_or_404(of_team.exclude(pk__in=own_children(user)), pk=pk)
    return found


def answers_of(request: PageRequest) -> int | None:
    """The number of the referral that this would answer, carried from page to page."""
    said: Any = request.GET.get("referral", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None
