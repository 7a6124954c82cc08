"""The way to pictures of partners and of listening: what is pressed and written before.

Two of the tutorials begin things; what is written here is what stands there.
"""

import re
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator

from tests.journeys.people import Someone
from tests.journeys.serving import ROOT

TUTORIALS = ROOT / "docs" / "tutorials"
BORN = re.compile(r'cast_child\("diego".*?born=date\(year - (\d+), (\d+), (\d+)\)', re.S)
FIGURES = 900  # seconds, until the figures of a new district are put together
ASK_FOR = "Somebody who reads with Minh Anh twice a week and asks for her ideas."
FOUND = "Children feel proud where what their family knows is used, as in the garden."
HEARD = "In the garden everybody listened when I told how my grandfather waters at night."


def find_partners(someone: Someone, path: str) -> None:
    main = someone.page.locator("main")
    match path:
        case "missing:":
            someone.goes_to("/numbers/missing/")
            began = time.monotonic()
            while not main.locator("table").count() and time.monotonic() - began < FIGURES:
                time.sleep(5)
                someone.page.reload()
        case "shared:":
            _by_the_familys_link(someone)
        case "preview:":
            someone.goes_to("/imports/new/")
            someone.writes("Where does it come from?", "Cottonwood parents")
            someone.page.set_input_files("input[type=file]", _typed_by_parents(), timeout=60_000)
            someone.presses("Send it")
            load = someone.finds("Load it")
            while not load.count():
                time.sleep(1)
                someone.page.reload()
        case "asking:":
            _opens_the_tutor(someone)
            someone.presses("Ask the family")
            someone.picks("Linh Trần")
            someone.picks("School and grade")
        case "answering:":
            _opens_a_child(someone, "/home/")
        case "sending:":
            _opens_the_tutor(someone)
            someone.picks("Marcus Hale")
            someone.page.locator("textarea[name=words]").fill(ASK_FOR)
        case "helping:":
            someone.goes_to("/sent-to-us/")
            main.get_by_role("link", name="Minh Anh").first.click()
            someone.picks("We take it")
        case _:
            find_listening(someone, path)


def find_listening(someone: Someone, path: str) -> None:
    main = someone.page.locator("main")
    match path:
        case "project:" | "gap:" | "report:":
            someone.goes_to("/listening/")
            main.get_by_role("link", name="What is a good day at Cottonwood?").click()
            part = {"gap:": "Where do we see it differently?", "report:": "What do we tell of it?"}
            if path in part:
                someone.presses(part[path])
        case "survey:":
            someone.goes_to("/listening/")
            main.get_by_role("link", name="What is a good day at Cottonwood?").click()
            main.get_by_role("link", name="How is this school for your family?").click()
            address = main.locator('a[href*="/say/"]').first.get_attribute("href") or ""
            someone.page.context.clear_cookies()
            someone.goes_to(re.sub(r"^https?://[^/]+", "", address) + "?lang=es")
            someone.page.get_by_role("button", name="Una pregunta a la vez").click()
            main.locator("label:visible", has_text="Español").first.click()
        case "draft:":
            _finds_one_thing(someone)
        case _:
            raise ValueError(f"nobody knows the way to {path}")


def _by_the_familys_link(someone: Someone) -> None:
    """Diego's mother said yes in October. Her link asks for his birthday first."""
    main = someone.page.locator("main")
    someone.goes_to("/out/")
    main.locator("table").get_by_role("link", name="Diego").first.click()
    main.locator('a[href*="/consents/"]').first.click()
    someone.page.wait_for_url(re.compile(r"/consents/\d+/"))
    someone.goes_to(re.sub(r"\?.*", "", someone.page.url) + "link/")
    found = re.search(r"/family/[\w/-]+", main.inner_text())
    assert found, main.inner_text()
    someone.page.context.clear_cookies()
    someone.goes_to(found[0] + "?lang=es")
    someone.page.locator("input[name=birthday]").fill(_birthday(someone))
    main.locator("form button").last.click()
    someone.page.wait_for_load_state()


def _birthday(someone: Someone) -> str:
    text = (ROOT / "hearth" / "demo" / "cast_families.py").read_text(encoding="utf-8")
    back, month, day = (int(part) for part in BORN.findall(text)[0])
    today = someone.page.evaluate("() => [new Date().getFullYear(), new Date().getMonth() + 1]")
    year = today[0] - (today[1] < 7)
    return f"{year - back}-{month:02}-{day:02}"


def _typed_by_parents() -> Path:
    """The very lines that the tutorial lets one save."""
    text = (TUTORIALS / "your-first-directory.md").read_text(encoding="utf-8")
    file = Path(tempfile.mkdtemp()) / "parents.csv"
    file.write_text(text.split("```\n")[1], encoding="utf-8")
    return file


def _opens_the_tutor(someone: Someone) -> None:
    someone.goes_to("/search?q=nguyen")
    _first(someone, 'a[href^="/referrals/"]').click()
    someone.presses("Ask a partner, or see what they answered")
    someone.presses("Ask a partner")
    someone.page.locator("main input[name=q]").fill("tutor")
    someone.presses("Show")
    someone.presses_beside("A tutor of your own", "Choose")
    someone.page.wait_for_url(re.compile(r"/services/\d+/"))


def _opens_a_child(someone: Someone, part: str) -> None:
    someone.goes_to("/")
    _first(someone, f'a[href*="{part}"]').click()
    someone.page.wait_for_url(re.compile(part))


def _first(someone: Someone, selector: str) -> Locator:
    return someone.page.locator("main").locator(selector).first


def _finds_one_thing(someone: Someone) -> None:
    """A project of one interview, and a finding that rests on it alone."""
    page = someone.page
    someone.goes_to("/listening/new/")
    today = page.evaluate("() => new Date().toLocaleDateString('sv')")
    for name, words in (
        ("title", "What helps us feel at home?"), ("purpose", "So that the council hears us."),
        ("questions", "When do you feel at home here?"), ("starts", today),
        ("ends", f"{int(today[:4]) + 1}-06-01"), ("consent_en", "Leave out what you like."),
        ("consent_es", "Deje en blanco lo que quiera."),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(words)
    someone.presses("Save")
    page.wait_for_url(re.compile(r"/listening/\d+/$"))
    project = page.url
    someone.goes_to(f"{project}heard/interview/new/")
    someone.picks("A student")
    someone.picks("Yes, word for word")
    page.locator("[name=stories]").fill(HEARD)
    someone.presses("Save")
    page.wait_for_url(re.compile(r"/heard/$"))
    someone.goes_to(f"{project}findings/new/")
    someone.picks("A strength")
    page.locator("[name=about]").select_option(label="Work that is real")
    page.locator("[name=words]").fill(FOUND)
    someone.picks("A first sign")
    page.locator("[name=sources]").check(force=True)
    someone.presses("Save")
    page.wait_for_url(re.compile(r"/findings/$"))
