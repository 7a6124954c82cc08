"""Amina writes a plan with Minh Anh and her mother, Tom counts on his phone, Linh reads it all."""

from datetime import timedelta

import pytest

from tests.journeys.conftest import Person
from tests.journeys.people import Someone
from tests.journeys.steps import MINH_ANH, path_of, today

SAID = {
    "en": {
        "student": "I want to read the captions of my maps aloud.",
        "family": "She reads to her little cousin every evening.",
        "goal": "Read a page aloud in front of two friends.",
        "what": "Reads with a partner, from books about maps.",
        "often": "three times a week, ten minutes",
        "title": "Words read aloud in one minute",
        "unit": "words",
    },
    "es": {
        "student": "Quiero leer en voz alta los nombres de mis mapas.",
        "family": "Cada noche le lee a su primita.",
        "goal": "Leer una página en voz alta ante dos amigas.",
        "what": "Lee con una compañera libros sobre mapas.",
        "often": "tres veces por semana, diez minutos",
        "title": "Palabras leídas en voz alta en un minuto",
        "unit": "palabras",
    },
}
BELOW_THE_LINE = {21: "42", 14: "43", 7: "42", 0: "44"}  # days ago, and the count


# Amina writes at a desk; Tom counts and Linh reads on phones, as they would.
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_plan_is_written_counted_looked_at_and_read_at_home(
    person: Person, language: str
) -> None:
    said = SAID[language]
    amina = person("amina", language=language)
    plan = amina_writes_the_plan(amina, said)
    measure = amina_says_what_is_counted(amina, said)
    tom = person("tom", width=390, language=language)
    tom_counts(tom, plan, measure)
    amina_is_asked_to_look(amina, measure)
    linh_reads_it(person("linh", width=390, language=language), plan, said)


def amina_writes_the_plan(amina: Someone, said: dict[str, str]) -> str:
    amina.goes_to("/search?q=nguyen")
    amina.page.get_by_role("link", name=MINH_ANH).first.click()
    amina.lands_on(MINH_ANH)
    amina.page.locator('main a[href^="/referrals/students/"]').first.click()
    amina.lands_on("what is in place, and does it help?")
    amina.presses("Write a plan")
    amina.lands_on("What do we want to do together?")
    amina.writes("What does the student say?", said["student"])
    amina.writes("What does the family say?", said["family"])
    amina.writes("What is the goal?", said["goal"])
    amina.writes("What is done?", said["what"])
    amina.field("Who does it?").select_option(label="Tom Becker")
    amina.writes("How often?", said["often"])
    amina.presses("Write the plan")
    amina.lands_on("what do we do together?")
    amina.sees(said["student"])
    amina.sees("Draws whole worlds")
    return path_of(amina)


def amina_says_what_is_counted(amina: Someone, said: dict[str, str]) -> str:
    amina.page.locator('main a[href$="/measures/"]').first.click()
    amina.lands_on("How will you see that it helps?")
    amina.writes("What is counted?", said["title"])
    amina.writes("In what?", said["unit"])
    amina.field("How many at the start?").fill("40")
    amina.field("Counted on which day?").fill((today() - timedelta(days=35)).isoformat())
    amina.field("How many are hoped for?").fill("80")
    amina.field("By which day?").fill((today() + timedelta(days=35)).isoformat())
    amina.presses("Begin counting")
    amina.lands_on("what do we do together?")
    amina.page.locator("main a", has_text=amina.says("Every count")).first.click()
    amina.lands_on("How does it go?")
    amina.sees("Keep counting.")
    return path_of(amina)


def tom_counts(tom: Someone, plan: str, measure: str) -> None:
    """A number and one press, four times; the picture and the same as a table grow with it."""
    tom.goes_to(plan)
    tom.lands_on("what do we do together?")
    for days_ago, value in BELOW_THE_LINE.items():
        tom.goes_to(f"{measure}count/")
        tom.lands_on("How many today?")
        tom.field("How many?").fill(value)
        tom.field("On which day?").fill((today() - timedelta(days=days_ago)).isoformat())
        tom.presses("Keep the count")
        tom.lands_on("How does it go?")
    chart = tom.page.locator("figure.k-chart")
    assert chart.locator("svg").first.is_visible()
    chart.locator("summary").click()
    tom.looks_closely()
    rows = chart.locator("tbody tr")
    assert rows.count() >= len(BELOW_THE_LINE)
    assert "44" in rows.last.inner_text() or "44" in rows.first.inner_text()


def amina_is_asked_to_look(amina: Someone, measure: str) -> None:
    """The counts prompt; people decide."""
    amina.goes_to(measure)
    amina.lands_on("How does it go?")
    amina.sees("This is not helping yet. Look at it together.")
    amina.sees("Check first that it was done as planned.")


def linh_reads_it(linh: Someone, plan: str, said: dict[str, str]) -> None:
    linh.lands_on("How is school going?")
    linh.presses_beside(MINH_ANH, "See the page")
    linh.lands_on(MINH_ANH)
    linh.sees(said["goal"])
    linh.sees("Who looked lately")
    linh.page.locator(f'main a[href="{plan}"]').first.click()
    linh.lands_on("what do we do together?")
    linh.sees(said["family"])
    linh.sees("Tom Becker")
    assert not linh.finds("Look at it together").count()
    linh.goes_to(f"{plan}who-can-see/")
    linh.lands_on("Who can see this plan?")
    linh.sees("Amina Yusuf")
