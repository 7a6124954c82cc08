"""Linh, Joy, Helen and Grace: who sees whom, and what the page says to those who do not."""

import pytest

from tests.journeys.conftest import Person
from tests.journeys.people import Someone

EVERY_SCREEN = pytest.mark.parametrize(("language", "width"), [("en", 390), ("es", 1280)])


@EVERY_SCREEN
def test_linh_reads_who_can_see_her_daughters_page(
    person: Person, language: str, width: int
) -> None:
    linh = person("linh", language=language, width=width)
    linh.lands_on("How is school going?")
    linh.presses_beside("Minh Anh", "See the page")
    linh.lands_on("Minh Anh Nguyễn")
    linh.sees("What they love and are good at")
    linh.presses("Who can see this, and why")
    linh.lands_on("Who can see my child's page, who looked, and what was shared?")
    linh.sees("Tom Becker")
    linh.sees("Who looked lately")


@EVERY_SCREEN
def test_joy_of_another_school_is_told_kindly_that_nothing_is_here(
    person: Person, language: str, width: int
) -> None:
    diego = page_of_diego(person("tom"))
    joy = person("joy", language=language, width=width)
    joy.lands_on("What is waiting for me?")
    joy.goes_to(diego)
    joy.lands_on("This page is not here", forgiving="status of 404")
    joy.does_not_see("Diego")
    joy.presses("Go to Today")
    joy.lands_on("What is waiting for me?")


@EVERY_SCREEN
def test_helen_looks_through_toms_eyes_and_is_reminded_of_it(
    person: Person, language: str, width: int
) -> None:
    helen = person("helen", language=language, width=width)
    helen.goes_to("/me/view-as/?q=Tom")
    helen.lands_on("Through whose eyes do you want to look?")
    helen.presses_beside("Tom Becker", "Look")
    helen.lands_on("What is waiting for me?")
    ribbon = helen.page.locator('.k-ribbon[data-tone="attention"]')
    assert "Tom Becker" in ribbon.inner_text()
    helen.presses("Stop, and be myself again")
    ribbon.wait_for(state="detached")
    helen.looks_closely()


@EVERY_SCREEN
def test_grace_finds_a_child_by_any_spelling_of_the_name(
    person: Person, language: str, width: int
) -> None:
    grace = person("grace", language=language, width=width)
    for typed in ("nguyen", "Nguyễn", "minh ng"):
        grace.goes_to(f"/search?q={typed}")
        grace.sees("Minh Anh Nguyễn")
    grace.lands_on("Whom are you looking for?")
    grace.page.get_by_role("link", name="Minh Anh Nguyễn").first.click()
    grace.lands_on("Minh Anh Nguyễn")
    grace.sees("needs an interpreter")


def page_of_diego(tom: Someone) -> str:
    """The address of Diego's page, as his own teacher finds it."""
    tom.goes_to("/search?q=obrien")
    tom.page.get_by_role("link", name="Diego").first.click()
    tom.lands_on("Diego O'Brien-Ruiz")
    return tom.page.url
