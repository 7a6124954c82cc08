"""A school listens: it asks students, families and partners, hears one story in a stairwell
without a network, sorts, finds, is contradicted, and tells of it in a report that is signed."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person, Visitor
from tests.journeys.people import Someone
from tests.journeys.steps import fetches, path_of, text_of, today

TITLE = "What makes Cottonwood ours?"
STORY = "The garden club waits for me on the days I do not want to come."
GARDEN = "Children come for the garden, also on days when the rest is hard."
MUSIC = "We would like music in the afternoon again."
LUNCH = "Lunch is too short to finish a sandwich and a talk."
SEEN = "Learners asked each other before they asked a grown-up."
NEXT = "The team walks through one lunch with two students."
ENOUGH = 11  # answers, and then a survey says what it heard


def test_a_school_listens_from_the_first_question_to_the_signed_report(
    person: Person, visitor: Visitor
) -> None:
    rosa = person("rosa")
    project = rosa_begins(rosa)
    students = rosa_asks(rosa, project, "How is school for you?", "students")
    families = rosa_asks(rosa, project, "How is this school for your family?", "families")
    partners = rosa_asks(rosa, project, "How do we work together?", "partners")
    a_student_answers_by_keyboard(visitor(width=320), students)
    a_mother_answers_in_spanish(visitor(width=390, language="es"), families)
    a_partner_answers(visitor(), partners)
    others_answer(rosa, students, ENOUGH - 1)
    tom_hears_a_story_without_a_network(person("tom", width=390), project)
    rosa_writes_down_what_else_was_heard(rosa, project)
    rosa_counts(rosa, students)
    rosa_sorts(rosa, project)
    rosa_finds(rosa, project)
    check = rosa_opens_the_check(rosa, project)
    a_student_says_that_it_is_not_so(visitor(width=390), check)
    rosa.goes_to(f"{project}findings/")
    rosa.sees("Ten minutes would be enough, not a longer day.")
    rosa_makes_the_report(rosa, project)
    grace_signs(person("grace", language="es", width=390), project)


def rosa_begins(rosa: Someone) -> str:
    rosa.goes_to("/listening/")
    rosa.lands_on("What are we listening for?")
    rosa.presses("Begin a project")
    rosa.lands_on("What do we want to hear?")
    rosa.writes("What is it called?", TITLE)
    rosa.writes("Why do we listen?", "So that next year's plan begins with what learners say.")
    rosa.writes("What do we want to know?", "What is strong here?\nWhat would make it better?")
    rosa.writes("Who guides it?", "Two students, two parents, a teacher, the principal")
    rosa.field("First day").fill(today().isoformat())
    rosa.field("Last day").fill((today() + timedelta(days=60)).isoformat())
    rosa.writes("What do we tell people first, in English?",
                "Leave out what you like. Nobody sees who said what.")  # fmt: skip
    rosa.writes("What do we tell people first, in Spanish?",
                "Deje fuera lo que quiera. Nadie ve quién dijo qué.")  # fmt: skip
    rosa.presses("Save")
    rosa.lands_on(TITLE)
    return path_of(rosa)


def rosa_asks(rosa: Someone, project: str, title: str, audience: str) -> str:
    """The open address of a survey of our own questions, asked in both languages."""
    rosa.goes_to(f"{project}surveys/new/")
    rosa.lands_on("Whom do we ask?")
    rosa.picks(title)
    rosa.field("Who is asked?").select_option(audience)
    rosa.presses("Make it")
    rosa.page.wait_for_url(re.compile(r"/surveys/\d+/"))
    survey = re.sub(r"build/$", "", path_of(rosa))
    rosa.goes_to(survey)
    rosa.lands_on(title)
    rosa.presses("Open it")
    rosa.sees("How many have answered")
    rosa.looks_closely()
    address = rosa.page.locator("a[href*='/say/']").first.get_attribute("href") or ""
    return f"{urlsplit(address).path}#{survey}"


def a_student_answers_by_keyboard(student: Someone, survey: str) -> None:
    """Without a mouse, on the smallest screen: space picks, arrows move, enter sends."""
    student.goes_to(survey.partition("#")[0])
    student.lands_on("How is school for you?")
    first = student.page.locator("fieldset[data-question] input[type=radio]").first
    first.focus()
    student.page.keyboard.press("Space")
    student.page.keyboard.press("ArrowDown")
    chosen = student.page.locator("fieldset[data-question]").first.locator("input:checked")
    expect(chosen).to_have_count(1)
    student.page.keyboard.press("Tab")
    student.page.keyboard.press("Space")
    expect(student.page.locator("input[type=radio]:checked")).to_have_count(2)
    student.page.locator("button[data-send]").focus()
    student.page.keyboard.press("Enter")
    student.lands_on("Thank you. It is counted.")


def a_mother_answers_in_spanish(mother: Someone, survey: str) -> None:
    mother.goes_to(survey.partition("#")[0] + "?lang=es")
    expect(mother.page.locator("html")).to_have_attribute("lang", "es")
    mother.looks_closely()
    mother.page.locator("fieldset[data-question] label.k-choice").nth(1).click()
    mother.page.locator("textarea").first.fill("Más música por la tarde, por favor.")
    mother.presses("Send")
    mother.lands_on("Thank you. It is counted.")


def a_partner_answers(partner: Someone, survey: str) -> None:
    partner.goes_to(survey.partition("#")[0])
    partner.lands_on("How do we work together?")
    partner.page.locator("fieldset[data-question] label.k-choice").first.click()
    partner.page.context.set_offline(True)
    partner.presses("Send")
    partner.sees("Your answers wait on this page")
    partner.looks_closely()
    partner.page.context.set_offline(False)
    partner.lands_on("Thank you. It is counted.")


def others_answer(someone: Someone, survey: str, how_many: int) -> None:
    """The rest of the class, without a browser of their own each."""
    path = someone.address + survey.partition("#")[0]
    for _one in range(how_many):
        here = someone.page.context.request
        form = here.get(f"{path}?kiosk=1").text()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        chosen = dict(re.findall(r'type="radio" id="[^"]+" name="([^"]+)" value="([^"]+)"', form))
        done = here.post(path, form={"csrfmiddlewaretoken": token[1], "kiosk": "1", **chosen},
                         headers={"Referer": path})  # fmt: skip
        assert "/thanks/" in done.url


def tom_hears_a_story_without_a_network(tom: Someone, project: str) -> None:
    tom.goes_to(f"{project}heard/interview/new/")
    tom.lands_on("What did they tell you?")
    tom.writes("Which stories did they tell?", STORY)
    tom.page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('draft:'))")
    tom.page.reload()  # the tablet died in the middle of it
    expect(tom.field("Which stories did they tell?")).to_have_value(STORY)
    tom.page.context.set_offline(True)
    tom.field("Which day?").fill(today().isoformat())
    tom.picks("A student")
    tom.picks("Yes, word for word")
    tom.presses("Save")
    waiting = tom.page.locator("[data-waiting]")
    expect(waiting).to_be_visible()
    expect(waiting.locator("[data-count]")).to_have_text("1")
    tom.looks_closely()
    tom.page.context.set_offline(False)
    expect(waiting).to_be_hidden()
    tom.goes_to(f"{project}heard/")
    tom.lands_on("What did people tell us?")
    tom.sees(STORY)


def rosa_writes_down_what_else_was_heard(rosa: Someone, project: str) -> None:
    """A forum's sentence, and what was seen in a classroom behind a thick wall."""
    rosa.goes_to(f"{project}heard/statement/new/")
    rosa.field("Which day?").fill(today().isoformat())
    rosa.writes("What did somebody say?", LUNCH)
    for label, many in (("How many agree?", "19"), ("How many disagree?", "4"),
                        ("How many pass?", "2")):  # fmt: skip
        rosa.field(label).fill(many)
    rosa.presses("Save")
    rosa.goes_to(f"{project}heard/visit/new/")
    rosa.looks_closely()
    rosa.page.context.set_offline(True)
    rosa.field("Which day?").fill(today().isoformat())
    rosa.field("How many minutes?").fill("20")
    rosa.presses("Save")
    rosa.sees("The cursor stands where.")
    expect(rosa.field("What did you notice?")).to_be_focused()
    rosa.writes("What did you notice?", SEEN)
    rosa.presses("Save")
    waiting = rosa.page.locator("[data-waiting]")
    expect(waiting.locator("[data-count]")).to_have_text("1")
    rosa.page.context.set_offline(False)
    expect(waiting).to_be_hidden()
    rosa.goes_to(f"{project}heard/")
    rosa.lands_on("What did people tell us?")
    rosa.sees(LUNCH)
    rosa.sees(SEEN)


