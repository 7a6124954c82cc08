"""The pictures of README and tutorials, taken of the demonstration by HEARTH_PICTURES=1 pytest."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cli.commands import drop, empty_database, hearth
from tests.journeys.people import Someone, sit_down
from tests.journeys.picture_ways import find_partners
from tests.journeys.serving import ROOT, House, served

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 160 * 1024
LARGEST_IN_A_TUTORIAL = 120 * 1024
TALLEST = {1280: 860, 390: 1200}
TALLEST_IN_A_TUTORIAL = {1280: 720, 390: 1100}
ABOVE = 24  # what stays free above a card
STUDENTS = "3000"  # as `make demo` has it: in a small district few figures may be told
YES = "Đồng ý, nhà trường được chia sẻ điều này"  # the page is in Vietnamese, its reader is not
TOLD_IN_REPORT = "main h2:has-text('What is a good day')"
DRAFTS = "main h2:has-text('Drafts')"
DOOR = "/ask/alder-valley/cottonwood-elementary/"

pytestmark = pytest.mark.skipif(
    os.environ.get("HEARTH_PICTURES") != "1",
    reason="pictures are taken only when HEARTH_PICTURES=1 asks for them",
)


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it. `path` may be the words of a link on Today instead."""

    name: str
    who: str
    path: str
    language: str = "en"
    width: int = 1280
    begins: str = ""
    """Where the picture begins, if not at the top of the page."""
    tall: int = 0
    after: str = ""
    """What is pressed once the picture is taken, for the next one's sake."""


