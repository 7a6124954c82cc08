"""Somebody at a browser: they go, press, write and see, and each page they land on is checked."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    expect,
)

from hearth.demo.cast import BY_KEY
from tests.journeys.checking import WRITTEN, troubles_on

FIRST_VISIT = 250 * 1024
NEXT_VISIT = 50 * 1024
# What differs from one visit to the next: tokens, keys, times.
PASSING = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}|\d+")
LOOKED_AT: set[tuple[str, int | None, int]] = set()
HEIGHTS = {390: 844, 320: 640, 1280: 800}


@dataclass
class Someone:
    """One person of the cast, in one language, on one width of screen."""

    key: str
    page: Page
    address: str
    language: str
    troubles: list[str]
    script: bool = True
    warned_before_leaving: int = 0
    _weight: int = 0
    _allowed: int = FIRST_VISIT
    _forgiven: list[str] = field(default_factory=list)

    # What they do.

    def comes_in(self) -> "Someone":
        self.page.goto(f"{self.address}/demo/")
        if self.language != "en":
            self._languages().get_by_role("button", name="Español").click()
        self.lands_on("Who would you like to be?")
        self.presses("Come in as %(name)s", name=BY_KEY[self.key].name)
        # The person's own language is remembered; this journey may want the other.
        expect(self.page.locator("h1")).not_to_have_text(self.says("Who would you like to be?"))
        if self.page.locator("html").get_attribute("lang") != self.language:
            name = {"en": "English", "es": "Español"}[self.language]
            self._languages().get_by_role("button", name=name).click()
        return self

    def goes_to(self, path: str) -> None:
        self.page.goto(self.address + path if path.startswith("/") else path)

    def presses(self, words: str, /, **names: object) -> None:
        self.finds(words, **names).click()

    def presses_beside(self, name: str, words: str) -> None:
        """Of a list, the button or link in somebody's own row."""
        row = self.page.locator("main li, main tr").filter(has_text=name)
        row.locator("a, button").filter(has_text=self.says(words)).first.click()

    def writes(self, label: str, text: str) -> None:
        WRITTEN.add(text)
        self.field(label).fill(text)

    def picks(self, words: str, /, **names: object) -> None:
        """One of several choices, by its words."""
        words = self.says(words, **names)
        self.page.locator("label.k-choice").filter(
            has_text=re.compile(f"^\\s*{re.escape(words)}")
        ).first.click()

    # What they see.

    def says(self, words: str, /, **names: object) -> str:
        """Words of the house, as they stand on this person's screen."""
        with override(self.language):
            said = gettext(words)
        return said % names if names else said

    def finds(self, words: str, /, **names: object) -> Locator:
        """The button or link with exactly these words."""
        said = self.says(words, **names)
        main = self.page.locator("body")
        button = main.get_by_role("button", name=said, exact=True)
        return button.or_(main.get_by_role("link", name=said, exact=True)).first

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(f"^\\s*{re.escape(self.says(label))}")).first

    def sees(self, words: str, /, **names: object) -> None:
        """These words stand on the page, for eyes and not hidden."""
        said = " ".join(self.says(words, **names).split())
        expect(self.page.locator("body")).to_contain_text(
            said, use_inner_text=True, ignore_case=True
        )

    def does_not_see(self, words: str, /, **names: object) -> None:
        """Not on the page, and not hidden in its source either."""
        assert self.says(words, **names) not in self.page.content()

    def lands_on(self, heading: str, /, forgiving: str = "", **names: object) -> None:
        """A page with this question. It has to stand every check before the story goes on."""
        expect(self.page.locator("h1")).to_contain_text(
            self.says(heading, **names), ignore_case=True
        )
        self.page.wait_for_load_state("load")
        if forgiving:
            self.troubles[:] = [said for said in self.troubles if forgiving not in said]
        self.looks_closely()

    def looks_closely(self) -> None:
        """Check the page as it stands now; journeys call it after something opened in place."""
        if self.script and self._is_new():
            for said in troubles_on(self.page, self.language):
                self._notes(said)
        allowed = max(self._allowed, NEXT_VISIT)
        if self._weight > allowed:
            self._notes(
                f"{self._weight // 1024} KB came over the wire, {allowed // 1024} is the most"
            )
        self._weight, self._allowed = 0, 0

    # What the browser says meanwhile.

    def listens(self, context: BrowserContext) -> None:
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self._notes(f"a script broke: {error}"))
        self.page.on("dialog", self._is_asked)
        self.page.on("request", self._stays_at_home)
        self.page.on("request", self._sets_out)
        wire = context.new_cdp_session(self.page)
        wire.on("Network.loadingFinished", self._weighs)
        wire.send("Network.enable")

    def _is_new(self) -> bool:
        """Whether nobody has had this very page before, on such a screen, but for its numbers."""
        same = PASSING.sub("", self.page.content())
        seen = (self.language, (self.page.viewport_size or {}).get("width"), hash(same))
        is_new = seen not in LOOKED_AT
        LOOKED_AT.add(seen)
        return is_new

    def _languages(self) -> Locator:
        """The language buttons: in the head of the page, or behind the person's menu on a phone."""
        seen = self.page.locator(".k-languages:visible")
        if not seen.count():
            self.page.locator("details.k-menu:not(.k-menu-rooms) > summary").first.click()
        return seen.first

    def _notes(self, said: str) -> None:
        width = (self.page.viewport_size or {}).get("width")
        where = re.sub(r"^https?://[^/]+", "", self.page.url)
        line = f"{self.key} at {where} ({self.language}, {width} px): {said}"
        if line not in self.troubles:
            self.troubles.append(line)

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._notes(f"the console says: {message.text}")

    def _is_asked(self, dialog: Dialog) -> None:
        self.warned_before_leaving += dialog.type == "beforeunload"
        dialog.accept()

    def _sets_out(self, request: Request) -> None:
        """Each page that is opened may weigh so much, also where a story looks only at the last."""
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._allowed += NEXT_VISIT

    def _stays_at_home(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._notes(f"the page asked another machine: {request.url}")

    def _weighs(self, finished: dict[str, Any]) -> None:
        self._weight += int(finished["encodedDataLength"])


def sit_down(
    browser: Browser, address: str, key: str, *, language: str, width: int, troubles: list[str],
    script: bool = True,
) -> Someone:  # fmt: skip
    """A browser of their own, with nothing in it yet."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        locale={"en": "en-US", "es": "es-US"}[language],
        timezone_id="America/Los_Angeles",
        java_script_enabled=script,
        has_touch=width < 700,
    )
    context.set_default_timeout(30_000)
    someone = Someone(key, context.new_page(), address, language, troubles, script)
    someone.listens(context)
    return someone
