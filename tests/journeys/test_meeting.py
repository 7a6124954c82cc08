"""A new team sets itself up, meets for the first time, and has its minutes on paper."""

from datetime import timedelta

from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person
from tests.journeys.people import Someone
from tests.journeys.steps import MINH_ANH, asks, fetches, path_of, sets_up_the_team, text_of, today

STRENGTH = "She draws maps of places that nobody has seen."
CONCERN = "She has missed eleven mornings since September."
DECISION = "Amina calls her mother with an interpreter and asks what mornings are like."
ANSWER = "Amina calls the family this week. Please keep greeting her at the door."
QUESTIONS = {
    "members": "Who is on the team?",
    "norms": "How do you work together?",
    "rhythm": "When do you meet?",
    "words": "What do families read first?",
    "on-call": "Who is called when somebody may not be safe?",
    "door": "Do you open the door to families and students?",
}


# One meeting a day; so it is held once, on a wide screen as teams do, and then read on a phone in
# Spanish, where every page of it is looked at again.
def test_the_team_meets_decides_and_everybody_can_read_what(person: Person) -> None:
    tom = person("tom")
    referral = asks(tom, MINH_ANH, STRENGTH, CONCERN, "Coming to school")
    rosa = person("rosa")
    team = sets_up_the_team(rosa)
    meeting = rosa_opens_the_meeting(rosa, team)
    they_talk_about(rosa, referral)
    they_close(rosa, meeting)
    minutes_on_paper(rosa, meeting)
    tom.goes_to(referral)
    tom.lands_on("What became of it?")
    tom.sees(ANSWER)
    tom.does_not_see(DECISION)
    amina_reads_on_her_phone(person("amina", language="es", width=390), meeting)
    rosa_looks_at_every_question_again(person("rosa", language="es", width=390), team)


def rosa_opens_the_meeting(rosa: Someone, team: str) -> str:
    rosa.goes_to(f"{team}plan/")
    rosa.lands_on("When do you meet next?")
    rosa.field("Day").fill(today().isoformat())
    rosa.presses("Plan it")
    rosa.lands_on("What will we talk about?")
    meeting = path_of(rosa)
    assert b"%PDF" in fetches(rosa, f"{meeting}agenda.pdf")
    rosa.presses("Open the meeting")
    rosa.lands_on("Who is here today?")
    rosa.field("Guests").fill("Dana Reyes, school nurse")
    rosa.presses("Keep, and begin")
    rosa.lands_on("Where are we in the meeting?")
    return meeting


def they_talk_about(rosa: Someone, referral: str) -> None:
    """Minh Anh's turn: without her name on the wall, strengths first, one decision."""
    row = (
        rosa.page.locator("main tr")
        .filter(has_text=MINH_ANH)
        .filter(has_text=rosa.says("Coming to school"))
    )
    row.get_by_role("link", name=MINH_ANH).first.click()
    rosa.lands_on(MINH_ANH)
    rosa.presses("Hide names for this meeting")
    rosa.page.get_by_role("button", name=rosa.says("Show names")).wait_for()
    rosa.looks_closely()
    rosa.does_not_see(MINH_ANH)
    rosa.sees(STRENGTH)
    assert referral in rosa.page.content()
    rosa.writes("What do we do?", DECISION)
    rosa.field("Who does it?").select_option(label="Amina Yusuf")
    rosa.field("By which day?").fill((today() + timedelta(days=7)).isoformat())
    rosa.writes("What may the person who asked know?", ANSWER)
    rosa.page.locator("main form button.btn-primary").last.click()
    rosa.sees("Decided. It stands below with its name and day.")
    rosa.sees(DECISION)
    rosa.looks_closely()
    rosa.presses("Done, next")


def they_close(rosa: Someone, meeting: str) -> None:
    rosa.goes_to(f"{meeting}read-back/")
    rosa.lands_on("What have we decided?")
    rosa.sees(DECISION)
    rosa.presses("Close the meeting")
    rosa.lands_on("What did we decide?")
    rosa.sees("Dana Reyes")
    # Minutes stay as they were read out at the table, in the language of the meeting.
    WRITTEN.update(rosa.page.locator("main .k-card li").all_inner_texts())


def minutes_on_paper(rosa: Someone, meeting: str) -> None:
    """By initials, for paper travels."""
    words = text_of(fetches(rosa, f"{meeting}minutes.pdf"))
    assert "Minutes of our meeting" in words
    assert DECISION.split(" with ")[0] in words
    assert "Amina Yusuf" in words
    assert "Dana Reyes" in words
    assert MINH_ANH not in words


def amina_reads_on_her_phone(amina: Someone, meeting: str) -> None:
    amina.goes_to("/referrals/meetings/")
    amina.lands_on("When do we meet, and what did we promise?")
    amina.sees(DECISION)
    amina.goes_to(meeting)
    amina.lands_on("What did we decide?")
    paper = text_of(fetches(amina, f"{meeting}minutes.pdf"))
    assert amina.says("Minutes of our meeting") in paper
    amina.goes_to("/referrals/meetings/")
    amina.page.locator('main a[href*="/decisions/"]').first.click()
    amina.lands_on("What became of it?")
    amina.writes("What became of it?", "Su madre empieza a las cinco. Viene con una vecina.")
    amina.presses("It is done")
    amina.lands_on("When do we meet, and what did we promise?")
    amina.does_not_see(DECISION)


def rosa_looks_at_every_question_again(rosa: Someone, team: str) -> None:
    for key, question in QUESTIONS.items():
        rosa.goes_to(f"{team}set-up/{key}/")
        rosa.lands_on(question)
    rosa.goes_to(team)
    rosa.lands_on("Who is our team, and how does it work?")
    rosa.goes_to("/referrals/about/families/")
    rosa.looks_closely()
