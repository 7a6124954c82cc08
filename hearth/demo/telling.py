"""Turn the stories into rows through the same verbs that people use."""

from datetime import date, timedelta

from django.utils.text import slugify

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.settle import account
from hearth.demo.stories import STORIES, Story
from hearth.people.models import Person, Staff, Student
from hearth.schools.models import District, School
from hearth.supports import actions
from hearth.supports.models import Referral

GENDER = {"female": "F", "male": "M"}


class Teller:
    """Tells each story once, as the people at that school, on the days it took."""

    def __init__(self, district: District, *, today: date) -> None:
        self.district = district
        self.today = today
        self.told: set[int] = set()

    def tell_all(self) -> int:
        """Tell the stories that are not told yet; returns how many were."""
        if Referral.objects.exists():
            return 0
        return sum(self._tell(story) for story in STORIES)

    def _tell(self, story: Story) -> bool:
        school = School.objects.get(source_id=SCHOOL[story.school].source_id)
        student = self._student(story, school)
        if student is None:  # a very small district has no such student
            return False
        days = self._days(story)
        referrer = self._somebody(story.referrer, school, student)
        with clock.on(days[0]):
            referral = actions.ask_for_support(
                student=student, strength=story.strength, concern=story.concern,
                tried=story.tried, domain=story.domain, urgency=story.urgency, by=referrer,
            )  # fmt: skip
        owner = self._somebody(story.owner or "coordinator", school, student)
        for step, day in zip(story.steps, days[1:], strict=True):
            with clock.on(day):
                self._take(step, referral, story, owner, day)
        self._answer(referral, story, owner, days[-1])
        return True

    def _days(self, story: Story) -> list[date]:
        """One day a step, spread from the asking to yesterday; never a weekend."""
        steps = len(story.steps)
        apart = max(story.days_ago - 1, 0) / max(steps, 1)
        days = [self.today - timedelta(days=round(story.days_ago - n * apart * 0.9))
                for n in range(steps + 1)]  # fmt: skip
        return [day - timedelta(days=max(day.weekday() - 4, 0)) for day in days]

    def _take(self, step: str, referral: Referral, story: Story, owner: User, day: date) -> None:
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
                    referral=referral, service=story.service or story.plan[:100],
                    provider=story.provider, by=owner,
                )  # fmt: skip
            case "waitlisted":
                actions.put_on_waiting_list(
                    referral=referral, until=self.today + timedelta(days=21), by=owner
                )
            case "linked":
                actions.confirm_first_service(referral=referral, on=day, by=owner)
            case "monitoring":
                actions.begin_monitoring(referral=referral, by=owner)
            case "closed":
                actions.close(referral=referral, because=story.closed_because, by=owner)

    def _answer(self, referral: Referral, story: Story, owner: User, day: date) -> None:
        with clock.on(day):
            if story.note:
                actions.write_note(referral=referral, body=story.note, restricted=True, by=owner)
            text = story.answer(referral.referrer.language)
            if text:
                actions.answer_referrer(referral=referral, answer=text, by=owner)

    def _student(self, story: Story, school: School) -> Student | None:
        students = Student.objects.current().filter(school=school)
        if story.student:
            return students.get(person__source_id=BY_KEY[story.student].source_id)
        wanted = students.filter(grade=story.grade).exclude(pk__in=self.told)
        if story.sex:
            wanted = wanted.filter(
                person__identities__gender=GENDER[story.sex], person__identities__valid_to=None
            )
        if story.language:
            wanted = wanted.filter(person__home_language=story.language)
        found = (
            wanted.exclude(person__source_id__in=[m.source_id for m in BY_KEY.values()])
            .order_by("person__source_id")
            .first()
        )
        if found is not None:
            self.told.add(found.pk)
        return found

    def _somebody(self, who: str, school: School, student: Student) -> User:
        """A member of the cast, or whoever holds that role at the school."""
        if who in BY_KEY:
            return User.objects.get(email=BY_KEY[who].email)
        held = User.objects.filter(memberships__role=who, memberships__school=school)
        if who == "teacher":
            held = held.filter(person__sections__section__members__person=student.pk)
        return held.first() or self._welcome(who, school, student)

    def _welcome(self, who: str, school: School, student: Student) -> User:
        """Give somebody whom the roster file brought an account with this role."""
        if who == "teacher":
            person = (
                Person.objects.filter(
                    user=None,
                    sections__role="teacher",
                    sections__section__members__person=student.pk,
                )
                .order_by("source_id")
                .first()
            )
        else:
            staff = Staff.objects.filter(school=school, person__user=None)
            person = (
                Person.objects.filter(pk__in=staff.values("person"))
                .exclude(sections__role="teacher")
                .order_by("source_id")
                .first()
            )
        if person is None:
            raise LookupError(f"The demo roster has no {who} at {school.name}.")
        email = f"{slugify(person.source_id)}@aldervalley.example"
        name = f"{person.given_name} {person.family_name}"
        user = account(self.district, email, name, who, school, self.today.replace(month=7, day=1))
        person.user = user
        person.save(update_fields=["user"])
        return user
