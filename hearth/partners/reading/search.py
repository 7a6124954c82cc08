"""Services found: by words, need, language, age, what it costs, how near, open now."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest

from hearth.access.models import User
from hearth.partners.models import Listing, Schedule, SchoolPlace, ServiceCategory
from hearth.partners.reading.hours import as_hours
from hearth.partners.rules.calendar import DAYS
from hearth.partners.rules.needs import ages_of_grade
from hearth.partners.rules.said import ASKING, Said, big_words

EARTH_IN_MILES = 3958.8
MILES_PER_DEGREE = 69.0
FEW = 2_000
"""So many keys may still be sent to the database as a list."""

# Of those whose rule is no plain week the library says whether it is open; they are few.
HAVERSINE = """
SELECT a.service_id, min(2 * %(earth)s * asin(sqrt(
    pow(sin(radians(l.latitude - %(latitude)s) / 2), 2) + cos(radians(%(latitude)s))
    * cos(radians(l.latitude)) * pow(sin(radians(l.longitude - %(longitude)s) / 2), 2)))) AS miles
FROM partners_location l JOIN partners_serviceatlocation a ON a.location_id = l.id
WHERE l.gone_on IS NULL AND a.gone_on IS NULL
    AND l.latitude BETWEEN %(latitude)s - %(height)s AND %(latitude)s + %(height)s
    AND l.longitude BETWEEN %(longitude)s - %(width)s AND %(longitude)s + %(width)s
GROUP BY a.service_id
"""
# Whose hours are these? Those of the service, or at this location; else those of the location.
OPEN_NOW = """
WITH today AS (
    SELECT * FROM partners_schedule t WHERE t.gone_on IS NULL
        AND (coalesce(t.valid_from, t.dtstart) IS NULL
            OR greatest(t.valid_from, t.dtstart) <= %s)
        AND (coalesce(t.valid_to, t.until) IS NULL OR least(t.valid_to, t.until) >= %s)
), speaking AS (
    SELECT t.id, coalesce(t.service_id, a.service_id) AS service_id, t.location_id, t.closed,
        t.weekly AND t.byday LIKE %s AND t.opens_at <= %s AND t.closes_at > %s
            OR t.id = ANY(%s) AS open
    FROM today t LEFT JOIN partners_serviceatlocation a ON a.id = t.service_at_location_id
), own AS (
    SELECT service_id, bool_or(open AND NOT closed) AND NOT bool_or(closed AND open) AS open
    FROM speaking WHERE service_id IS NOT NULL GROUP BY service_id
), place AS (
    SELECT location_id, bool_or(open AND NOT closed) AND NOT bool_or(closed AND open) AS open
    FROM speaking WHERE service_id IS NULL AND location_id IS NOT NULL GROUP BY location_id
)
SELECT service_id FROM own WHERE open
UNION
SELECT a.service_id FROM place JOIN partners_serviceatlocation a USING (location_id)
WHERE place.open AND a.gone_on IS NULL
    AND NOT EXISTS (SELECT FROM own WHERE own.service_id = a.service_id)
EXCEPT -- hours put right here are words, and no rule says when they are
SELECT id FROM partners_service WHERE corrected @> '{hours}'
"""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Blank asks for nothing."""

    typed: str = ""
    said: Said = field(default_factory=Said)
    need: str = ""
    category: int | None = None
    language: str = ""
    grade: str = ""
    age: int | None = None
    insurance: str = ""
    free: bool = False
    open_now: bool = False
    miles: float | None = None
    place: SchoolPlace | None = None


@dataclass(frozen=True)
class Found:
    """The keys of the services found, in the order to be shown, and how far each is."""

    keys: Any
    miles: Mapping[int, float] = field(default_factory=dict)


