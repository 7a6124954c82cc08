"""Services found: by words, need, language, age, what it costs, how near, open now."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Count, F, Q, Value, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest
from django.utils.functional import SimpleLazyObject

from hearth.access.models import User
from hearth.access.written import Typed, written_once
from hearth.partners.models import Schedule, SchoolPlace, ServiceCategory, Sought
from hearth.partners.reading.hours import as_hours
from hearth.partners.rules.calendar import DAYS
from hearth.partners.rules.needs import ages_of_grade
from hearth.partners.rules.said import ASKING, Said, big_words

COUNTED = Window(Count("*"))
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
WITH today AS NOT MATERIALIZED (
    SELECT t.*, t.weekly AND t.byday LIKE %s AND t.opens_at <= %s AND t.closes_at > %s
        OR t.id = ANY(%s) AS now
    FROM partners_schedule t WHERE t.gone_on IS NULL
        AND (coalesce(t.valid_from, t.dtstart) IS NULL
            OR greatest(t.valid_from, t.dtstart) <= %s)
        AND (coalesce(t.valid_to, t.until) IS NULL OR least(t.valid_to, t.until) >= %s)
), speaking AS (
    SELECT coalesce(t.service_id, a.service_id) AS service_id, t.location_id, t.closed
    FROM today t LEFT JOIN partners_serviceatlocation a ON a.id = t.service_at_location_id
    WHERE t.now
), own AS (
    SELECT service_id FROM speaking
    WHERE service_id IS NOT NULL GROUP BY service_id HAVING NOT bool_or(closed)
), place AS (
    SELECT location_id FROM speaking
    WHERE service_id IS NULL AND location_id IS NOT NULL
    GROUP BY location_id HAVING NOT bool_or(closed)
)
SELECT service_id FROM own
UNION
SELECT a.service_id FROM place JOIN partners_serviceatlocation a USING (location_id)
WHERE a.gone_on IS NULL AND NOT EXISTS (
    SELECT FROM today t LEFT JOIN partners_serviceatlocation b ON b.id = t.service_at_location_id
    WHERE coalesce(t.service_id, b.service_id) = a.service_id)
EXCEPT -- hours put right here are words, and no rule says when they are
SELECT id FROM partners_service WHERE NOT corrected = '{}' AND corrected @> '{hours}'
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
    """The keys of the services found, in the order to be shown, and how far each is.

    `part` asks for some of them, each with how many there are in all, where that is one question.
    """

    keys: Any
    miles: Mapping[int, float] = field(default_factory=dict)
    part: Callable[[range], Iterable[tuple[int, int]]] | None = None


def search(user: User | None, wanted: Wanted, now: datetime) -> Found:
    """For a user; without one for everybody, as on the open page for families."""
    asked = _asked(wanted)
    near = within(wanted.place, wanted.miles) if wanted.place and wanted.miles else None
    if near is None and not wanted.open_now:
        # Put together only where it is asked: a page is asked for by its part.
        keys = SimpleLazyObject(lambda: _listed(user, *asked).values_list("service_id", flat=True))
        return Found(keys, part=partial(_part, user, asked))
    listed = _listed(user, *asked)
    if wanted.open_now:
        listed = listed.filter(service__in=open_now(now))
    if near is None:
        return Found(listed.values_list("service_id", flat=True), part=partial(_counted, listed))
    if len(near) <= FEW:
        listed = listed.filter(service__in=list(near))
    # Thousands may be near: they are met here, and not sent to the database as a list.
    keys = listed.order_by().values_list("service_id", flat=True)
    found = sorted((key for key in keys if key in near), key=lambda key: (near[key], key))
    return Found(found, near)


@written_once
def _part(user: User | None, asked: tuple[Any, ...], part: range) -> Any:
    return _counted(_listed(user, *asked), part)


def _counted(listed: Any, part: range) -> Any:
    rows = listed.annotate(of=COUNTED).values_list("service_id", "of")
    return rows[part.start : part.stop]


def _asked(wanted: Wanted) -> tuple[Any, ...]:
    """What the listings themselves can tell. What was typed says so, and is kept nowhere."""
    words = big_words(wanted.typed)
    every = _joined([word for word in words if word not in ASKING] or words, " & ")
    needs = tuple(wanted.said.needs) if every else ()
    spoken = () if wanted.language else tuple(wanted.said.languages)
    ages = (wanted.age, wanted.age) if wanted.age is not None else ages_of_grade(wanted.grade)
    return (
        every, _joined(wanted.said.rest if needs else (), " | "), needs, spoken, wanted.need,
        wanted.category, wanted.language, wanted.insurance, wanted.free,
        range(ages[0], ages[1] + 1) if ages else None,
    )  # fmt: skip


def _joined(words: Sequence[str], joined: str) -> Typed:
    """As PostgreSQL reads it: each of these begins a word of the service."""
    return Typed(joined.join(f"{word}:*" for word in words[:10]))


def _listed(
    user: User | None, every: str, rest: str, needs: Sequence[str], spoken: Sequence[str],
    need: str, category: int | None, language: str, insurance: str, free: bool, ages: range | None,
) -> Any:  # fmt: skip
    """Only what was asked for: what has all the words first, then what has some that no need was
    read from."""
    listed: Any = Sought.objects.visible_to(user) if user else Sought.objects.all()
    if need:
        listed = listed.filter(needs__contains=[need])
    if category:
        links = ServiceCategory.objects.current().filter(category=category)
        listed = listed.filter(service__in=links.values("service"))
    if language:
        listed = listed.filter(languages__contains=[language])
    if insurance:
        listed = listed.filter(Q(insurance__contains=[insurance]) | Q(free=True))
    if free:
        listed = listed.filter(free=True)
    if ages:
        listed = listed.filter(
            Q(minimum_age=None) | Q(minimum_age__lte=ages[-1]),
            Q(maximum_age=None) | Q(maximum_age__gte=ages[0]),
        )
    if not every:
        return listed.order_by("name", "service_id")
    words = SearchQuery(every, config="english", search_type="raw")
    rank: Any = Greatest(SearchRank(F("words"), words), Value(0.0))
    if rest:
        some = SearchQuery(rest, config="english", search_type="raw")
        rank = rank * 2.0 + SearchRank(F("words"), some)
    meant = _meant(needs, spoken)
    listed = listed.filter(Q(words=words) | meant if meant else Q(words=words))
    return listed.annotate(rank=rank).order_by("-rank", "name", "service_id")


def _meant(needs: Sequence[str], spoken: Sequence[str]) -> Q | None:
    """Of a need that the words were read as; and in a language, where they named one beside it."""
    if not needs:
        return None
    of_need = Q(needs__overlap=list(needs))
    return of_need & Q(languages__overlap=list(spoken)) if spoken else of_need


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
        OPEN_NOW, [named, time, time, speaking, now.date(), now.date()]
    )
