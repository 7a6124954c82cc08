"""A need goes out to a partner and comes back: four people, four browsers, and nothing is shared
before Linh has said yes or after she has taken it back."""

import re
import time
import zipfile
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person, Visitor
from tests.journeys.people import Someone
from tests.journeys.serving import House
from tests.journeys.steps import sets_up_the_team
from tests.journeys.test_roster import waits_for
from tests.partners import packages

TODAY = date.today()  # noqa: DTZ011 - the browser's own day
ASKED = "Somebody who listens, once a week."
STILL = "El autobús no llega hasta allí."


def test_a_need_goes_out_and_comes_back(
    person: Person, visitor: Visitor, house: House, tmp_path: Path
) -> None:
    WRITTEN.update({"Family Counseling", "River Clinic", "Lucía Ramos", "lucia@river.example"})
    priya = person("priya")
    loads_the_directory(priya, tmp_path)
    signs_with_the_clinic(person("helen"))
    rosa = person("rosa")
    student = chooses_the_service(rosa)
    # What was not signed for cannot even be asked for.
    assert not rosa.page.locator("[name=elements][value=birthdate]").count()
    rosa.presses("Ask them")
    rosa.lands_on("what did they say?")

    linh = person("linh", width=390, language="es")
    linh.goes_to(f"/out/students/{student}/home/")
    linh.lands_on("What may partners know about my child?")
    linh.presses("Yes, you may share this")
    linh.sees("Thank you. The school sees your answer.")

    rosa.page.reload()
    rosa.presses("Go on to the referral")
    rosa.lands_on("This is what they would read")
    rosa.writes("What do you ask for?", ASKED)
    rosa.presses("Send it")
    rosa.sees("It is sent. You hear here what they answer, or that they do not.")
    rosa.looks_closely()
    referral = rosa.page.url

    lucia = visitor(width=390, language="es")
    enters_by_her_letter(lucia, house)
    lucia.sees(ASKED)
    assert not lucia.page.locator("[name=first_service_on]").is_visible()
    lucia.picks("A first visit took place")
    assert not lucia.page.locator("[name=wait_until]").is_visible()
    lucia.page.locator("[name=first_service_on]").fill(TODAY.isoformat())
    lucia.presses("Send")
    lucia.sees("Thank you. The school reads it now.")

    rosa.goes_to(referral)
    rosa.lands_on("what did they answer?")
    rosa.sees("Linked: a first visit took place")
    rosa.presses("Ask the family")
    rosa.sees("The family is asked.")
    says_half_met(visitor(width=390, language="es"), rosa)
    rosa.goes_to("/out/?show=missing")
    rosa.lands_on("What went out to partners, and what came back?")
    rosa.sees(STILL)
    reads_what_is_missing(rosa)

    linh.goes_to(f"/out/students/{student}/home/")
    linh.presses("Take it back")
    linh.sees("It is taken back. From now on nothing of it is shared.")
    lucia.page.reload()
    lucia.does_not_see(ASKED)
    assert "Minh" not in lucia.page.content()
    # The browser says aloud that the address is gone, as it should.
    lucia.troubles[:] = [said for said in lucia.troubles if "410" not in said]


def loads_the_directory(priya: Someone, folder: Path) -> None:
    written = packages.write(folder / "county")
    file = folder / "county.zip"
    with zipfile.ZipFile(file, "w") as bundle:
        for csv in sorted(written.iterdir()):
            bundle.write(csv, csv.name)
    WRITTEN.add("County")
    priya.goes_to("/imports/new/")
    priya.page.locator("[name=kind]").select_option("directory")
    priya.writes("Where does it come from?", "County")
    priya.page.locator('input[type="file"]').set_input_files(file)
    priya.presses("Send it")
    waits_for(priya, "The file against what is here")
    priya.presses("Load it")
    waits_for(priya, "What this file brought")


