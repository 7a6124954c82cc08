"""A request for an assessment has its own clock; and who asked for support instead of discipline
is told what was done."""

import pytest

from tests.journeys.conftest import Person
from tests.journeys.steps import DIEGO, MINH_ANH, opens_the_form, path_of

SAID = {
    "en": {
        "strength": "She explains every game so that all can play.",
        "concern": "She reads far below what she understands when she listens.",
        "happened": "He pushed a chair over and left the room.",
        "hoped": "A quiet place and one adult to go to.",
        "done": "They walked around the garden and agreed on a card that says: I need a break.",
    },
    "es": {
        "strength": "Explica cada juego para que todos jueguen.",
        "concern": "Lee mucho menos de lo que entiende cuando escucha.",
        "happened": "Tiró una silla y salió del salón.",
        "hoped": "Un lugar tranquilo y un adulto a quien acudir.",
        "done": "Caminaron por el jardín y acordaron una tarjeta que dice: necesito una pausa.",
    },
}
# English at a desk, Spanish on a phone: each page in both languages and on both widths once.
SCREENS = pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])


@SCREENS
def test_an_assessment_starts_its_own_clock_beside_the_referral(
    person: Person, language: str, width: int
) -> None:
    # One request of a kind is open for a child at a time; so each language has its own child.
    said, child = SAID[language], {"en": MINH_ANH, "es": DIEGO}[language]
    tom = person("tom", language=language, width=width)
    opens_the_form(tom, child)
    tom.writes("What is going well?", said["strength"])
    tom.writes("What is hard just now?", said["concern"])
    tom.picks("Learning")
    tom.field("Is somebody asking for an assessment or a 504 plan?").select_option(
        value="special_education"
    )
    tom.presses("Send to the support team")
    tom.lands_on("Thank you for speaking up")
    tom.sees("An assessment was asked for, too")
    grace = person("grace", language=language, width=width)
    grace.goes_to("/referrals/assessments/")
    grace.looks_closely()
    grace.page.locator("main").get_by_role("link", name=child).first.click()
    grace.lands_on("which day comes next?")
    grace.sees("Plan due")
    grace.sees("This runs beside everything the support team does. Nothing has to be tried first.")
    grace.presses("The family has the plan")
    grace.lands_on("When did the family get the assessment plan?")
    grace.presses("The family has the plan")
    grace.lands_on("which day comes next?")
    grace.sees("Plan given")
    grace.sees("The family agreed")


@SCREENS
def test_tom_asks_for_support_instead_of_discipline_and_is_told(
    person: Person, language: str, width: int
) -> None:
    said = SAID[language]
    tom = person("tom", language=language, width=width)
    tom.goes_to("/referrals/instead/")
    tom.lands_on("What was done instead of discipline?")
    tom.presses("Ask for support instead of discipline")
    tom.page.get_by_role("link", name=DIEGO).first.click()
    tom.lands_on("What would help %(name)s now?", name=DIEGO)
    tom.writes("What is going well?", said["strength"])
    tom.writes("What happened?", said["happened"])
    tom.writes("Which support might help?", said["hoped"])
    tom.presses("Send to those who lead the school")
    tom.lands_on("what was done?")
    tom.sees("Nothing is written down yet.")
    asked = path_of(tom)
    grace = person("grace", language=language, width=width)
    grace.goes_to("/referrals/instead/")
    grace.lands_on("What was done instead of discipline?")
    grace.page.locator(f'main a[href="{asked}"]').first.click()
    grace.lands_on("what was done?")
    grace.presses("Write down what was done")
    grace.looks_closely()
    grace.writes("What was done?", said["done"])
    grace.page.locator("main form[method=post] button.btn-primary").click()
    grace.page.wait_for_url(f"**{asked}")
    grace.sees(said["done"])
    tom.goes_to(asked)
    tom.lands_on("what was done?")
    tom.sees(said["done"])
    tom.goes_to("/referrals/instead/")
    tom.sees("Written down and told")
