"""A plain map out of points: where each mark stands, which rings are drawn, how far and which way
each point is. Plain values in, plain values out; north is up and the school is in the middle.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HALF = 160.0
"""Half the side of the drawing, in its own units."""
EDGE = 18.0
"""So much of it stays free around the outermost ring."""
APART = 31.0
"""Two marks stand at least so far from each other."""
ROUNDS = 150
RINGS = (
    (0.25, 0.5), (0.25, 0.5, 0.75), (0.5, 1), (0.5, 1, 1.5), (1, 2), (1, 2, 3), (2, 4), (2, 4, 6),
    (5, 10),
)  # fmt: skip
"""In miles. The smallest set that holds every point is drawn."""
EARTH_IN_MILES = 3958.8
EQUATOR_IN_MILES = 2 * math.pi * EARTH_IN_MILES
TILE = 256
MOST_ZOOM = 17


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Mark:
    """Where a number stands; and where its place really is, if the mark had to make room."""

    x: float
    y: float
    true_x: float
    true_y: float

    @property
    def is_moved(self) -> bool:
        return math.hypot(self.x - self.true_x, self.y - self.true_y) > APART / 2


@dataclass(frozen=True)
class Ring:
    miles: float
    radius: float


@dataclass(frozen=True)
class Tile:
    """One square of a background map, if a server of such is set."""

    zoom: int
    column: int
    row: int
    x: float
    y: float
    side: float


def rings_for(farthest: float) -> list[Ring]:
    chosen = next((one for one in RINGS if one[-1] >= farthest), RINGS[-1])
    scale = (HALF - EDGE) / chosen[-1]
    return [Ring(miles, miles * scale) for miles in chosen]


def marks(middle: Point, points: Sequence[Point], rings: Sequence[Ring]) -> list[Mark]:
    """Each at its place; where several would cover each other, they move apart."""
    true = [_place(middle, point, rings) for point in points]
    # The school stands there first, and the words of the rings; they do not move.
    settled = _apart([(0.0, 0.0), *((0.0, label_at(ring)) for ring in rings)], true)
    return [Mark(x, y, tx, ty) for (x, y), (tx, ty) in zip(settled, true, strict=True)]


def label_at(ring: Ring) -> float:
    """How far up its words stand, just inside of it."""
    return 10 - ring.radius


def tiles(middle: Point, rings: Sequence[Ring]) -> list[Tile]:
    """The squares of the usual tiling of the earth that lie under the drawing."""
    world = _world(middle, rings)
    zoom = max(0, min(MOST_ZOOM, math.ceil(math.log2(world / TILE / 1.5))))
    side = world / 2**zoom
    across, down = (part * world for part in _normal(middle))
    columns = range(int((across - HALF) // side), int((across + HALF) // side) + 1)
    lines = range(int((down - HALF) // side), int((down + HALF) // side) + 1)
    return [
        Tile(zoom, column, line, column * side - across, line * side - down, side)
        for column in columns
        for line in lines
        if 0 <= line < 2**zoom and 0 <= column < 2**zoom
    ]


def point_at(middle: Point, rings: Sequence[Ring], x: float, y: float) -> Point:
    """The place under a finger that came down at x, y of the drawing."""
    world = _world(middle, rings)
    across, down = _normal(middle)
    longitude = (across + x / world) * 360 - 180
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (down + y / world)))))
    return Point(round(latitude, 5), round(longitude, 5))


def miles_between(one: Point, other: Point) -> float:
    """In a straight line over the ground."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * (
        math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    )
    return 2 * EARTH_IN_MILES * math.asin(math.sqrt(half))


def box(middle: Point, miles: float) -> Point:
    """So many degrees up and down, and to either side, hold everything that is so near."""
    height = math.degrees(miles / EARTH_IN_MILES)
    return Point(height, height / max(math.cos(math.radians(middle.latitude)), 0.01))


def direction(one: Point, other: Point) -> int:
    """Which of eight winds: 0 is north, 2 is east."""
    east = (other.longitude - one.longitude) * math.cos(math.radians(one.latitude))
    angle = math.degrees(math.atan2(east, other.latitude - one.latitude))
    return round(angle / 45) % 8


def _place(middle: Point, point: Point, rings: Sequence[Ring]) -> tuple[float, float]:
    world = _world(middle, rings)
    (a, b), (c, d) = _normal(middle), _normal(point)
    return (c - a) * world, (d - b) * world


def _world(middle: Point, rings: Sequence[Ring]) -> float:
    """How wide the whole earth would be drawn at this size."""
    scale = rings[-1].radius / rings[-1].miles
    return scale * EQUATOR_IN_MILES * math.cos(math.radians(middle.latitude))


def _normal(point: Point) -> tuple[float, float]:
    """On the square map of the earth (Mercator's) that tiles are cut from, from 0 to 1."""
    bent = math.asinh(math.tan(math.radians(point.latitude)))
    return (point.longitude + 180) / 360, (1 - bent / math.pi) / 2


def _apart(
    fixed: Sequence[tuple[float, float]], places: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Push what is too near apart, a little each round, and never what is fixed. Two at the very
    same spot part by their number, so that the same list is always drawn the same."""
    spots = [list(place) for place in (*fixed, *places)]
    for _round in range(ROUNDS):
        moved = False
        for i in range(len(fixed), len(spots)):
            for j in range(i):
                moved |= _push(spots[i], spots[j], i, alone=j < len(fixed))
        _keep_inside(spots[len(fixed) :])
        if not moved:
            break
    return [(x, y) for x, y in spots[len(fixed) :]]


def _push(one: list[float], other: list[float], number: int, *, alone: bool) -> bool:
    """Part these two, if they are too near; `alone` says that the other may not move."""
    x, y = one[0] - other[0], one[1] - other[1]
    far = math.hypot(x, y)
    if far >= APART - 0.5:
        return False
    if far < 0.01:
        x, y, far = math.cos(number * 2.4), math.sin(number * 2.4), 1.0
    share = (APART - min(far, APART)) * (1.0 if alone else 0.5)
    one[0] += x / far * share
    one[1] += y / far * share
    if not alone:
        other[0] -= x / far * share
        other[1] -= y / far * share
    return True


def _keep_inside(spots: list[list[float]]) -> None:
    most = HALF - APART / 2
    for spot in spots:
        spot[0] = max(-most, min(most, spot[0]))
        spot[1] = max(-most, min(most, spot[1]))