def search(user: User, wanted: Wanted, now: datetime) -> Found:
    listed = _in_order(narrow(Listing.objects.visible_to(user), wanted), wanted)
    if wanted.open_now:
        listed = listed.filter(service__in=open_now(now))
    near = within(wanted.place, wanted.miles) if wanted.place and wanted.miles else None
    if near is None:
        return Found(listed.values_list("service_id", flat=True))
    if len(near) <= FEW:
        listed = listed.filter(service__in=list(near))
    # Thousands may be near: they are met here, and not sent to the database as a list.
    keys = listed.order_by().values_list("service_id", flat=True)
    found = sorted((key for key in keys if key in near), key=lambda key: (near[key], key))
    return Found(found, near)


def narrow(listed: Any, wanted: Wanted) -> Any:
    """Only what was asked for, as far as the listings themselves can tell."""
    words = _all_of(wanted.typed)
    if words is not None:
        meant = _meant(wanted)
        listed = listed.filter(Q(words=words) | meant if meant else Q(words=words))
    if wanted.need:
        listed = listed.filter(needs__contains=[wanted.need])
    if wanted.category:
        links = ServiceCategory.objects.current().filter(category=wanted.category)
        listed = listed.filter(service__in=links.values("service"))
    if wanted.language:
        listed = listed.filter(languages__contains=[wanted.language])
    if wanted.insurance:
        listed = listed.filter(Q(insurance__contains=[wanted.insurance]) | Q(free=True))
    if wanted.free:
        listed = listed.filter(free=True)
    ages = (wanted.age, wanted.age) if wanted.age is not None else ages_of_grade(wanted.grade)
    if ages:
        listed = listed.filter(
            Q(minimum_age=None) | Q(minimum_age__lte=ages[1]),
            Q(maximum_age=None) | Q(maximum_age__gte=ages[0]),
        )
    return listed


def _meant(wanted: Wanted) -> Q | None:
    """Of a need that the words were read as; and in a language, where they named one beside it."""
    needs = list(wanted.said.needs)
    spoken = [] if wanted.language else list(wanted.said.languages)
    if not needs:
        return None
    return Q(needs__overlap=needs, languages__overlap=spoken) if spoken else Q(needs__overlap=needs)


def _all_of(typed: str) -> SearchQuery | None:
    """Every word must begin a word of the service; small words say nothing."""
    words = big_words(typed)
    return _query([word for word in words if word not in ASKING] or words, " & ")


def _query(words: Sequence[str], joined: str) -> SearchQuery | None:
    if not words:
        return None
    raw = joined.join(f"{word}:*" for word in words[:10])
    return SearchQuery(raw, config="english", search_type="raw")


def _in_order(listed: Any, wanted: Wanted) -> Any:
    """What has all the words first, then what has some that no need was read from."""
    words, rest = _all_of(wanted.typed), _query(wanted.said.rest, " | ")
    if words is None:
        return listed.order_by("name", "service_id")
    rank: Any = Greatest(SearchRank(F("words"), words), Value(0.0))
    if wanted.said.needs and rest is not None:
        rank = rank * 2.0 + SearchRank(F("words"), rest)
    return listed.annotate(rank=rank).order_by("-rank", "name", "service_id")


def within(place: SchoolPlace, miles: float) -> dict[int, float]:
    """The services offered so near, each with its way in a straight line."""
    height = miles / MILES_PER_DEGREE
    slim = max(math.cos(math.radians(place.latitude)), 0.01)
    said = {"earth": EARTH_IN_MILES, "latitude": place.latitude, "longitude": place.longitude,
            "height": height, "width": height / slim}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(HAVERSINE, said)
        return {key: away for key, away in cursor.fetchall() if away <= miles}


def open_now(now: datetime) -> RawSQL:
    """The services that are open at this minute, as a part of another query."""
    odd = Schedule.objects.current().filter(
        Q(opens_at__isnull=False) | Q(closed=True), weekly=False
    )
    speaking = [
        row.pk
        for row in odd
        if (hours := as_hours(row)).is_open_at(now) or (row.closed and hours.on(now.date()))
    ]
    time, named = now.time().isoformat(), f"%{DAYS[now.weekday()]}%"
    return RawSQL(  # noqa: S611 - ours; values travel as parameters
        OPEN_NOW, [now.date(), now.date(), named, time, time, speaking]
    )
