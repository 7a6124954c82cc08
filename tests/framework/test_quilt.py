"""The quilt tells what is there and what is not."""

import pytest
from django.template.loader import render_to_string

from hearth.framework.quilt import Doing, quilt
from hearth.framework.words import FrameworkError

REFERRALS = Doing("3 referrals wait for an answer", "/supports/")


def test_sixteen_tiles_in_the_frameworks_order() -> None:
    tiles = quilt({}, "en")
    assert len(tiles) == 16
    assert tiles[0].name == "Integrated Student Supports"
    assert tiles[-1].name == "Integrating and Aligning with Other Relevant Programs"


def test_an_empty_tile_says_that_everything_is_missing() -> None:
    tile = quilt({}, "en")[0]
    assert tile.doing == ()
    assert tile.heard == "Nothing recorded yet: listening has not begun here."
    assert tile.changed.startswith("Nothing recorded yet")
    assert tile.missing == "All three, so far."


def test_a_tile_shows_what_a_room_says_it_does_and_still_what_is_missing() -> None:
    first, *others = quilt({"pillar.integrated_supports": [REFERRALS]}, "en")
    assert first.doing == (REFERRALS,)
    assert first.missing == "What people say about it, and whether it helps."
    assert all(tile.doing == () for tile in others)


def test_a_room_that_names_an_unknown_element_is_refused() -> None:
    with pytest.raises(FrameworkError, match=r"pillar\.kindness"):
        quilt({"pillar.kindness": [REFERRALS]}, "en")


def test_linh_and_rosa_each_read_their_own_language() -> None:
    assert quilt({}, "es")[0].name == "Apoyos integrados para estudiantes"
    assert quilt({}, "vi")[0].name == "Integrated Student Supports"


def test_every_tile_names_its_source() -> None:
    assert all(tile.cited.endswith("2022") and tile.url for tile in quilt({}, "en"))


def shown(**doing: list[Doing]) -> str:
    """The page as a reader gets it, without a district or a person around it."""
    return render_to_string("framework/quilt.html", {"tiles": quilt(doing, "en")})


def test_the_page_shows_all_sixteen_and_links_to_what_is_done() -> None:
    page = shown(**{"pillar.integrated_supports": [REFERRALS]})
    assert page.count("<article") == 16
    assert '<a href="/supports/">3 referrals wait for an answer</a>' in page
    assert page.count("nothing is recorded here yet") == 15


def test_the_page_never_shows_a_score() -> None:
    page = shown()
    assert "There is no score." in page
    assert "%" not in page[page.index("<main") :]
