"""Cottonwood's team and its last meeting, told through the verbs that a team uses."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.finding import Finder
from hearth.demo.stories import Story
from hearth.schools.models import Calendar, District, School
from hearth.supports import actions as referrals
from hearth.supports.actions import meeting as actions
from hearth.supports.actions import team as teams
from hearth.supports.models import Meeting, Part, Referral
from hearth.supports.paper import sample

TUESDAY = 1
A_WEEK = timedelta(days=7)
LEAST_AGO = 5
ASKED_BEFORE = 4

MAP_MAKER = Story(
    key="map_maker", school="cottonwood", grade="03", referrer="teacher", owner="amina",
    domain="academic", urgency="this_week", stage="submitted", days_ago=0,
    strength="Draws maps of every place in town, and explains them so well that you find the way.",
    concern="Multiplication has become a wall. The paper is covered when somebody walks by.",
    tried="Counting with beans, and a quiet seat. The beans help.",
)  # fmt: skip
GREETER = Story(
    key="greeter", school="cottonwood", grade="01", referrer="teacher", owner="rosa",
    domain="attendance", urgency="soon", stage="submitted", days_ago=0,
    strength="Greets everybody at the gate by name, the bus driver too.",
    concern="Most Mondays the seat has been empty until ten.",
    tried="A word at the gate on Friday. It was a good Monday after that, once.",
)  # fmt: skip
DRUMMER = Story(
    key="drummer", school="cottonwood", grade="05", referrer="teacher", owner="",
    domain="social_emotional", urgency="when_you_can", stage="submitted", days_ago=0,
    strength="Keeps the beat for the whole class on an upturned bucket, and lets everybody join.",
    concern="At recess there is a lot of standing at the fence alone since the move.",
    tried="",
)  # fmt: skip


def tell_meetings(district: District, *, today: date, since: date) -> bool:
    """Cottonwood's team meets on Tuesdays; Larkspur has none yet. Telling it twice adds nothing."""
    if Meeting.objects.exists():
        return False
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    held = _last_tuesday(today)
    with clock.on(max(since, held - 9 * A_WEEK)):
        _set_up(school)
    finder = Finder(district, since=since)
    finder.told |= set(Referral.objects.values_list("student", flat=True))
    with clock.on(held - timedelta(days=ASKED_BEFORE)):
        asked = {story.key: _ask(story, school, finder) for story in (MAP_MAKER, GREETER, DRUMMER)}
    with clock.on(held):
        _meet(school, held, today, asked)
    with clock.on(max(held + timedelta(days=2), today - timedelta(days=2))):
        _keep_a_promise(asked)
    with clock.on(today):
        actions.plan_next(school=school, by=_user("rosa"))
    return True


def _last_tuesday(today: date) -> date:
    """Long enough ago that one promise is kept and another is late; never on a closed day."""
    day = today - timedelta(days=LEAST_AGO)
    day -= timedelta(days=(day.weekday() - TUESDAY) % 7)
    closed = Calendar().closed
    while day in closed:
        day -= A_WEEK
    return day


def _user(key: str) -> User:
    return User.objects.get(email=BY_KEY[key].email)


def _set_up(school: School) -> None:
    rosa, amina, grace = _user("rosa"), _user("amina"), _user("grace")
    parts = {rosa: Part.FACILITATOR, amina: Part.NOTES, grace: Part.TIME}
    teams.choose_members(school=school, members=parts, by=rosa)
    teams.agree_norms(school=school, norms=sample.norms(), by=rosa)
    teams.set_rhythm(
        school=school, weekday=TUESDAY, every_weeks=1, minutes=45, starts_at=time(14, 45),
        place="Room 4, beside the library", by=rosa,
    )  # fmt: skip
    teams.write_welcome(
        school=school, welcome_en=sample.welcome("en"), welcome_es=sample.welcome("es"), by=rosa
    )
    teams.put_on_call(school=school, on_call=amina, on_call_next=grace, by=rosa)
    teams.set_door(school=school, door_open=True, by=rosa)
    teams.finish(school=school, by=rosa)


def _ask(story: Story, school: School, finder: Finder) -> Referral | None:
    student = finder.student(story, school)
    if student is None:
        return None
    return referrals.ask_for_support(
        student=student, strength=story.strength, concern=story.concern, tried=story.tried,
        domain=story.domain, urgency=story.urgency,
        by=finder.somebody(story.referrer, school, student),
    )  # fmt: skip


def _meet(school: School, held: date, today: date, asked: dict[str, Referral | None]) -> None:
    rosa, amina, grace = _user("rosa"), _user("amina"), _user("grace")
    meeting = actions.plan_next(school=school, on=held, by=rosa)
    actions.open_meeting(meeting=meeting, by=rosa)
    actions.mark_present(
        meeting=meeting, guests=["Dana Reyes, school nurse"], by=amina,
        parts={rosa: Part.FACILITATOR, amina: Part.NOTES, grace: Part.TIME},
    )  # fmt: skip
    for part, seconds in (("norms", 95), ("picture", 540), ("gaps", 280)):
        actions.take_item(item=meeting.items.get(part=part), seconds=seconds, by=rosa)
    soon = held + timedelta(days=2)
    _decide(
        meeting, asked["map_maker"], amina, soon, 420,
        "Ask the lunch math table whether there is a seat on Thursdays.",
        "Thank you for asking. Amina looks after it. She is asking for a seat at the lunch math "
        "table, and she will tell you by the end of the week.",
    )  # fmt: skip
    _decide(
        meeting, asked["greeter"], rosa, soon, 510,
        "Call the family, with an interpreter if they like one, and ask what Mondays look like.",
        "Thank you for the good word at the gate. Rosa calls the family this week.",
    )  # fmt: skip
    actions.decide(
        item=meeting.items.get(part="gaps"), owner=grace, due_on=today + timedelta(days=9),
        words="Ask Valley Tutoring Collective for a second tutor on Thursdays.", nonce=uuid4(),
        by=rosa,
    )  # fmt: skip
    actions.close_meeting(meeting=meeting, by=rosa)


def _decide(
    meeting: Meeting, referral: Referral | None, owner: User, due_on: date, seconds: int,
    words: str, answer: str,
) -> None:  # fmt: skip
    if referral is None:
        return
    rosa, item = _user("rosa"), meeting.items.get(referral=referral)
    actions.decide(
        item=item, words=words, owner=owner, due_on=due_on, nonce=uuid4(), answer=answer,
        takes_over=True, by=rosa,
    )  # fmt: skip
    actions.take_item(item=item, seconds=seconds, by=rosa)


def _keep_a_promise(asked: dict[str, Referral | None]) -> None:
    told = asked["map_maker"]
    if told is None:
        return
    actions.finish_decision(
        decision=told.decisions.get(), by=_user("amina"),
        became="There is a seat. The times tables are being drawn as a map of the town.",
    )  # fmt: skip
