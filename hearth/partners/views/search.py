"""The directory: who offers what, found by whoever needs it for a family."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.partners.forms.chosen import chosen, folded_away, read
from hearth.partners.forms.search import SearchForm
from hearth.partners.models import Correction, Need, SchoolPlace, Tally
from hearth.partners.reading.rows import rows_on
from hearth.partners.reading.search import search as look_for

ROWS = 25


@page(May.SEE_DIRECTORY)
def search(request: PageRequest) -> HttpResponse:
    """What is there for this family? By need, words, language, age, cost, distance, open now."""
    now = timezone.localtime()
    tallies = list(Tally.objects.visible_to(request.user).order_by("-services", "key"))
    places = _places(request.user)
    form = SearchForm(request.GET, tallies=tallies, places=places)
    wanted = form.wanted
    picked = chosen(form)
    found = look_for(request.user, wanted, now)
    shown = Paginator(found.keys, ROWS).get_page(request.GET.get("page"))
    # Plain rows from here on: whoever asked the page whether it is empty would ask the database.
    shown.object_list = rows_on(shown, found, now.date())
    keeps = request.user.may(May.KEEP_DIRECTORY)
    filtered = bool(picked or wanted.typed)
    return render(
        request,
        "partners/search.html",
        {
            "form": form,
            "shown": shown,
            "rows": shown.object_list,
            "filtered": filtered,
            "read": read(form),
            "chosen": picked,
            "more": folded_away(form),
            "needs": [
                (t.key, Need(t.key).label, t.services)
                for t in tallies
                if t.kind == Tally.Kind.NEED and t.key in Need.values
            ],
            "place": wanted.place,
            "unplaced": _unplaced(request.user, places) if keeps else [],
            "keeps": keeps,
            "agrees": request.user.may(May.KEEP_AGREEMENTS),
            "loads": request.user.may(May.LOAD_DIRECTORY),
            # Told to whoever opens the directory; who looks for something has another question.
            "waiting": Correction.objects.visible_to(request.user).waiting().count()
            if keeps and not filtered
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
