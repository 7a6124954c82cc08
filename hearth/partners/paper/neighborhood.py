"""The neighborhood drawn: rings of miles around the school, a shape for each kind, a number for
each thing of the list. On a page, as a picture to point at, and on paper for a wall."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.kit.document import pdf
from hearth.kit.tokens import colors
from hearth.partners.models import Asset, SchoolPlace
from hearth.partners.paper.hand_out import code_to
from hearth.partners.reading.neighborhood import SERVICE, Spot
from hearth.partners.rules import drawn
from hearth.partners.rules.drawn import Point
from hearth.schools.models import District

WALL = "partners/typst/wall.typ"
SVG = "partners/map.svg"
SIZE = 14.0
"""From the middle of a mark to its corners."""


def _corners(count: int, turned: float = -90.0, *, size: float = SIZE, inner: float = 1.0) -> str:
    """The points of a shape: a star where every other corner is drawn in."""
    points = []
    for number in range(count):
        angle = math.radians(turned + number * 360 / count)
        far = size * (inner if number % 2 else 1.0)
        points.append(f"{far * math.cos(angle):.1f},{far * math.sin(angle):.1f}")
    return " ".join(points)


# No two kinds share a shape, for whoever does not see colors; each leaves room for a number.
SHAPES = {
    Asset.Kind.PERSON.value: _corners(24),
    Asset.Kind.PLACE.value: _corners(4, -45, size=16),
    Asset.Kind.TRADITION.value: _corners(16, size=17, inner=0.76),
    Asset.Kind.CLUB.value: _corners(3, size=20),
    Asset.Kind.BUSINESS.value: _corners(4, size=18),
    Asset.Kind.CONGREGATION.value: _corners(5, size=16),
    SERVICE: _corners(6, 0, size=15),
}
COLORS = {
    Asset.Kind.PERSON.value: "series-2",
    Asset.Kind.PLACE.value: "series-1",
    Asset.Kind.TRADITION.value: "series-3",
    Asset.Kind.CLUB.value: "series-4",
    Asset.Kind.BUSINESS.value: "line-strong",
    Asset.Kind.CONGREGATION.value: "series-6",
    SERVICE: "ink-soft",
}


@dataclass(frozen=True)
class Drawn:
    """One mark, its numbers written as the picture wants them in every language."""

    number: int
    kind: str
    points: str
    fill: str
    x: str
    y: str
    true_x: str
    true_y: str
    moved: bool


@dataclass(frozen=True)
class Drawing:
    title: str
    rings: list[tuple[str, str, str]]
    marks: list[Drawn]
    tiles: list[dict[str, str]]
    palette: dict[str, str]
    credit: str = ""


def drawing(place: SchoolPlace, spots: Sequence[Spot], *, plain: bool = False) -> Drawing:
    """`plain` leaves out a background, on paper and where a finger points."""
    middle = Point(place.latitude, place.longitude)
    placed = [(spot, spot.point) for spot in spots if spot.point is not None]
    rings = drawn.rings_for(max((spot.miles for spot, _point in placed), default=1.0))
    marks = drawn.marks(middle, [point for _spot, point in placed], rings)
    palette = colors()
    tiles = [] if plain else _tiles(middle, rings)
    return Drawing(
        title=ngettext(
            "Map of %(count)d thing around %(school)s; the list says the same",
            "Map of %(count)d things around %(school)s; the list says the same",
            len(placed),
        )
        % {"count": len(placed), "school": place.school.name},
        rings=[
            (_said(ring.radius), _said(drawn.label_at(ring) + 4), _miles(ring.miles))
            for ring in rings
        ],
        marks=[_drawn(spot, mark, palette) for (spot, _p), mark in zip(placed, marks, strict=True)],
        tiles=tiles,
        palette={name.replace("-", "_"): value for name, value in palette.items()},
        credit=settings.HEARTH.map_credit if tiles else "",
    )


def legend(spots: Sequence[Spot]) -> list[tuple[str, str, str]]:
    """Each kind on the page: its shape, its color, its name."""
    palette, names = colors(), {spot.kind: spot.kind_name for spot in spots if spot.number}
    return [(SHAPES[kind], palette[COLORS[kind]], names[kind]) for kind in SHAPES if kind in names]


def picture(place: SchoolPlace) -> str:
    """The empty map, to point at."""
    return render_to_string(SVG, {"map": drawing(place, [], plain=True)})


def wall(place: SchoolPlace | None, spots: Sequence[Spot], not_yet: Sequence[Spot],
         district: District, address: str) -> bytes:  # fmt: skip
    """On paper, for the wall at a meeting: the map, the list in large letters, how to add to it."""
    svg = render_to_string(SVG, {"map": drawing(place, spots, plain=True)}) if place else ""
    return pdf(
        WALL,
        {
            "title": _("What our neighborhood has"),
            "lead": place.school.name if place else district.name,
            "map": svg,
            "map_says": _("A map; the list says the same."),
            "lines": [_line(spot) for spot in (*spots, *not_yet)],
            "legend": [
                {"shape": _shape(points, fill), "name": name}
                for points, fill, name in legend(spots)
            ],
            "add": _("What is missing? Tell us:"),
            "address": address.partition("://")[2],
            "code": code_to(address),
            "code_says": _("A code that opens %(address)s") % {"address": address},
            "foot": _("People are named here with their own yes."),
        },
    )


def _line(spot: Spot) -> dict[str, str]:
    parts = (spot.kind_name, spot.who, spot.reach, spot.where, spot.spoken)
    return {
        "number": str(spot.number) if spot.number else "·",
        "name": spot.name,
        "more": " · ".join(part for part in parts if part),
    }


def _shape(points: str, fill: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-21 -21 42 42">'
        f'<polygon points="{points}" fill="none" stroke="{fill}" stroke-width="4"/></svg>'
    )


def _drawn(spot: Spot, mark: drawn.Mark, palette: dict[str, str]) -> Drawn:
    return Drawn(
        spot.number, spot.kind, SHAPES[spot.kind], palette[COLORS[spot.kind]], _said(mark.x),
        _said(mark.y), _said(mark.true_x), _said(mark.true_y), mark.is_moved,
    )  # fmt: skip


def _tiles(middle: Point, rings: Sequence[drawn.Ring]) -> list[dict[str, str]]:
    address = settings.HEARTH.map_tiles
    if not address:
        return []
    return [
        {
            "url": address.replace("{z}", str(tile.zoom)).replace("{x}", str(tile.column))
            .replace("{y}", str(tile.row)),
            "x": _said(tile.x), "y": _said(tile.y), "side": _said(tile.side + 0.2),
        }
        for tile in drawn.tiles(middle, rings)
    ]  # fmt: skip


def _miles(miles: float) -> str:
    """In words: a quarter and a half of a mile have signs of their own."""
    number = {0.25: "¼", 0.5: "½", 0.75: "¾", 1.5: "1½"}.get(miles, f"{miles:g}")
    return ngettext("%(number)s mile", "%(number)s miles", max(1, math.ceil(miles))) % {
        "number": number
    }


def _said(number: float) -> str:
    return f"{number:.1f}"