def signs_with_the_clinic(helen: Someone) -> None:
    """Whom we may write to there, and what may be told."""
    helen.goes_to("/directory/agreements/new/?q=River")
    helen.page.get_by_role("link", name=re.compile("River Clinic")).first.click()
    helen.page.wait_for_load_state("load")
    partner = re.search(r"/partners/(\d+)/", helen.page.url)
    assert partner, helen.page.url
    helen.goes_to(f"/directory/partners/{partner[1]}/contacts/new/")
    helen.writes("Name", "Lucía Ramos")
    helen.writes("Work e-mail", "lucia@river.example")
    helen.page.locator("select[name=language]").select_option("es")
    helen.presses("Save")
    helen.sees("Kept.")
    helen.goes_to(f"/directory/partners/{partner[1]}/agreements/new/")
    helen.page.locator("[name=kind][value=data_sharing]").check(force=True)
    helen.writes("What is it for, in your own words?", "Counseling for our students.")
    helen.page.locator("[name=purposes][value=support]").check()
    for element in ("name", "home_language", "reach_family", "asked_for"):
        helen.page.locator(f"[name=elements][value={element}]").check()
    helen.page.locator("[name=basis]").select_option("parent_consent")
    helen.page.locator("[name=starts]").fill((TODAY - timedelta(days=30)).isoformat())
    helen.page.locator("[name=expires]").fill((TODAY + timedelta(days=300)).isoformat())
    helen.presses("Save")
    helen.page.wait_for_load_state("load")


def chooses_the_service(rosa: Someone) -> str:
    """From Minh Anh's page to the question for her mother; gives her key."""
    rosa.goes_to("/people/students/?q=Minh")
    rosa.page.get_by_role("link", name=re.compile("Minh Anh")).first.click()
    rosa.page.wait_for_load_state("load")
    found = re.search(r"/students/(\d+)/", rosa.page.url)
    assert found, rosa.page.url
    rosa.goes_to(f"/out/students/{found[1]}/")
    rosa.lands_on("Which service could help?")
    rosa.presses_beside("Family Counseling", "Choose")
    rosa.lands_on("What may the partner know?")
    rosa.presses("Ask the family")
    rosa.lands_on("What do we ask the family to allow?")
    return found[1]


def enters_by_her_letter(lucia: Someone, house: House) -> None:
    """The address from her letter, the code from her mailbox."""
    address = re.search(r"(/partner/\S+)", _letter(house, "lucia@river.example", "/partner/"))
    assert address
    lucia.goes_to(address[1])
    lucia.page.wait_for_load_state("load")
    lucia.does_not_see(ASKED)
    lucia.presses("Send me the code")
    code = re.search(r"\b(\d{6})\b", _letter(house, "lucia@river.example", None))
    assert code
    lucia.page.locator("[name=code]").fill(code[1])
    lucia.presses("Open")
    lucia.lands_on("Can you help?")


def says_half_met(linh: Someone, rosa: Someone) -> None:
    """One question on her phone, with no account and no name on it."""
    asked = re.search(r"(/family/\S+/met/[0-9a-f-]{36}/)", rosa.page.content())
    assert asked
    linh.goes_to(asked[1])
    linh.lands_on("Did it help?")
    linh.picks("Partly")
    linh.writes("What is still needed?", STILL)
    linh.presses("Send")
    linh.lands_on("Thank you")


def reads_what_is_missing(rosa: Someone) -> None:
    """By name in the agenda of her team's next meeting; of one child no figure says a word."""
    rosa.goes_to(f"{sets_up_the_team(rosa)}plan/")
    rosa.presses("Plan it")
    rosa.lands_on("What will we talk about?")
    rosa.sees("What we are missing")
    rosa.sees("met in part, the family says")
    rosa.goes_to("/numbers/missing/")
    rosa.lands_on("Which need is met, in which language?")
    rosa.does_not_see("Minh Anh")


def _letter(house: House, to: str, holds: str | None, patience: int = 60) -> str:
    """The newest letter to this address: the one that holds an address, or the one with a code."""
    for _ in range(patience * 2):
        letters = sorted((house.data or Path()).glob("mail/*"), key=lambda f: f.stat().st_mtime)
        for file in reversed(letters):
            letter = message_from_bytes(file.read_bytes())
            body = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
            has_code = re.search(r"\b\d{6}\b", str(body)) and "/partner/" not in body
            if to in str(letter["To"]) and (holds in body if holds else has_code):
                return str(body)
        time.sleep(0.5)
    raise AssertionError(f"no letter came to {to}")
