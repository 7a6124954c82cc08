"""What the neighborhood has, around one school: assets and the directory's places, the nearest
first, as a list that a map, a table and a wall show alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hearth.partners.models import (
    Asset,
    Location,
    SchoolPlace,
    ServiceAtLocation,
    Tally,
)
from hearth.partners.rules import drawn
from hearth.partners.rules.drawn import Point
from hearth.people.words import language_name

ROWS = 20
"""So many stand on one map, with their numbers, and can still be told apart."""
MOST_MILES = 10
NOT_YET_AT_MOST = 50
SERVICE = "service"

WAYS = (
    _("north"), _("northeast"), _("east"), _("southeast"),
    _("south"), _("southwest"), _("west"), _("northwest"),
)  # fmt: skip
# The box first, for what an index can tell; then the way over the ground.
NEAREST = """
WITH spot AS (
    SELECT 'asset' AS what, a.id, coalesce(a.latitude, l.latitude) AS lat,
        coalesce(a.longitude, l.longitude) AS lon
    FROM partners_asset a LEFT JOIN partners_location l ON l.id = a.location_id
    WHERE a.state = 'shown' AND %(kind)s <> 'service' AND %(kind)s IN ('', a.kind)
        AND (%(language)s = '' OR a.languages @> ARRAY[%(language)s]::varchar[])
    UNION ALL
    SELECT 'service', l.id, l.latitude, l.longitude
    FROM partners_location l
    WHERE l.gone_on IS NULL AND %(kind)s IN ('', 'service')
        AND l.latitude BETWEEN %(lat)s - %(height)s AND %(lat)s + %(height)s
        AND l.longitude BETWEEN %(lon)s - %(width)s AND %(lon)s + %(width)s
        AND EXISTS (
            SELECT FROM partners_serviceatlocation t
            JOIN partners_service s ON s.id = t.service_id
            LEFT JOIN partners_listing g ON g.service_id = s.id
            WHERE t.location_id = l.id AND t.gone_on IS NULL AND s.gone_on IS NULL
                AND s.status = 'active'
                AND (%(language)s = '' OR g.languages @> ARRAY[%(language)s]::varchar[])
        )
), near AS (
    SELECT what, id, lat, lon, 2 * %(earth)s * asin(sqrt(
        pow(sin(radians(lat - %(lat)s) / 2), 2) + cos(radians(%(lat)s)) * cos(radians(lat))
        * pow(sin(radians(lon - %(lon)s) / 2), 2))) AS miles
    FROM spot WHERE lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180
)
SELECT what, id, lat, lon, count(*) OVER () FROM near WHERE miles <= %(most)s
ORDER BY miles, what, id LIMIT %(rows)s OFFSET %(skip)s
"""


@dataclass(frozen=True)
class Spot:
    """One thing on the list; `number` stands on the map, and is 0 for what is not on it yet."""

    number: int
    kind: str
    name: str
    service: int | None = None  # its page tells more
    about: str = ""
    languages: Sequence[str] = ()
    where: str = ""
    who: str = ""
    reach: str = ""
    miles: float = 0.0
    way: str = ""
    point: Point | None = None

    @property
    def kind_name(self) -> str:
        return str(_("Services") if self.kind == SERVICE else Asset.Kind(self.kind).label)

    @property
    def spoken(self) -> str:
        return ", ".join(str(language_name(code)) for code in self.languages)

    @property
    def far(self) -> str:
        return f"{self.miles:.1f}"


@dataclass(frozen=True)
class Around:
    """One page of it, how many there are in all, and what has no place yet."""

    spots: list[Spot] = field(default_factory=list)
    found: int = 0
    not_yet: list[Spot] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    kind: str = ""
    language: str = ""
    page: int = 1


def around(place: SchoolPlace | None, asked: Asked) -> Around:
    """Five queries at most. Nothing here is of a student, and of a person only what the person
    said yes to."""
    not_yet = _not_on_the_map(place, asked)
    if place is None:
        return Around(not_yet=not_yet)
    middle = Point(place.latitude, place.longitude)
    rows = _nearest(middle, asked)
    keys = {what: [row[1] for row in rows if row[0] == what] for what in ("asset", SERVICE)}
    assets = Asset.objects.shown().select_related("location__organization").in_bulk(keys["asset"])
    places = _places(keys[SERVICE])
    first = (asked.page - 1) * ROWS + 1
    spots = []
    for number, (what, pk, latitude, longitude, _all) in enumerate(rows, start=first):
        point = Point(latitude, longitude)
        found = of_asset(assets[pk]) if what == "asset" else places[pk]
        spots.append(_numbered(found, number, middle, point))
    return Around(spots, rows[0][4] if rows else 0, not_yet)


def of_asset(asset: Asset, **more: Any) -> Spot:
    """What everybody reads of it."""
    place = asset.location
    named = (place.name or getattr(place.organization, "name", "")) if place else ""
    return Spot(
        0, asset.kind, asset.name, about=asset.about, languages=asset.languages,
        where=named or asset.address, who=asset.called, reach=asset.reached, **more,
    )  # fmt: skip


def languages_heard() -> set[str]:
    """Every language that leads somewhere."""
    heard: set[str] = set(
        Tally.objects.filter(kind=Tally.Kind.LANGUAGE).values_list("key", flat=True)
    )
    for codes in Asset.objects.shown().exclude(languages=[]).values_list("languages", flat=True):
        heard.update(codes)
    return heard


def school_places() -> list[SchoolPlace]:
    rows = SchoolPlace.objects.filter(school__gone_on=None).select_related("school")
    return list(rows.order_by("school__name", "pk"))


def _nearest(middle: Point, asked: Asked) -> list[Any]:
    box = drawn.box(middle, MOST_MILES)
    said: dict[str, str | int | float] = {
            "kind": asked.kind, "language": asked.language, "lat": middle.latitude,
            "lon": middle.longitude, "height": box.latitude, "width": box.longitude,
            "earth": drawn.EARTH_IN_MILES, "most": MOST_MILES, "rows": ROWS,
            "skip": (asked.page - 1) * ROWS}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, said)
        return list(cursor.fetchall())


def _places(keys: list[int]) -> dict[int, Spot]:
    """The directory's places, each with what is offered there."""
    if not keys:
        return {}
    offered: dict[int, list[Any]] = {}
    rows = ServiceAtLocation.objects.current().filter(
        location__in=keys, service__status="active", service__gone_on=None
    )
    for row in rows.select_related("service__listing").order_by("service__name", "pk"):
        offered.setdefault(row.location_id, []).append(row.service)
    found = Location.objects.select_related("organization").in_bulk(keys)
    return {key: _of_place(place, offered.get(key, [])) for key, place in found.items()}


