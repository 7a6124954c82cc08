"""Grace's hand is in a cast this week: everything by keyboard, and always seeing where she is."""

from playwright.sync_api import expect

from tests.journeys.conftest import Person
from tests.journeys.people import Someone

FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const label = e.closest('label') ? getComputedStyle(e.closest('label')) : s;
  return {
    name: (e.innerText || e.getAttribute('aria-label') || e.labels?.[0]?.innerText || '').trim(),
    shown: [s, label].some(x => x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2
      || x.boxShadow !== 'none'),
    tag: e.tagName,
  };
}"""
IN_SIGHT = """() => {
  const r = document.activeElement.getBoundingClientRect();
  return r.bottom > 0 && r.top < innerHeight && r.width > 0;
}"""
MANY = 80


def test_grace_asks_for_support_without_a_mouse(person: Person) -> None:
    grace = person("grace")
    grace.lands_on("What is waiting for me?")
    by_keyboard_to(grace, "Ask for support")
    grace.page.keyboard.press("Enter")
    grace.lands_on("Who could use support?")
    by_keyboard_to(grace, "Name of the student")
    grace.page.keyboard.type("obrien")
    grace.page.keyboard.press("Enter")
    grace.sees("Diego O'Brien-Ruiz")
    by_keyboard_to(grace, "Ask for support: Diego")
    grace.page.keyboard.press("Enter")
    grace.lands_on("What could help %(name)s?", name="Diego O'Brien-Ruiz")
    by_keyboard_to(grace, "What is going well?")
    grace.page.keyboard.type("Holds the door for everybody.")
    by_keyboard_to(grace, "What is hard just now?")
    grace.page.keyboard.type("The stairs frighten him since the fall.")
    by_keyboard_to(grace, "Learning")
    grace.page.keyboard.press("ArrowDown")
    expect(grace.page.locator('input[name="domain"]:checked')).to_have_count(1)
    by_keyboard_to(grace, "Send to the support team")
    grace.page.keyboard.press("Enter")
    grace.lands_on("Thank you for speaking up")


def test_the_skip_link_comes_first_and_leads_to_the_content(person: Person) -> None:
    grace = person("grace")
    grace.goes_to("/")
    grace.page.keyboard.press("Tab")
    here = grace.page.evaluate(FOCUS)
    assert here["name"] == grace.says("Skip to the content")
    grace.page.wait_for_function(IN_SIGHT)
    grace.page.keyboard.press("Enter")
    assert grace.page.evaluate("() => document.activeElement.id") == "content"


def test_a_menu_opens_and_closes_from_the_keyboard(person: Person) -> None:
    grace = person("grace", width=390)
    grace.goes_to("/")
    summary = grace.page.locator("details.k-menu-rooms > summary")
    summary.focus()
    grace.page.keyboard.press("Enter")
    expect(grace.page.locator("details.k-menu-rooms")).to_have_attribute("open", "")
    grace.looks_closely()
    grace.page.keyboard.press("Escape")
    expect(grace.page.locator("details.k-menu-rooms")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def by_keyboard_to(someone: Someone, words: str) -> None:
    """Press Tab until the focus is there; each stop on the way has to be visible."""
    wanted = someone.says(words)
    passed = []
    for _ in range(MANY):
        someone.page.keyboard.press("Tab")
        here = someone.page.evaluate(FOCUS)
        name = " ".join(here["name"].split()).replace(" :", ":")
        passed.append(name)
        if here["tag"] != "BODY":
            assert here["shown"], f"nobody sees that the focus is on “{name}” ({here['tag']})"
            someone.page.wait_for_function(IN_SIGHT)  # the page may glide there
        if name.startswith(wanted):
            return
    raise AssertionError(f"no way to “{wanted}” by Tab; passed {passed}")
