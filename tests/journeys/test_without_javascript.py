"""An old phone, a blocked script, a reader of plain pages: the same path, nothing missing."""

import re

from tests.journeys.conftest import Person

DIEGO = "Diego O'Brien-Ruiz"


def test_ask_sort_and_answer_need_no_script(person: Person) -> None:
    tom = person("tom", width=390, script=False)
    tom.presses("Ask for support")
    tom.lands_on("Who could use support?")
    tom.field("Name of the student").fill("obrien")
    tom.presses("Find")
    tom.presses_beside(DIEGO, "Ask for support")
    tom.lands_on("What could help %(name)s?", name=DIEGO)
    tom.writes("What is going well?", "Explains every fossil in the museum.")
    tom.writes("What is hard just now?", "Mornings are hard this month.")
    tom.picks("Coming to school")
    tom.presses("Send to the support team")
    tom.lands_on("Thank you for speaking up")
    referral = re.sub(r"asked/$", "", tom.page.url)

    rosa = person("rosa", script=False)
    rosa.goes_to(referral)
    rosa.lands_on("what comes next?")
    rosa.presses("Take it up")
    rosa.lands_on("What did the team see in it?")
    rosa.field("What did the team see in it?").fill("We know the family.")
    rosa.presses("Take it up")
    rosa.lands_on("what comes next?")
    rosa.presses("Answer the person who asked")
    rosa.lands_on("What may %(name)s know?", name="Tom Becker")
    rosa.field("Your answer").fill("We call the family tomorrow. Thank you for saying it.")
    rosa.presses("Send the answer")
    rosa.lands_on("what comes next?")

    tom.goes_to(referral)
    tom.lands_on("What became of it?")
    tom.presses("Thank you, I have read it")
    tom.lands_on("What became of it?")
    tom.does_not_see("Not read yet.")


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(
    person: Person,
) -> None:
    tom = person("tom", width=390, script=False)
    tom.goes_to("/referrals/new/?q=obrien")
    tom.presses_beside(DIEGO, "Ask for support")
    tom.writes("What is going well?", "Shares his lunch.")
    tom.presses("Send to the support team")
    tom.sees("What you typed is still here.")
    assert tom.field("What is going well?").input_value() == "Shares his lunch."
