"""One page of a search as plain values: a page is asked for all day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.translation import get_language

from hearth.access.written import written_once
from hearth.partners.models import Detail, Listing, ServiceAtLocation
from hearth.partners.models.service import STALE_AFTER
from hearth.partners.reading.capacity import capacities
from hearth.partners.reading.search import Found
from hearth.partners.reading.sheet import address_of, ages
from hearth.people.words import language_name

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
    places: str  # the last word about free places; empty where nobody has told us


def rows_on(keys: Sequence[int], found: Found, today: date) -> list[Row]:
    """The keys first and their rows by key: a plan for both at once was now and then a bad one."""
    if not keys:
        return []
    told = {row[0]: row for row in _told(tuple(keys))}
    words = capacities(keys)
    places = {key: str(one) for key, one in words.items() if one.places is not None}
    return [_row(told[key], found.miles, today, places.get(key, "")) for key in keys]


@written_once
def _told(keys: tuple[int, ...]) -> QuerySet[Any, Any]:
    listed: QuerySet[Any, Any] = Listing.objects.filter(pk__in=keys).annotate(where=_where())
    return listed.values_list(*COLUMNS, "where")


def _where() -> Subquery:
    """The first address of the service to which one can go."""
    at = ServiceAtLocation.objects.current().filter(service=OuterRef(OuterRef("pk")))
    placed = Detail.objects.current().filter(
        kind=Detail.Kind.ADDRESS, location__in=at.values("location")
    )
    there = placed.exclude(row__address_type="postal")
    return Subquery(there.order_by("pk").values("row")[:1])


def _row(told: tuple[Any, ...], near: Mapping[int, float], today: date, places: str) -> Row:
    pk, name, organization, alert, wait, verified, languages, free, low, high, where = told
    miles = near.get(pk)
    spoken, whom = _in_words(get_language(), tuple(languages), low, high)
    return Row(
        pk, name, organization, alert, wait, address_of(where or {}),
        "" if miles is None else number_format(miles, 1),
        spoken, whom, free, verified is None or verified < today - STALE_AFTER, places,
    )  # fmt: skip


@lru_cache(maxsize=1_000)
def _in_words(
    _reader: str | None, languages: tuple[str, ...], low: Decimal | None, high: Decimal | None
) -> tuple[str, str]:
    """Which languages, for what ages: few are said differently, and most are said again."""
    return ", ".join(language_name(code) for code in languages), ages(low, high)
