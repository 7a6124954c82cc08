"""A plain map out of points: the nearest ring, marks that cover no other, tiles under it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hearth.partners.rules import drawn
from hearth.partners.rules.drawn import HALF, Mark, Point

SCHOOL = Point(36.9836, -120.0640)
LIBRARY = Point(36.9799, -120.0615)
degrees = some.floats(-0.05, 0.05)
points = some.lists(some.builds(lambda a, b: Point(SCHOOL.latitude + a, SCHOOL.longitude + b),
                                degrees, degrees), max_size=20)  # fmt: skip


def distance(one: Mark, other: Mark) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@pytest.mark.parametrize(
    ("farthest", "rings"),
    [
        (0.1, [0.25, 0.5]),
        (0.6, [0.25, 0.5, 0.75]),
        (0.8, [0.5, 1]),
        (2.5, [1, 2, 3]),
        (9.9, [5, 10]),
        (40, [5, 10]),
    ],
)
def test_the_smallest_rings_that_hold_everything(farthest: float, rings: list[float]) -> None:
    drawn_rings = drawn.rings_for(farthest)
    assert [ring.miles for ring in drawn_rings] == rings
    assert drawn_rings[-1].radius < HALF


def test_north_is_up_and_a_mile_is_a_mile() -> None:
    rings = drawn.rings_for(1)
    north = Point(SCHOOL.latitude + 1 / 69.0, SCHOOL.longitude)
    [mark] = drawn.marks(SCHOOL, [north], rings)
    assert mark.true_x == pytest.approx(0, abs=0.5)
    assert mark.true_y == pytest.approx(-rings[-1].radius, rel=0.01)
    assert drawn.miles_between(SCHOOL, north) == pytest.approx(1, rel=0.01)
    assert drawn.direction(SCHOOL, north) == 0


def test_the_library_is_to_the_southeast() -> None:
    assert drawn.direction(SCHOOL, LIBRARY) == 3
    assert drawn.miles_between(SCHOOL, LIBRARY) == pytest.approx(0.29, abs=0.02)


def test_three_in_one_building_stand_beside_each_other() -> None:
    marks = drawn.marks(SCHOOL, [LIBRARY] * 3, drawn.rings_for(0.3))
    pairs = [(0, 1), (0, 2), (1, 2)]
    assert min(distance(marks[a], marks[b]) for a, b in pairs) > drawn.APART * 0.95
    assert {(mark.true_x, mark.true_y) for mark in marks} == {(marks[0].true_x, marks[0].true_y)}


@settings(max_examples=40, deadline=None)
@given(points)
def test_every_mark_stays_on_the_paper_and_the_same_list_draws_the_same(
    spots: list[Point],
) -> None:
    rings = drawn.rings_for(5)
    marks = drawn.marks(SCHOOL, spots, rings)
    assert len(marks) == len(spots)
    assert all(abs(mark.x) <= HALF and abs(mark.y) <= HALF for mark in marks)
    assert marks == drawn.marks(SCHOOL, spots, rings)


@settings(max_examples=40, deadline=None)
@given(some.floats(-HALF, HALF), some.floats(-HALF, HALF))
def test_where_a_finger_points_is_where_the_mark_will_stand(x: float, y: float) -> None:
    rings = drawn.rings_for(1)
    there = drawn.point_at(SCHOOL, rings, x, y)
    mark = drawn.marks(SCHOOL, [there], rings)[0]
    assert (mark.true_x, mark.true_y) == pytest.approx((x, y), abs=0.2)


def test_the_tiles_cover_the_drawing_and_are_few() -> None:
    rings = drawn.rings_for(1)
    tiles = drawn.tiles(SCHOOL, rings)
    assert len(tiles) <= 16
    assert min(tile.x for tile in tiles) <= -HALF
    assert max(tile.x + tile.side for tile in tiles) >= HALF
    assert min(tile.y for tile in tiles) <= -HALF
    assert max(tile.y + tile.side for tile in tiles) >= HALF
    # The school is in the middle of the square that the usual arithmetic names for it.
    under = next(t for t in tiles if t.x <= 0 < t.x + t.side and t.y <= 0 < t.y + t.side)
    world = 2**under.zoom
    bent = math.asinh(math.tan(math.radians(SCHOOL.latitude)))
    assert under.column == int((SCHOOL.longitude + 180) / 360 * world)
    assert under.row == int((1 - bent / math.pi) / 2 * world)
