"""Every page of the listening room in one sitting: axe, the narrowest screen, and right to left."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.journeys.checking import TOO_WIDE
from tests.journeys.conftest import ALREADY_SERVED, Person, Visitor
from tests.journeys.people import Someone
from tests.journeys.serving import ROOT, House, surroundings

KEY = re.compile(r"/(?:\d+(?=/)|[0-9a-f-]{36}|[0-9a-f]+-[0-9a-f]{24})")
OF_A_SURVEY = re.compile(r"/listening/surveys/\d+/")
# A paper in a language, the tablet, and a form for the whole district are not pages of the story.
LEFT_OUT = re.compile(r"/(en|es|vi)/$|kiosk|^/listening/conditions/change/")
TOLD = """
from datetime import timedelta
from django.utils import timezone
from hearth.demo.stories_hearing import tell_hearing
from hearth.demo.stories_listening import tell_listening
from hearth.schools.acting import acting_for
from hearth.schools.models import District, Session
district, today = District.objects.get(slug="alder-valley"), timezone.localdate()
with acting_for(district.pk):
    Session.objects.get_or_create(
        district=district, kind=Session.Kind.YEAR, title="This year",
        starts=today - timedelta(days=90), ends=today + timedelta(days=200),
    )
    for tell in (tell_listening, tell_hearing):
        tell(district, today=today)
"""


@pytest.fixture
def cottonwood_listens(house: House) -> None:
    """The demonstration's own stories of this room, told in the house of the cast."""
    if ALREADY_SERVED or house.data is None:
        return
    subprocess.run(
        [sys.executable, "-m", "hearth.web.manage", "shell", "--no-imports", "-c", TOLD],
        env=surroundings("hearth_journeys", house.data), cwd=ROOT, check=True,
    )  # fmt: skip


def every_page(someone: Someone, start: str) -> Iterator[str]:
    """Each kind of page to which links lead from here, once; and the doors of surveys."""
    waiting, seen = [start], {start}
    while waiting:
        address = waiting.pop(0)
        someone.goes_to(address)
        yield address
        links = someone.page.eval_on_selector_all(
            "a[href^='/listening/'], a[href*='/say/']", "all => all.map(one => one.href)"
        )
        for link in (re.sub(r"^https?://[^/]+", "", one) for one in links):
            # A survey that is made, open or counted is three pages.
            kind = link if OF_A_SURVEY.fullmatch(link) else KEY.sub("/0", link.partition("?")[0])
            if kind not in seen and not LEFT_OUT.search(link):
                seen.add(kind)
                waiting.append(link)


def reads_from_right_to_left(someone: Someone) -> None:
    wide = someone.page.evaluate(
        f"() => {{ document.documentElement.dir = 'rtl'; return ({TOO_WIDE})(); }}"
    )
    assert not wide, f"{someone.page.url}, right to left: {wide}"


def test_every_page_of_the_room_and_a_survey_answered_by_keyboard_alone(
    person: Person, visitor: Visitor, cottonwood_listens: None
) -> None:
    rosa = person("rosa", width=320)
    pages = []
    for address in every_page(rosa, "/listening/"):
        pages.append(address)
        rosa.looks_closely()
        reads_from_right_to_left(rosa)
    assert len(pages) >= 30, pages
    [door] = [address for address in pages if re.fullmatch(r"/say/[^/]+/[^/]+/", address)]
    answers_by_keyboard(visitor(width=320), door)


def answers_by_keyboard(nora: Someone, door: str) -> None:
    keys = nora.page.keyboard
    nora.goes_to(door)
    nora.finds("One question at a time").focus()
    keys.press("Enter")
    nora.sees("Question 1 of")
    assert nora.page.locator("[data-question]:visible").count() == 1
    nora.page.locator("input[type=radio]:visible").first.focus()
    keys.press("Space")
    nora.looks_closely()
    keys.press("Enter")  # goes on, and sends nothing yet
    nora.sees("Question 2 of")
    assert nora.page.evaluate("document.activeElement.tagName") == "LEGEND"
    reads_from_right_to_left(nora)
    nora.page.wait_for_timeout(500)  # a draft is kept a moment after the last key
    nora.page.reload()
    nora.sees("Question 2 of")
    while not nora.finds("Send").is_visible():
        nora.finds("Next question").focus()
        keys.press("Enter")
    nora.finds("Send").focus()
    keys.press("Enter")
    nora.lands_on("Thank you. It is counted.")
