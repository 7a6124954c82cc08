"""Tom asks on his phone between two lessons; and when somebody may not be safe, nobody waits."""

import pytest

from tests.journeys.conftest import Person
from tests.journeys.people import Someone
from tests.journeys.steps import DIEGO, opens_the_form, path_of, sets_up_the_team

# How people type on a phone: 36.2 words of five letters a minute. Palin and others, "How do People
# Type on Mobile Devices?", MobileHCI 2019, https://doi.org/10.1145/3338286.3340120
LETTERS_A_SECOND = 36.2 * 5 / 60
SECONDS_A_TAP = 2
SECONDS_AT_MOST = 60
TAPS_AT_MOST = 8
COUNTED = """
for (const [name, type] of [['taps', 'pointerdown'], ['keys', 'keydown']])
  addEventListener(type, event => event.isTrusted &&
    sessionStorage.setItem(name, 1 + Number(sessionStorage.getItem(name))), true);
"""
SAID = {
    "en": ("He helps whoever sits beside him.", "He gives up when a text is longer than a page."),
    "es": ("Ayuda a quien se sienta a su lado.", "Se rinde si un texto pasa de una página."),
}
DANGER = {
    "en": "He told me at recess that he wants to die.",
    "es": "Me dijo en el recreo que quiere morir.",
}
# A teacher asks from a phone; what the page needs at 1280 px is seen in the other journeys.
ON_A_PHONE = pytest.mark.parametrize("language", ["en", "es"])


@ON_A_PHONE
def test_tom_asks_within_a_minute_of_typing(person: Person, language: str) -> None:
    tom = person("tom", width=390, language=language)
    tom.lands_on("What is waiting for me?")
    tom.page.add_init_script(COUNTED)
    tom.page.reload()
    tom.presses("Ask for support")
    tom.lands_on("Who could use support?")
    tom.presses(DIEGO)
    tom.lands_on("What could help %(name)s?", name=DIEGO)
    assert empty_fields_that_must_be_filled(tom) == 3
    strength, concern = SAID[language]
    types(tom, "What is going well?", strength)
    types(tom, "What is hard just now?", concern)
    tom.picks("Learning")
    tom.presses("Send to the support team")
    tom.lands_on("Thank you for speaking up")
    taps, keys = counted(tom, "taps"), counted(tom, "keys")
    assert taps <= TAPS_AT_MOST
    # The browser is told a letter with an accent without a key of its own.
    assert keys >= sum(letter.isascii() for letter in strength + concern)
    assert keys / LETTERS_A_SECOND + taps * SECONDS_A_TAP < SECONDS_AT_MOST


@ON_A_PHONE
def test_when_diego_is_in_danger_help_stands_first_and_amina_is_sent_for(
    person: Person, language: str
) -> None:
    rosa = person("rosa")
    sets_up_the_team(rosa)
    tom = person("tom", width=390, language=language)
    opens_the_form(tom, DIEGO)
    tom.writes("What is going well?", SAID[language][0])
    tom.writes("What is hard just now?", DANGER[language])
    tom.picks("Feelings and friendships")
    tom.presses("Send to the support team")
    tom.lands_on("Is everybody safe just now?")
    assert tom.page.locator('main a[href="tel:911"]').first.is_visible()
    assert tom.page.locator('main a[href="tel:988"]').first.is_visible()
    tom.sees("Amina Yusuf")
    referral = path_of(tom).removesuffix("asked/")
    amina = person("amina", width=390, language=language)
    amina_takes_it(amina, DANGER[language])
    amina.goes_to(referral)
    amina.lands_on("what comes next?")
    amina.sees("sorted")


def amina_takes_it(amina: Someone, said: str) -> None:
    """The newest call stands above everything else on the board."""
    amina.goes_to("/referrals/")
    amina.lands_on("Who is waiting, and for what?")
    amina.sees("Somebody may not be safe")
    amina.presses("Open the call")
    amina.lands_on("is somebody in danger?")
    amina.sees(said)
    call = path_of(amina)
    amina.presses("I take it")
    amina.sees("%(name)s has it.", name="Amina Yusuf")
    amina.writes("What was done?", "Hablamos. Va a casa con su madre.")
    amina.looks_closely()
    amina.presses("Keep what was done")
    amina.lands_on("Who is waiting, and for what?")
    amina.does_not_see("Open the call")
    amina.goes_to(call)
    amina.lands_on("what was done?")
    amina.sees("Hablamos. Va a casa con su madre.")


def types(someone: Someone, label: str, text: str) -> None:
    """Letter by letter, after a tap into the field."""
    someone.field(label).click()
    someone.page.keyboard.type(text)


def empty_fields_that_must_be_filled(someone: Someone) -> int:
    return int(
        someone.page.evaluate(
            """() => [...document.querySelectorAll('main form[method=post] .k-field')].filter(
              field => !field.querySelector('.k-optional')
                && [...field.querySelectorAll('textarea, select, input')].every(
                  e => e.type === 'radio' ? !e.checked : !e.value)).length"""
        )
    )


def counted(someone: Someone, what: str) -> int:
    return int(someone.page.evaluate(f"() => Number(sessionStorage.getItem('{what}'))"))