WANTED = [
    Picture("today-rosa", "rosa", "/"),
    Picture("ask-phone", "tom", "ask:", width=390),
    Picture("board", "rosa", "/referrals/"),
    Picture("referral", "rosa", "referral:"),
    Picture("student", "rosa", "student:"),
    Picture("who-can-see", "linh", "who:"),
    Picture("framework", "rosa", "/framework/", begins="main", tall=650),
    Picture("roster", "priya", "roster:"),
    Picture("directory", "rosa", "/directory/?q=somebody to talk to", begins="main"),
    Picture("neighborhood", "rosa", "/neighborhood/", begins="figure.k-map", tall=596),
    Picture("shared-phone-es", "rosa", "shared:", "es", 390, tall=1110),
    Picture("survey-phone-es", "rosa", "survey:", width=390),
    Picture("listening-gap", "rosa", "gap:", begins="main"),
    Picture("listening-report", "rosa", "report:", begins=TOLD_IN_REPORT),
    Picture("missing", "rosa", "missing:", begins="main"),
]
# Those of the tutorials, in the order of their stories: one may begin what the next one shows.
TOLD = [
    Picture("door-phone-es", "rosa", DOOR + "?lang=es", "es", 390),
    Picture("door-request", "rosa", "knock:"),
    Picture("assessment", "rosa", "assessment:"),
    Picture("class-review-phone", "tom", "class:", width=390),
    Picture("team", "rosa", "/referrals/team/"),
    Picture("team-question", "rosa", "question:"),
    Picture("meeting-agenda", "rosa", "agenda:"),
    Picture("meeting-student", "rosa", "talk:"),
    Picture("meeting-minutes", "rosa", "minutes:"),
    Picture("directory-preview", "rosa", "preview:", begins="main"),
    Picture("consent-ask", "rosa", "asking:", begins="main", tall=1060, after="Ask them"),
    Picture("consent-phone-vi", "linh", "answering:", "en", 390, "main", 1160, after=YES),
    Picture("referral-out", "rosa", "sending:", begins="main", tall=880, after="Send it"),
    Picture("partner-phone", "marcus", "helping:", width=390, begins="main"),
    Picture("listening-project", "rosa", "project:", begins="main"),
    Picture("finding-draft", "rosa", "draft:", begins=DRAFTS, tall=440),
]


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration as `hearth demo` makes it, only smaller."""
    data = tmp_path_factory.mktemp("furnished")
    name = empty_database("hearth_pictures")
    try:
        made = hearth(
            "demo", "--students", STUDENTS,
            data=data, database=name, environment={"HEARTH_MODE": "demo"},
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with served(name, data) as house:
            yield house
    finally:
        drop(name)


@pytest.mark.parametrize("picture", [*WANTED, *TOLD], ids=lambda picture: picture.name)
def test_a_picture_is_taken(
    picture: Picture, furnished: House, browser: Browser, troubles: list[str]
) -> None:
    someone = sit_down(
        browser, furnished.address, picture.who,
        language=picture.language, width=picture.width, troubles=troubles,
    )  # fmt: skip
    someone.comes_in()
    find(someone, picture.path)
    someone.page.wait_for_load_state("networkidle")
    tallest = TALLEST_IN_A_TUTORIAL if picture in TOLD else TALLEST
    file = PICTURES / f"{picture.name}.png"
    PICTURES.mkdir(exist_ok=True)
    _take(someone, picture, picture.tall or tallest[picture.width], file)
    if picture.after:
        someone.presses(picture.after)
        someone.page.wait_for_load_state("networkidle")
    someone.page.context.close()
    most = LARGEST_IN_A_TUTORIAL if picture in TOLD else LARGEST
    assert file.stat().st_size <= most, f"{file.name} is too large for a page of documents"


def _take(someone: Someone, picture: Picture, tallest: int, file: Path) -> None:
    page = someone.page
    page.evaluate("() => document.activeElement.blur()")
    begins = page.locator(picture.begins or "html").first
    top = int(begins.evaluate("e => e.getBoundingClientRect().top + window.scrollY"))
    if picture.begins not in ("", "main"):
        top -= ABOVE
    full = page.evaluate("() => document.documentElement.scrollHeight")
    page.screenshot(path=file, full_page=True, clip={
        "x": 0, "y": top, "width": picture.width, "height": min(full - top, tallest),
    })  # fmt: skip


def find(someone: Someone, path: str) -> None:
    """Go where the picture is to be taken; what has no fixed address is found by its links."""
    main = someone.page.locator("main")
    match path:
        case "ask:":
            someone.goes_to("/referrals/new/?q=obrien")
            someone.presses_beside("O'Brien", "Ask for support")
            someone.page.locator("textarea").first.wait_for()
        case "referral:":
            someone.goes_to("/referrals/")
            main.locator("table th a").first.click()
            someone.page.wait_for_url(re.compile(r"/referrals/\d+/"))
        case "student:":
            someone.goes_to("/search?q=obrien")
            main.locator('a[href^="/students/"]').first.click()
            someone.page.wait_for_url(re.compile(r"/students/\d+/"))
        case "who:":
            someone.goes_to("/")
            main.locator('a[href^="/students/"]').first.click()
            someone.page.wait_for_url(re.compile(r"/students/\d+/"))
            someone.presses("Who can see this, and why")
            someone.page.wait_for_url(re.compile(r"who-can-see"))
        case "roster:":
            someone.goes_to("/imports/")
            main.locator("table th a", has_text=re.compile(r"alder-valley-\d")).first.click()
            someone.page.wait_for_url(re.compile(r"/imports/\d+/"))
        case _ if path.endswith(":"):
            find_in_a_tutorial(someone, path)
        case _:
            someone.goes_to(path)


def find_in_a_tutorial(someone: Someone, path: str) -> None:
    main = someone.page.locator("main")
    match path:
        case "knock:":
            someone.goes_to("/referrals/door/")
            main.get_by_role("link", name="Diego").first.click()
            someone.page.wait_for_url(re.compile(r"/door/\d+/"))
        case "assessment:":
            someone.goes_to("/referrals/assessments/")
            main.locator("ul.rows a").first.click()
            someone.page.wait_for_url(re.compile(r"/assessments/\d+/"))
            main.locator("summary").first.click()
        case "class:":
            someone.goes_to("/referrals/reviews/")
            main.locator("ul.rows .btn").first.click()
            someone.page.wait_for_url(re.compile(r"/reviews/\d+/"))
            main.locator("a.btn-primary").first.click()
            someone.page.wait_for_url(re.compile(r"/students/\d+/"))
        case "question:":
            someone.goes_to("/referrals/team/")
            main.locator("a[href*='/set-up/members/']").first.click()
            someone.page.wait_for_url(re.compile(r"/set-up/members/"))
        case "agenda:":
            someone.goes_to("/referrals/meetings/")
            someone.presses("See the next meeting")
            someone.page.wait_for_url(re.compile(r"/meetings/\d+/"))
        case "talk:":
            find_in_a_tutorial(someone, "agenda:")
            main.locator("form[action$='/open/'] button").click()
            someone.presses("Keep, and begin")
            main.locator("table th a:has(bdi)").first.click()
            someone.presses("Hide names for this meeting")
            someone.finds("Show names").wait_for()
        case "minutes:":
            someone.goes_to("/referrals/meetings/")
            main.locator("ul.rows").last.locator("a").first.click()
            someone.page.wait_for_url(re.compile(r"/meetings/\d+/"))
        case _:
            find_partners(someone, path)
