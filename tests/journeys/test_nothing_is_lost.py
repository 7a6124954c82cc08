"""A teacher on a phone between classes: reloads, presses twice, goes back, loses the network."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Person
from tests.journeys.people import Someone

MINH_ANH = "Minh Anh Nguyễn"
STRENGTH = "Remembers every birthday in the class."


def test_a_draft_is_there_again_after_a_reload(person: Person) -> None:
    tom = begins_to_ask(person("tom", width=390))
    tom.page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    tom.page.reload()
    assert tom.warned_before_leaving == 1
    tom.sees("We kept what you typed here before.")
    expect(tom.field("What is going well?")).to_have_value(STRENGTH)
    tom.looks_closely()
    tom.presses("Start again")
    expect(tom.field("What is going well?")).to_have_value("")


def test_a_draft_goes_when_its_owner_signs_out(person: Person) -> None:
    tom = begins_to_ask(person("tom", width=390))
    tom.page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    tom.goes_to("/")
    tom.page.locator("details.k-menu:not(.k-menu-rooms) > summary").click()
    tom.presses("Sign out")
    tom.lands_on("Who would you like to be?")
    left = tom.page.evaluate("() => Object.keys(localStorage).filter(k => k.startsWith('draft:'))")
    assert left == []


@pytest.mark.parametrize("script", [True, False])
def test_pressing_twice_and_going_back_make_one_referral(person: Person, script: bool) -> None:
    tom = person("tom", width=390, script=script)
    before = asked_so_far(tom)
    begins_to_ask(tom)
    tom.writes("What is hard just now?", "Says little in a big group.")
    tom.picks("Feelings and friendships")
    tom.finds("Send to the support team").dblclick()
    tom.lands_on("Thank you for speaking up")
    sent = tom.page.url
    tom.page.go_back()
    tom.lands_on("Thank you for speaking up")
    assert tom.page.url == sent
    assert asked_so_far(tom) == before + 1


def test_a_dead_network_keeps_what_was_typed(person: Person) -> None:
    tom = begins_to_ask(person("tom", width=390))
    tom.writes("What is hard just now?", "Comes late since the move.")
    tom.picks("Coming to school")
    tom.page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    form = tom.page.url
    tom.page.wait_for_timeout(600)
    tom.page.context.set_offline(True)
    tom.finds("Send to the support team").click(no_wait_after=True)
    tom.page.wait_for_timeout(500)
    tom.page.context.set_offline(False)
    tom.goes_to(form)
    expect(tom.field("What is going well?")).to_have_value(STRENGTH)
    expect(tom.field("What is hard just now?")).to_have_value("Comes late since the move.")
    tom.troubles[:] = [said for said in tom.troubles if "ERR_INTERNET_DISCONNECTED" not in said]


def test_what_is_refused_waits_with_the_servers_words_and_is_named_at_sign_out(
    person: Person,
) -> None:
    rosa = person("rosa", width=390)
    heard = rosa.page.evaluate(BEGIN) + "heard/"
    rosa.goes_to(f"{heard}interview/new/")
    rosa.page.evaluate(HOLD)
    rosa.goes_to(heard)
    expect(rosa.page.locator("[data-why]")).to_contain_text("Which day?")
    rosa.looks_closely()
    rosa.page.locator("details.k-menu:not(.k-menu-rooms) > summary").click()
    rosa.presses("Sign out")
    rosa.sees("Something you wrote is not sent yet")
    rosa.looks_closely()
    rosa.goes_to(heard)
    rosa.presses("Open it and put it right")
    expect(rosa.field("Which stories did they tell?")).to_have_value("We plant.")
    rosa.writes("Which day?", "2026-10-05")
    rosa.presses("Save")
    rosa.lands_on("What did people tell us?")
    rosa.page.wait_for_function(
        "() => !Object.keys(localStorage).some(k => k.startsWith('waits:'))"
    )
    rosa.sees("We plant.")


BEGIN = """async () => (await fetch("/listening/new/", { method: "POST", body: new URLSearchParams({
  csrfmiddlewaretoken: document.querySelector('meta[name="csrf-token"]').content,
  title: "A good day", purpose: "To know what helps.", questions: "What is a good day?",
  guiding_group: "Rosa, Tom", starts: "2026-09-01", ends: "2027-05-28",
  consent_en: "You may leave out anything.", consent_es: "Puede no contestar.",
}) })).url"""
# Written without a network, and the day forgotten.
HOLD = """() => localStorage.setItem(
  `waits:${document.body.dataset.draftOwner}:${location.pathname}${location.search}`,
  JSON.stringify([["on", ""], ["role", "student"], ["quote", "yes"],
                  ["stories", "We plant."]]))"""


def begins_to_ask(tom: Someone) -> Someone:
    tom.goes_to("/referrals/new/?q=nguyen")
    tom.presses_beside(MINH_ANH, "Ask for support")
    tom.lands_on("What could help %(name)s?", name=MINH_ANH)
    tom.writes("What is going well?", STRENGTH)
    return tom


def asked_so_far(tom: Someone) -> int:
    tom.goes_to("/referrals/mine/")
    return tom.page.locator("main .rows > li").count()