def _of_place(place: Location, services: list[Any]) -> Spot:
    heard: dict[str, None] = {}
    for service in services:
        listing = getattr(service, "listing", None)
        heard.update(dict.fromkeys(listing.languages if listing else []))
    names = [service.name for service in services]
    about = ", ".join(names[:3])
    if len(names) > 3:
        more = len(names) - 3
        about += " " + ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
    by = place.organization.name if place.organization else ""
    return Spot(
        0, SERVICE, place.name or by, about=about, languages=list(heard),
        where=by if by != place.name else "", service=services[0].pk if services else None,
    )  # fmt: skip


def _numbered(spot: Spot, number: int, middle: Point, point: Point) -> Spot:
    miles = drawn.miles_between(middle, point)
    way = str(WAYS[drawn.direction(middle, point)]) if miles >= 0.05 else ""
    return replace(spot, number=number, miles=miles, way=way, point=point)


def _not_on_the_map(place: SchoolPlace | None, asked: Asked) -> list[Spot]:
    """Shown, and nobody has said yet where it is."""
    if asked.kind == SERVICE or asked.page > 1:
        return []
    rows = Asset.objects.shown().select_related("location__organization")
    if place is not None:
        rows = rows.filter(Q(location=None) | Q(location__latitude=None), latitude=None)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.language:
        rows = rows.filter(languages__contains=[asked.language])
    return [of_asset(asset) for asset in rows.order_by("name", "pk")[:NOT_YET_AT_MOST]]
