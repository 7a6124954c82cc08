"""Services found: by words, need, language, age, what it costs, how near, open now."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from hearth.access.models import User
from hearth.partners.models import Listing, Schedule, SchoolPlace, ServiceCategory
from hearth.partners.reading.hours import as_hours
from hearth.partners.rules.calendar import DAYS
from hearth.partners.rules.needs import ages_of_grade, needs_in, plain

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
            OR greatest(t.valid_from, t.dtstart) <= %(day)s)
        AND (coalesce(t.valid_to, t.until) IS NULL OR least(t.valid_to, t.until) >= %(day)s)
), speaking AS (
    SELECT t.id, coalesce(t.service_id, a.service_id) AS service_id, t.location_id, t.closed,
        t.weekly AND t.byday LIKE %(named)s AND t.opens_at <= %(time)s AND t.closes_at > %(time)s
            OR t.id = ANY(%(odd)s) AS open
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
"""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Blank asks for nothing."""

    typed: str = ""
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
    near = within(wanted.place, wanted.miles) if wanted.place and wanted.miles else None
    if near is not None and len(near) <= FEW:
        listed = listed.filter(service__in=list(near))
    keys = listed.values_list("service_id", flat=True)
    if near is None and not wanted.open_now:
        return Found(keys)
    # Thousands may be near, or open: they are met here, and not sent to the database as a list.
    found = list(keys)
    if wanted.open_now:
        is_open = open_now(now)
        found = [key for key in found if key in is_open]
    if near is not None:
        found = sorted((key for key in found if key in near), key=lambda key: (near[key], key))
    return Found(found, near or {})


def narrow(listed: Any, wanted: Wanted) -> Any:
    """Only what was asked for, as far as the listings themselves can tell."""
    words = _query(wanted.typed)
    if words is not None:
        named = needs_in(wanted.typed)
        listed = listed.filter(
            Q(words=words) | Q(needs__overlap=named) if named else Q(words=words)
        )
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


def _query(typed: str) -> SearchQuery | None:
    """Every word must begin a word of the service; small words say nothing."""
    words = re.findall(r"[a-z0-9]+", plain(typed))[:10]
    if not words:
        return None
    return SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="english", search_type="raw"
    )


def _in_order(listed: Any, wanted: Wanted) -> Any:
    words = _query(wanted.typed)
    if words is None:
        return listed.order_by("name", "service_id")
    rank = Greatest(SearchRank(F("words"), words), Value(0.0))
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


def open_now(now: datetime) -> set[int]:
    """The services that are open at this minute."""
    odd = Schedule.objects.current().filter(
        Q(opens_at__isnull=False) | Q(closed=True), weekly=False
    )
    speaking = [
        row.pk
        for row in odd
        if (hours := as_hours(row)).is_open_at(now) or (row.closed and hours.on(now.date()))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN_NOW,
            {"day": now.date(), "time": now.time().isoformat(), "named": f"%{DAYS[now.weekday()]}%",
             "odd": speaking},
        )  # fmt: skip
        return {key for (key,) in cursor.fetchall()}
