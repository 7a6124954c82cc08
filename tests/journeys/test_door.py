"""Diego's grandmother asks in Spanish with no account, from the address that stands on a poster."""

import re

import pytest

from tests.journeys.conftest import Person, Visitor
from tests.journeys.people import Someone
from tests.journeys.steps import DIEGO, fetches, path_of, sets_up_the_team, text_of

STRENGTH = "Arregla todo lo que se rompe en la casa."
CONCERN = "No quiere leer en voz alta y llora los domingos."
ANSWER = "Va a leer con un compañero dos veces por semana. ¿Podemos llamarle el jueves?"


# The grandmother has a phone and reads Spanish. Rosa sits at a desk, or stands in a corridor.
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_a_family_asks_at_the_door_and_reads_what_became_of_it(
    person: Person, visitor: Visitor, language: str, width: int
) -> None:
    rosa = person("rosa", language=language, width=width)
    sets_up_the_team(rosa)
    poster = rosa_prints_the_poster(rosa)
    grandmother = visitor(language="es", width=390)
    own_page = grandmother_asks(grandmother, poster)
    rosa_finds_out_who_is_meant(rosa)
    referral = rosa_answers(rosa)
    grandmother.goes_to(own_page)
    grandmother.lands_on("There is an answer for you")
    grandmother.sees(ANSWER)
    grandmother.does_not_see(DIEGO)
    grandmother.does_not_see("Rosa Delgado")
    nobody_else_opens_it(grandmother, referral)


def rosa_prints_the_poster(rosa: Someone) -> str:
    """The poster is a sheet with a code; the path in the code is what comes back."""
    rosa.goes_to("/referrals/door/posters/")
    rosa.lands_on("How do families find the door?")
    main = rosa.page.locator("main")
    address = main.locator('a[href*="/ask/"]').first.get_attribute("href") or ""
    sheet = main.locator('a[href$="/es/"]').first.get_attribute("href") or ""
    words = text_of(fetches(rosa, sheet))
    assert "Cottonwood Elementary" in words
    assert "español" in words.lower() or "ayud" in words.lower()
    return re.sub(r"^https?://[^/]+", "", address).partition("?")[0] + "?lang=es"


def grandmother_asks(grandmother: Someone, poster: str) -> str:
    """No account, no name of hers, no number: she will look at her own page."""
    grandmother.goes_to(poster)
    grandmother.lands_on("What could help?")
    assert grandmother.page.locator('a[href="tel:988"]').count()
    grandmother.picks("Family")
    grandmother.writes("Who is it about?", "Diego O'Brien")
    grandmother.writes("What is going well?", STRENGTH)
    grandmother.writes("What is hard just now?", CONCERN)
    grandmother.presses("Send")
    grandmother.lands_on("Thank you for speaking up")
    grandmother.does_not_see("Diego")
    return path_of(grandmother)


def rosa_finds_out_who_is_meant(rosa: Someone) -> None:
    rosa.goes_to("/referrals/door/")
    rosa.lands_on("Who knocked at the door?")
    rosa.presses("Diego O'Brien")
    rosa.lands_on("Who is meant?")
    rosa.sees(CONCERN)
    if not rosa.page.get_by_text(rosa.says("This is who is meant")).count():
        rosa.writes("Name of the student", "Diego")
        rosa.presses("Find")
    rosa.presses_beside("Diego", "This is who is meant")
    rosa.lands_on("Is it %(name)s who is meant?", name=DIEGO)
    rosa.picks("Learning")
    rosa.presses("Make it a referral")
    rosa.lands_on("what comes next?")
    rosa.sees(STRENGTH)


def rosa_answers(rosa: Someone) -> str:
    """Whoever asked at the door reads the same answer as the referral holds."""
    rosa.presses("Answer the person who asked")
    rosa.writes("Your answer", ANSWER)
    rosa.page.locator("#act form button", has_text=rosa.says("Send the answer")).click()
    rosa.page.locator("#act form").wait_for(state="detached")
    rosa.lands_on("what comes next?")
    rosa.sees(ANSWER)
    return path_of(rosa)


def nobody_else_opens_it(grandmother: Someone, referral: str) -> None:
    """What the school keeps opens only for those who sign in."""
    grandmother.goes_to(referral)
    grandmother.does_not_see(CONCERN)
    grandmother.lands_on("Who would you like to be?")
