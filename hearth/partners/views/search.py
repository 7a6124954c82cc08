"""The directory: who offers what, found by whoever needs it for a family."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.partners.forms.search import SearchForm
from hearth.partners.models import Correction, Detail, Listing, Need, SchoolPlace, Tally
from hearth.partners.models.service import STALE_AFTER
from hearth.partners.reading.search import Found
from hearth.partners.reading.search import search as look_for
from hearth.partners.reading.sheet import address_of, ages
from hearth.people.words import language_name

ROWS = 50


@page(May.SEE_DIRECTORY)
def search(request: PageRequest) -> HttpResponse:
    """What is there for this family? By need, words, language, age, cost, distance, open now."""
    now = timezone.localtime()
    tallies = list(Tally.objects.visible_to(request.user).order_by("-services", "key"))
    places = _places(request.user)
    form = SearchForm(request.GET, tallies=tallies, places=places)
    wanted = form.wanted
    found = look_for(request.user, wanted, now)
    shown = Paginator(found.keys, ROWS).get_page(request.GET.get("page"))
    keeps = request.user.may(May.KEEP_DIRECTORY)
    return render(
        request,
        "partners/search.html",
        {
            "form": form,
            "shown": shown,
            "rows": _rows(list(shown.object_list), found, now.date()),
            "filtered": any(form.cleaned_data.values()),
            "more": any(v for name, v in form.cleaned_data.items() if name not in ("q", "need")),
            "needs": [
                (t.key, Need(t.key).label, t.services)
                for t in tallies
                if t.kind == Tally.Kind.NEED and t.key in Need.values
            ],
            "place": wanted.place,
            "unplaced": _unplaced(request.user, places) if keeps else [],
            "keeps": keeps,
            "waiting": Correction.objects.visible_to(request.user).waiting().count()
            if keeps
            else 0,
        },
    )


def _places(user: User) -> list[SchoolPlace]:
    """Where the user's own schools are; for the district, every one."""
    rows = SchoolPlace.objects.visible_to(user).select_related("school").order_by("school__name")
    if user.standing.reaches(May.SEE_DIRECTORY, Reach.DISTRICT):
        return list(rows)
    return list(rows.filter(school__in=user.standing.schools(May.SEE_DIRECTORY)))


def _unplaced(user: User, places: list[SchoolPlace]) -> list[int]:
    mine = user.standing.schools(May.KEEP_DIRECTORY)
    return [pk for pk in mine if pk not in {place.school_id for place in places}]


COLUMNS = (
    "service_id", "name", "service__organization__name", "service__alert", "service__wait_time",
    "service__verified_on", "languages", "free", "minimum_age", "maximum_age",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One service in the list, with what a family asks first: where, which language, how much."""

    pk: int
    name: str
    organization: str
    alert: str
    wait: str
    where: str
    miles: str
    languages: str
    ages: str
    free: bool | None
    stale: bool


def _rows(keys: list[int], found: Found, today: date) -> list[Row]:
    """Two queries for one page; plain values, because a page of fifty is asked for all day."""
    where: dict[int, str] = {}
    placed = Detail.objects.current().filter(
        kind=Detail.Kind.ADDRESS, location__at__service__in=keys, location__at__gone_on=None
    )
    for key, row in placed.order_by("pk").values_list("location__at__service", "row"):
        if row.get("address_type") != "postal":
            where.setdefault(key, address_of(row))
    listed = Listing.objects.filter(pk__in=keys).values_list(*COLUMNS)
    rows = {told[0]: _row(told, where, found, today) for told in listed}
    return [rows[key] for key in keys]


def _row(told: tuple[Any, ...], where: dict[int, str], found: Found, today: date) -> Row:
    pk, name, organization, alert, wait, verified, languages, free, low, high = told
    miles = found.miles.get(pk)
    return Row(
        pk, name, organization, alert, wait, where.get(pk, ""),
        "" if miles is None else number_format(miles, 1),
        ", ".join(language_name(code) for code in languages), ages(low, high), free,
        verified is None or verified < today - STALE_AFTER,
    )  # fmt: skip
