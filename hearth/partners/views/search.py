"""The directory: who offers what, found by whoever needs it for a family."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html_join

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.written import written_once
from hearth.kit.kept import Kept
from hearth.partners.forms.chosen import chosen, folded_away, read
from hearth.partners.forms.search import SearchForm
from hearth.partners.models import Asset, Correction, Need, SchoolPlace, Tally
from hearth.partners.reading.found import Counted
from hearth.partners.reading.rows import rows_on
from hearth.partners.reading.search import search as look_for

ROWS = 25
CHOICES = Kept("partners/search_choices.html", most=500)
ROW = Kept("partners/search_row.html", most=4_000)
KEEPING = Kept("partners/search_keep.html", most=200)


@page(May.SEE_DIRECTORY)
def search(request: PageRequest) -> HttpResponse:
    """What is there for this family? By need, words, language, age, cost, distance, open now."""
    now = timezone.localtime()
    tallies = _tallies(request.user)
    places = _places(request.user)
    form = SearchForm(request.GET, tallies=tallies, places=places)
    wanted = form.wanted
    picked = chosen(form)
    filtered = bool(picked or wanted.typed)
    found = look_for(request.user, wanted, now)
    whole = None if filtered else _whole(tallies)
    shown = Counted(found, ROWS, whole).get_page(request.GET.get("page"))
    # Plain rows from here on: whoever asked the page whether it is empty would ask the database.
    rows = rows_on(list(shown.object_list), found, now.date())
    shown.object_list = rows
    keeps = request.user.may(May.KEEP_DIRECTORY)
    return render(
        request,
        "partners/search.html",
        {
            "form": form,
            "choices": _choices(form),
            "shown": shown,
            "rows": rows,
            "drawn": format_html_join("", "{}", ((ROW.draw(row, row=row),) for row in rows)),
            "filtered": filtered,
            "read": read(form),
            "chosen": picked,
            "needs": () if filtered else _needs(tallies),
            "keeping": _keeping(request.user, places),
            # Told to whoever opens the directory; who looks for something has another question.
            "waiting": _waiting(request.user) if keeps and not filtered else {},
        },
    )


def _waiting(user: User) -> Counter[str]:
    """How many corrections, and how many things that neighbors told of, wait for somebody to look;
    both are asked for together."""
    told = [
        rows.visible_to(user).waiting().order_by().values_list(Value(what))
        for what, rows in (("corrections", Correction.objects), ("neighbors", Asset.objects))
    ]
    return Counter(what for (what,) in told[0].union(told[1], all=True))


@written_once
def _tallies(user: User) -> QuerySet[Any, Any]:
    told = Tally.objects.visible_to(user).order_by("-services", "key")
    return told.values_list("kind", "key", "name", "services", named=True)


def _whole(tallies: Sequence[Any]) -> int | None:
    """How many services there are; None where nobody has counted them yet."""
    return next((t.services for t in tallies if t.kind == Tally.Kind.ALL), None)


def _needs(tallies: Sequence[Any]) -> list[tuple[str, Any, int]]:
    known = set(Need.values)
    told = (t for t in tallies if t.kind == Tally.Kind.NEED and t.key in known)
    return [(t.key, Need(t.key).label, t.services) for t in told]


def _choices(form: SearchForm) -> Any:
    """The choices, which most who search leave as they are."""
    said = {"form": form, "more": folded_away(form)}
    return CHOICES.draw(form.shape, **said) if form.shape else CHOICES.plain(**said)


def _keeping(user: User, places: Sequence[SchoolPlace]) -> Any:
    keeps, agrees = user.may(May.KEEP_DIRECTORY), user.may(May.KEEP_AGREEMENTS)
    if not (keeps or agrees):
        return ""
    loads = user.may(May.LOAD_DIRECTORY)
    unplaced = _unplaced(user, places) if keeps else ()
    return KEEPING.draw(
        (keeps, agrees, loads, unplaced), keeps=keeps, agrees=agrees, loads=loads, unplaced=unplaced
    )


def _places(user: User) -> list[SchoolPlace]:
    """Where the user's own schools are; for the district, every one."""
    whole = user.standing.reaches(May.SEE_DIRECTORY, Reach.DISTRICT)
    return _every_place(user) if whole else _own_places(user)


@written_once
def _every_place(user: User) -> QuerySet[SchoolPlace, SchoolPlace]:
    rows = SchoolPlace.objects.visible_to(user).select_related("school")
    return rows.order_by("school__name")


@written_once
def _own_places(user: User) -> QuerySet[SchoolPlace, SchoolPlace]:
    rows = SchoolPlace.objects.visible_to(user).select_related("school")
    return rows.filter(school__in=user.standing.schools(May.SEE_DIRECTORY)).order_by("school__name")


def _unplaced(user: User, places: Sequence[SchoolPlace]) -> tuple[int, ...]:
    mine = user.standing.schools(May.KEEP_DIRECTORY)
    return tuple(pk for pk in mine if pk not in {place.school_id for place in places})
