"""What an address names: a place, a measure, a year."""

from django.http import Http404

from hearth.access.gate import PageRequest
from hearth.insight.measures.cards import Card
from hearth.insight.reading import Place, Told, card_of, places


def place_of(request: PageRequest, slug: str) -> tuple[Place, list[Place]]:
    every = places(request.district_id)
    found = next((place for place in every if place.slug == slug), None)
    if found is None:
        raise Http404
    return found, every


def card_named(key: str) -> Card:
    card = card_of(key)
    if card is None:
        raise Http404
    return card


def chosen_year(request: PageRequest, years: list[Told]) -> Told | None:
    """The year that was asked for; without one, the newest in which anything can be shown."""
    asked = request.GET.get("year", "")
    if asked:
        return next((one for one in years if str(one.year) == asked), None)
    return next(iter(years), None)
