"""Tom asks, Rosa sorts, Amina helps, Tom hears back: the path that everything else hangs on."""

import re

import pytest
from django.utils import timezone

from tests.journeys.conftest import Person
from tests.journeys.people import Someone

DIEGO = "Diego O'Brien-Ruiz"
STORIES = {
    "en": {
        "strength": "Built a bridge that held three dictionaries.",
        "concern": "Long texts make him give up before the end.",
        "seen": "We know his class and can help this month.",
        "plan": "Reads with a partner twice a week, about building.",
        "service": "Reading partners",
        "note": "His grandmother is ill; he asked us not to tell the class.",
        "answer": "A reading partner starts on Monday. Please keep a seat by the window.",
    },
    "es": {
        "strength": "Hizo un puente que aguantó tres diccionarios.",
        "concern": "Los textos largos le cansan y no llega al final.",
        "seen": "Conocemos su clase y podemos ayudar este mes.",
        "plan": "Leerá con un compañero dos veces por semana.",
        "service": "Compañeros de lectura",
        "note": "Su abuela está enferma; pidió no decirlo en clase.",
        "answer": "El lunes empieza un compañero de lectura.",
    },
}
EVERY_SCREEN = pytest.mark.parametrize(
    ("language", "width"), [("en", 1280), ("en", 390), ("es", 1280), ("es", 390)]
)


@EVERY_SCREEN
def test_a_child_gets_help_and_whoever_asked_hears_of_it(
    person: Person, language: str, width: int
) -> None:
    words = STORIES[language]
    tom = person("tom", language=language, width=width)
    rosa = person("rosa", language=language, width=width)
    referral = asks_for_diego(tom, words)
    rosa_finds_an_owner(rosa, referral, words)
    amina = person("amina", language=language, width=width)
    amina_gets_to_know_and_plans(amina, referral, words)
    amina_writes_what_only_few_may_read(amina, referral, words)
    others_do_not_read_it(rosa, tom, referral, words)
    the_service_begins(amina, referral, words)
    amina_answers(amina, referral, words)
    tom_reads_the_answer(tom, referral, words)


def asks_for_diego(tom: Someone, words: dict[str, str]) -> str:
    """Tom asks, by his class; the address of the referral comes back."""
    tom.lands_on("What is waiting for me?")
    tom.presses("Ask for support")
    tom.lands_on("Who could use support?")
    tom.sees("Grade 4, room 12")
    tom.presses(DIEGO)
    tom.lands_on("What could help %(name)s?", name=DIEGO)
    tom.writes("What is going well?", words["strength"])
    tom.writes("What is hard just now?", words["concern"])
    tom.picks("Learning")
    tom.presses("Send to the support team")
    tom.lands_on("Thank you for speaking up")
    assert tom.page.locator(".k-lead").inner_text().strip()
    return re.sub(r"asked/$", "", tom.page.url)


def rosa_finds_an_owner(rosa: Someone, referral: str, words: dict[str, str]) -> None:
    path = referral.removeprefix(rosa.address)
    rosa.goes_to("/")
    rosa.lands_on("What is waiting for me?")
    rosa.sees("New: somebody asked")
    rosa.presses("Referrals") if rosa.finds("Referrals").is_visible() else rosa.goes_to(
        "/referrals/"
    )
    rosa.lands_on("Who is waiting, and for what?")
    rosa.page.locator(f'main a[href="{path}"]').click()
    rosa.lands_on("what comes next?")
    rosa.sees(words["strength"])
    takes_a_step(rosa, "Take it up", why=words["seen"])
    rosa.presses("Choose an owner")
    rosa.field("Who looks after it from now on?").select_option(label="Amina Yusuf")
    rosa.looks_closely()
    submits(rosa, "Choose an owner")
    rosa.sees("looked after by %(name)s", name="Amina Yusuf")


def amina_gets_to_know_and_plans(amina: Someone, referral: str, words: dict[str, str]) -> None:
    amina.lands_on("What is waiting for me?")
    amina.goes_to(referral)
    amina.lands_on("what comes next?")
    takes_a_step(amina, "Start getting to know")
    takes_a_step(amina, "Write the plan", why=words["plan"])
    amina.presses("Refer to a service")
    amina.field("Which service?").fill(words["service"])
    amina.looks_closely()
    submits(amina, "Refer to a service")
    amina.sees("Not confirmed yet, so not linked yet")


def amina_writes_what_only_few_may_read(
    amina: Someone, referral: str, words: dict[str, str]
) -> None:
    amina.presses("Write a note")
    amina.field("Note").fill(words["note"])
    amina.page.get_by_label(amina.says("Only for those who may read restricted notes")).check()
    amina.looks_closely()
    submits(amina, "Keep the note")
    amina.does_not_see(words["note"])
    amina.presses("Open it")
    amina.lands_on("What is kept for a few?")
    amina.sees(words["note"])
    amina.goes_to(referral)


def others_do_not_read_it(
    rosa: Someone, tom: Someone, referral: str, words: dict[str, str]
) -> None:
    rosa.goes_to(referral)
    rosa.sees("Only those who may read restricted notes can open them.")
    rosa.does_not_see(words["note"])
    tom.goes_to(referral)
    tom.lands_on("What became of it?")
    tom.does_not_see(words["note"])
    tom.does_not_see(words["plan"])


def the_service_begins(amina: Someone, referral: str, words: dict[str, str]) -> None:
    amina.goes_to(referral)
    amina.presses("Confirm the first service")
    amina.field("On which day did the first service take place?").fill(today())
    amina.looks_closely()
    submits(amina, "Confirm the first service")
    amina.does_not_see("Not confirmed yet, so not linked yet")


def amina_answers(amina: Someone, referral: str, words: dict[str, str]) -> None:
    amina.presses("Answer the person who asked")
    amina.writes("Your answer", words["answer"])
    amina.looks_closely()
    submits(amina, "Send the answer")
    amina.sees("Not read yet.")


def tom_reads_the_answer(tom: Someone, referral: str, words: dict[str, str]) -> None:
    path = referral.removeprefix(tom.address)
    tom.goes_to("/")
    tom.lands_on("What is waiting for me?")
    tom.sees("What came back to you")
    tom.page.locator(f'main a.btn[href="{path}"]').click()
    tom.lands_on("What became of it?")
    tom.sees(words["answer"])
    tom.presses("Thank you, I have read it")
    expect_read = tom.says("Not read yet.")
    tom.page.get_by_text(expect_read).wait_for(state="detached")
    tom.goes_to("/referrals/mine/")
    tom.lands_on("What became of what I asked?")


def today() -> str:
    return timezone.localdate().isoformat()


def takes_a_step(someone: Someone, button: str, why: str = "") -> None:
    """Open the small form in place, say a word, and send it."""
    someone.presses(button)
    box = someone.page.locator("#act textarea")
    box.wait_for()
    if why:
        box.fill(why)
    someone.looks_closely()
    submits(someone, button)


def submits(someone: Someone, button: str) -> None:
    """Send the form that opened in place, and see that it is done."""
    someone.page.locator("#act form button", has_text=someone.says(button)).click()
    someone.page.locator("#act form").wait_for(state="detached")
    someone.page.locator('#messages [data-tone="done"]').wait_for()
    someone.lands_on("what comes next?")
