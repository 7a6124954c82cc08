"""A team that meets, and a class that is walked through, at a full school and at a quiet one."""

from datetime import date, time

from benchmarks.referrals import few_school
from hearth.access.models import Membership, User
from hearth.demo.cast import SCHOOL
from hearth.people.models import Section
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School
from hearth.supports.actions import meeting, review, team
from hearth.supports.models import Part
from hearth.supports.models.review import taught_by


def gather(district: District, *, today: date) -> None:
    """Open a meeting at both schools, its agenda built from what stands there; begin a review."""
    with acting_for(district.pk):
        full = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
        schools = [full, few_school()]
    for school in schools:
        with acting_for(district.pk):
            _meet(school, _holding(school, "coordinator"), today)
            for teacher in _teachers(school):
                for section in Section.objects.filter(taught_by(teacher), gone_on=None)[:1]:
                    review.begin(section=section, by=teacher)


def _meet(school: School, leads: User, today: date) -> None:
    counselor = _holding(school, "counselor")
    team.choose_members(
        school=school, members={leads: Part.FACILITATOR, counselor: Part.NOTES}, by=leads
    )
    team.agree_norms(school=school, norms="Strengths first. One at a time.", by=leads)
    team.set_rhythm(
        school=school, weekday=1, every_weeks=1, minutes=45, starts_at=time(14, 30), by=leads
    )
    team.put_on_call(school=school, on_call=counselor, by=leads)
    team.finish(school=school, by=leads)
    planned = meeting.plan_next(school=school, on=today, by=leads)
    meeting.open_meeting(meeting=planned, by=leads)


def _holding(school: School, role: str) -> User:
    return Membership.objects.filter(school=school, role=role).order_by("pk")[0].user


def _teachers(school: School) -> list[User]:
    posts = Membership.objects.filter(school=school, role="teacher").select_related("user")
    return [post.user for post in posts.order_by("pk")]
