"""Turn the stories into rows through the same verbs that people use."""

from datetime import date, timedelta

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import SCHOOL
from hearth.demo.finding import Finder
from hearth.demo.stories import STORIES, Story
from hearth.people.actions import write_strengths
from hearth.schools.models import District, School
from hearth.supports import actions
from hearth.supports.models import Referral

FRIDAY = 4


def tell_all(district: District, *, today: date, since: date) -> int:
    """Tell the stories, unless they were told before; returns how many were told."""
    if Referral.objects.exists():
        return 0
    finder = Finder(district, since=since)
    return sum(tell(story, finder, today) for story in STORIES)


def tell(story: Story, finder: Finder, today: date) -> bool:
    """One referral from the asking to where it stands today."""
    school = School.objects.get(source_id=SCHOOL[story.school].source_id)
    student = finder.student(story, school)
    if student is None:
        return False
    days = days_of(story, today)
    with clock.on(days[0]):
        referral = actions.ask_for_support(
            student=student,
            strength=story.strength,
            concern=story.concern,
            tried=story.tried,
            domain=story.domain,
            urgency=story.urgency,
            by=finder.somebody(story.referrer, school, student),
        )
        write_strengths(student=student, strengths=story.strength, by=referral.referrer)
    owner = finder.somebody(story.owner or "coordinator", school, student)
    for step, day in zip(story.steps, days[1:], strict=True):
        with clock.on(day):
            take(step, referral, story, owner, day)
    with clock.on(days[-1]):
        say(referral, story, owner)
    return True


def days_of(story: Story, today: date) -> list[date]:
    """One weekday a step, over the first part of the time: then a date comes near, or passes."""
    apart = story.days_ago / max(len(story.steps), 1) * 0.6
    days = [
        today - timedelta(days=round(story.days_ago - step * apart))
        for step in range(len(story.steps) + 1)
    ]
    return [day - timedelta(days=max(day.weekday() - FRIDAY, 0)) for day in days]


def take(step: str, referral: Referral, story: Story, owner: User, day: date) -> None:
    """One step of the referral's life, as its owner takes it on that day."""
    match step:
        case "triaged":
            actions.triage(referral=referral, why="Read together by the team.", by=owner)
        case "assigned":
            actions.assign(referral=referral, owner=owner, by=owner)
        case "assessing":
            actions.begin_assessing(referral=referral, by=owner)
        case "planned":
            actions.set_plan(referral=referral, why=story.plan, by=owner)
        case "referred":
            actions.refer_to_service(
                referral=referral, service=story.service, provider=story.provider, by=owner
            )
        case "waitlisted":
            until = day + timedelta(days=28)
            actions.put_on_waiting_list(referral=referral, until=until, by=owner)
        case "linked":
            actions.confirm_first_service(referral=referral, on=day, by=owner)
        case "monitoring":
            actions.begin_monitoring(referral=referral, by=owner)
        case "closed":
            actions.close(referral=referral, because=story.closed_because, by=owner)


def say(referral: Referral, story: Story, owner: User) -> None:
    """What was written down, and what the person who asked was told."""
    if story.note:
        actions.write_note(referral=referral, body=story.note, restricted=True, by=owner)
    answer = story.answer(referral.referrer.language)
    if answer:
        actions.answer_referrer(referral=referral, answer=answer, by=owner)
