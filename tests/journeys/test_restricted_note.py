"""What Amina keeps for a few: Tom finds it on no page, in no search, in no file and in no mail."""

import pytest

from hearth.kit.once import FORM
from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person
from tests.journeys.people import Someone
from tests.journeys.serving import House
from tests.journeys.steps import DIEGO, asks, fetches, path_of, text_of

SECRET = "zarzamora"  # a word that stands nowhere else
NOTE = f"He asked that nobody hears of the {SECRET} before his aunt does."
WRITTEN.add(NOTE)
SAID = {
    "en": ("He keeps the whole garden alive.", "He is tired on Mondays."),
    "es": ("Cuida todo el jardín.", "Los lunes llega cansado."),
}


# The walls do not depend on the width: English at a desk, Spanish on a phone.
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_tom_finds_aminas_restricted_note_nowhere(
    person: Person, house: House, language: str, width: int
) -> None:
    tom = person("tom", language=language, width=width)
    referral = asks(tom, DIEGO, *SAID[language], "Feelings and friendships")
    amina = person("amina", language=language, width=width)
    amina_writes_it(amina, referral)
    student = page_of_diego(tom)
    for path in (referral, student, "/", "/referrals/mine/"):
        tom.goes_to(path)
        tom.looks_closely()
        assert SECRET not in tom.page.content(), f"Tom finds it at {path}"
    assert SECRET not in text_of(fetches(tom, f"{student}print/"))
    tom_is_refused(tom, f"{referral}notes/restricted/")
    tom_is_refused(tom, "/referrals/exports/new/")
    for somebody in (tom, person("grace", language=language, width=width)):
        nobody_finds_it_by_searching(somebody)
    assert SECRET.encode() not in the_file_that_rosa_takes_out(person("rosa"))
    for file in house.kept():
        assert SECRET.encode() not in file.read_bytes(), f"it stands in {file.name}"


def amina_writes_it(amina: Someone, referral: str) -> None:
    """She reads it herself once, by a deliberate act."""
    amina.goes_to(referral)
    amina.lands_on("what comes next?")
    amina.presses("Write a note")
    amina.field("Note").fill(NOTE)
    amina.page.get_by_label(amina.says("Only for those who may read restricted notes")).check()
    amina.page.locator("#act form button", has_text=amina.says("Keep the note")).click()
    amina.page.locator("#act form").wait_for(state="detached")
    amina.does_not_see(SECRET)
    amina.presses("Open it")
    amina.lands_on("What is kept for a few?")
    amina.sees(NOTE)


def page_of_diego(tom: Someone) -> str:
    tom.goes_to("/search?q=obrien")
    tom.page.get_by_role("link", name="Diego").first.click()
    tom.lands_on(DIEGO)
    return path_of(tom)


def tom_is_refused(tom: Someone, path: str) -> None:
    answer = tom.page.context.request.get(tom.address + path)
    assert answer.status in (403, 404), f"{path} answers {answer.status}"
    assert SECRET not in answer.text()


def nobody_finds_it_by_searching(somebody: Someone) -> None:
    """The page repeats the word that was typed, and nothing else of the note."""
    somebody.goes_to(f"/search?q={SECRET}")
    somebody.lands_on("Whom are you looking for?")
    somebody.sees("Nobody found")
    assert "before his aunt" not in somebody.page.content()


def the_file_that_rosa_takes_out(rosa: Someone) -> bytes:
    """Every open referral as a file; it is made behind the page, and the page asks for it."""
    rosa.goes_to("/referrals/exports/new/")
    rosa.lands_on("What would you take out?")
    assert f"{FORM}=" in rosa.page.url
    rosa.presses("Make the file")
    rosa.lands_on("What was taken out?")
    link = rosa.page.locator('main a[href$="/file/"]').first
    link.wait_for(timeout=60_000)
    rosa.looks_closely()
    file = fetches(rosa, link.get_attribute("href") or "")
    assert b"Diego" in file
    return file
