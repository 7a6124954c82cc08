"""What several journeys need before their own story begins, done as people would do it."""

import io
import re
from datetime import date

from django.utils import timezone
from pypdf import PdfReader

from tests.journeys.checking import WRITTEN
from tests.journeys.people import Someone

DIEGO = "Diego O'Brien-Ruiz"
MINH_ANH = "Minh Anh Nguyễn"
TABLE = ("Rosa Delgado", "Amina Yusuf", "Grace Okafor")


def today() -> date:
    return timezone.localdate()


def asks(
    someone: Someone, child: str, strength: str, concern: str, domain: str = "Learning"
) -> str:
    """A teacher asks for a child of the own class; the path of the referral comes back."""
    opens_the_form(someone, child)
    someone.writes("What is going well?", strength)
    someone.writes("What is hard just now?", concern)
    someone.picks(domain)
    someone.presses("Send to the support team")
    someone.page.wait_for_url(re.compile(r"/asked/$"))
    return path_of(someone).removesuffix("asked/")


def opens_the_form(someone: Someone, child: str) -> None:
    someone.goes_to("/referrals/new/")
    someone.lands_on("Who could use support?")
    someone.presses(child)
    someone.lands_on("What could help %(name)s?", name=child)


def sets_up_the_team(rosa: Someone) -> str:
    """The path of Cottonwood's team; whoever comes first begins it, one question at a time."""
    rosa.goes_to("/referrals/team/")
    path = path_of(rosa)
    if rosa.page.locator("h1").inner_text().strip() != rosa.says("Shall we begin a team?"):
        return path
    rosa.lands_on("Shall we begin a team?")
    rosa.presses("Begin")
    rosa.lands_on("Who is on the team?")
    for name in TABLE:
        rosa.page.get_by_label(name, exact=True).check()
    rosa.field("Who leads the meeting?").select_option(label="Rosa Delgado")
    rosa.field("Who takes notes?").select_option(label="Amina Yusuf")
    rosa.presses("Keep, and go on")
    rosa.lands_on("How do you work together?")
    # From here on these are the team's own words, in the language in which it agreed on them.
    WRITTEN.update(rosa.page.locator("main textarea").input_value().splitlines())
    rosa.presses("Keep, and go on")
    rosa.lands_on("When do you meet?")
    rosa.picks("Tuesday")
    rosa.field("When does it begin?").fill("14:30")
    rosa.writes("Where?", "Room 12")
    rosa.presses("Keep, and go on")
    rosa.lands_on("What do families read first?")
    rosa.presses("Keep, and go on")
    rosa.lands_on("Who is called when somebody may not be safe?")
    rosa.field("Who is called first?").select_option(label="Amina Yusuf")
    rosa.field("Who stands in?").select_option(label="Grace Okafor")
    rosa.presses("Keep, and go on")
    rosa.lands_on("Do you open the door to families and students?")
    rosa.picks("Yes, open the door")
    rosa.presses("Keep, and go on")
    rosa.lands_on("Is everything there?")
    rosa.presses("Our team is ready")
    rosa.lands_on("Who is our team, and how does it work?")
    return path


def path_of(someone: Someone) -> str:
    """Where they are, without the house's own address and without what follows a question mark."""
    return someone.page.url.removeprefix(someone.address).partition("?")[0]


def fetches(someone: Someone, path: str) -> bytes:
    """A file, with this person's own sign-in."""
    answer = someone.page.context.request.get(someone.address + path)
    assert answer.ok, f"{path} answers {answer.status}"
    return answer.body()


def text_of(file: bytes) -> str:
    """Every word of a PDF, in one line."""
    pages = PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