def rosa_counts(rosa: Someone, survey: str) -> None:
    page = survey.partition("#")[2]
    rosa.goes_to(page)
    rosa.sees(str(ENOUGH))
    rosa.presses("Count it and close it")
    rosa.looks_closely()
    rosa.page.locator("main form button.btn-primary").click()
    rosa.lands_on("What did they say?")


def rosa_sorts(rosa: Someone, project: str) -> None:
    rosa.goes_to(f"{project}sorting/")
    rosa.lands_on("What is it about?")
    rosa.page.get_by_role("link", name=STORY).first.click()
    rosa.looks_closely()
    rosa.picks("A strength")
    rosa.page.locator("input[name=keys]").first.check()
    rosa.presses("Save")
    rosa.lands_on("What is it about?")


def rosa_finds(rosa: Someone, project: str) -> None:
    """A strength on two kinds of source, a learner among them; and one that stays a draft."""
    _finds(rosa, project, "A strength", GARDEN, (STORY, "Learners asked each other"))
    _finds(rosa, project, "An opportunity", LUNCH, (STORY, LUNCH))
    _finds(rosa, project, "An opportunity", MUSIC, ())
    rosa.goes_to(f"{project}findings/")
    rosa.lands_on("What did we find?")
    rosa.sees("It rests on one kind of source alone")
    rosa.page.get_by_role("link", name=re.compile(re.escape(LUNCH[:30]))).first.click()
    rosa.lands_on("What do we do about it?")
    rosa.writes("What do you recommend?", "Give lunch ten minutes more.")
    rosa.writes("Who takes it on?", "Grace Okafor")
    rosa.writes("What is the next step?", NEXT)
    rosa.field("By when?").fill((today() + timedelta(days=30)).isoformat())
    rosa.presses("Save")
    rosa.lands_on("What did we find?")


