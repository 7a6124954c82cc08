"""The quilt tells what is there and what is not, and nothing that could be added up."""

from typing import Any

import pytest

from hearth.framework.elements import elements
from hearth.framework.quilt import Part, Tile, quilt, said_where
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.framework.words import FrameworkError

COTTONWOOD, SYCAMORE, LARKSPUR = 1, 2, 3
ONE = {COTTONWOOD: "Cottonwood"}
THREE = {COTTONWOOD: "Cottonwood", SYCAMORE: "Sycamore", LARKSPUR: "Larkspur"}
KEY = "pillar.integrated_supports"


def said(side: Side, text: str, **more: Any) -> Said:
    return Said(side, text, more.pop("school", COTTONWOOD), **more)


def first(*lines: Said, schools: dict[int, str] | None = None) -> Tile:
    return quilt([{KEY: lines}], schools or ONE, "en")[0]


def part_of(tile: Tile, side: Side) -> Part:
    return next(part for part in tile.parts if part.side == side)


def test_sixteen_tiles_in_the_frameworks_order() -> None:
    tiles = quilt([], ONE, "en")
    assert len(tiles) == 16
    assert tiles[0].name == "Integrated Student Supports"
    assert tiles[-1].name == "Integrating and Aligning with Other Relevant Programs"


def test_an_empty_tile_says_what_would_fill_it_and_who_can_do_it() -> None:
    for language in ("en", "es"):
        for tile in quilt([], ONE, language):
            assert tile.is_empty
            assert tile.fill.count(".") >= 2, "one sentence for what, one for whom"
    assert {one.key for one in elements() if one.fill} == {one.key for one in elements()}


def test_a_tile_holds_its_four_things_in_their_order_whichever_room_spoke_first() -> None:
    missing: Spoken = {KEY: [said(Side.MISSING, "Places in the evening")]}
    rest: Spoken = {
        KEY: [
            said(Side.CHANGED, "Answers come sooner"),
            said(Side.HEARD, "It is good to be called back"),
            said(Side.DOING, "A team meets"),
        ]
    }
    tile = quilt([missing, rest], ONE, "en")[0]
    assert [part.name for part in tile.parts] == ["We do", "We heard", "It changed", "Missing"]
    assert tile.gap == ""


def test_a_strength_stands_before_a_need() -> None:
    tile = first(
        said(Side.HEARD, "Lunch is loud"), said(Side.HEARD, "We are known here", strength=True)
    )
    heard = part_of(tile, Side.HEARD)
    assert heard.first.text == "We are known here"
    assert heard.more == 1


def test_what_is_not_told_is_said_and_never_called_bad() -> None:
    doing = said(Side.DOING, "A team meets")
    heard, changed = said(Side.HEARD, "Good"), said(Side.CHANGED, "Sooner")
    assert first(doing).gap == "What people say of it, and what changed, is not told here yet."
    assert first(doing, heard).gap == "What changed is not told here yet."
    assert first(doing, changed).gap == "What people say of it is not told here yet."
    assert first(said(Side.MISSING, "A team")).is_empty


def test_of_several_schools_the_same_words_stand_once_with_how_many_and_no_rank() -> None:
    lines = [
        said(Side.DOING, "A team meets", school=LARKSPUR, count=4),
        said(Side.DOING, "A team meets", school=COTTONWOOD, count=9),
    ]
    line = part_of(first(*lines, schools=THREE), Side.DOING).first
    assert line.where == "at 2 of 3 schools"
    assert [thing.text for thing in line.behind] == ["Cottonwood", "Larkspur"], "in their own order"
    assert line.count == 13
    assert said_where(3, 3) == "at every school"
    assert said_where(1, 3) == "at one of 3 schools"


def test_what_more_schools_share_stands_before_what_one_says_alone() -> None:
    alone = said(Side.DOING, "A garden", school=LARKSPUR)
    both = [said(Side.DOING, "A team meets", school=one) for one in (SYCAMORE, COTTONWOOD)]
    doing = part_of(first(alone, *both, schools=THREE), Side.DOING)
    assert [line.text for line in doing.lines] == ["A team meets", "A garden"]


def test_at_one_school_it_goes_without_saying_where() -> None:
    line = part_of(first(said(Side.DOING, "A team meets")), Side.DOING).first
    assert (line.where, line.behind) == ("", ())


def test_what_stands_behind_it_names_its_school_where_there_are_several() -> None:
    lines = [
        said(Side.HEARD, "Spoken of", school=one, url=f"/r/{one}/", behind=(Behind("Garden"),))
        for one in (COTTONWOOD, SYCAMORE)
    ]
    line = part_of(first(*lines, schools=THREE), Side.HEARD).first
    assert [thing.text for thing in line.behind] == ["Cottonwood: Garden", "Sycamore: Garden"]
    assert line.url == "", "two lists, and so none that holds them all"


def test_a_room_that_names_an_unknown_element_is_refused() -> None:
    with pytest.raises(FrameworkError, match=r"pillar\.kindness"):
        quilt([{"pillar.kindness": [said(Side.DOING, "x")]}], ONE, "en")


def test_linh_and_rosa_each_read_their_own_language() -> None:
    assert quilt([], ONE, "es")[0].name == "Apoyos integrados para estudiantes"
    assert quilt([], ONE, "vi")[0].name == "Integrated Student Supports"


def test_every_tile_names_its_source() -> None:
    assert all(tile.cited.endswith("2022") and tile.url for tile in quilt([], ONE, "en"))