def _finds(rosa: Someone, project: str, side: str, words: str, rests_on: tuple[str, ...]) -> None:
    rosa.goes_to(f"{project}findings/new/")
    rosa.picks(side)
    rosa.field("What is it about?").select_option(index=1)
    rosa.writes("What did we find?", words)
    rosa.picks("Fairly sure")
    for said in rests_on:
        rosa.page.locator("label").filter(has_text=said).first.click()
    rosa.presses("Save")
    rosa.lands_on("What did we find?")


def rosa_opens_the_check(rosa: Someone, project: str) -> str:
    rosa.goes_to(f"{project}findings/")
    rosa.presses("Open the page for those who were heard")
    address = rosa.page.locator("a[href*='/heard/']").last
    return urlsplit(address.get_attribute("href") or "").path


def a_student_says_that_it_is_not_so(student: Someone, check: str) -> None:
    student.goes_to(check)
    student.lands_on("Is this what you said?")
    student.sees(GARDEN)
    student.does_not_see(MUSIC)
    student.page.locator("label").filter(has_text=LUNCH).first.click()
    student.writes("What did you mean?", "Ten minutes would be enough, not a longer day.")
    student.presses("Send")
    student.page.wait_for_load_state("load")
    student.looks_closely()


def rosa_makes_the_report(rosa: Someone, project: str) -> None:
    rosa.goes_to(f"{project}report/")
    rosa.lands_on("What do we tell of it?")
    rosa.presses("Make the first version")
    rosa.lands_on("What do we tell of it?")
    rosa.sees(GARDEN)
    rosa.sees(NEXT)
    rosa.does_not_see(MUSIC)


def grace_signs(grace: Someone, project: str) -> None:
    """On her phone, in Spanish; then the paper says so, strengths first."""
    WRITTEN.update({"the staff", "I was there."})
    grace.goes_to(f"{project}report/")
    grace.lands_on("What do we tell of it?")
    grace.presses("Sign this version")
    grace.lands_on("Do you stand behind this version?")
    grace.writes("For whom do you sign?", "the staff")
    grace.writes("What do you want to say about it?", "I was there.")
    grace.presses("Sign")
    grace.lands_on("What do we tell of it?")
    grace.sees("Grace Okafor")
    for language in ("en", "es"):
        file = fetches(grace, f"{project}report/1/paper/{language}/")
        words = text_of(file)
        assert words.index(GARDEN) < words.index(LUNCH)
        assert "Grace Okafor" in words
        assert MUSIC not in words
        assert b"/StructTreeRoot" in file
