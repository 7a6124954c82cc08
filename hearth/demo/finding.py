"""Find the people of a story among those whom the roster file brought."""

from datetime import date

from django.utils.text import slugify

from hearth.access.models import User
from hearth.demo.cast import BY_KEY
from hearth.demo.cast_families import SIBLINGS
from hearth.demo.settle import account
from hearth.demo.stories import Story
from hearth.people.models import Person, SectionMember, Staff, Student
from hearth.schools.models import District, School

GENDER = {"female": "F", "male": "M"}
KNOWN = [member.source_id for member in BY_KEY.values()] + sorted(SIBLINGS)


class Finder:
    """Looks people up once a story; no student is in two stories unless named."""

    def __init__(self, district: District, *, since: date) -> None:
        self.district = district
        self.since = since
        self.told: set[int] = set()

    def student(self, story: Story, school: School) -> Student | None:
        """The student whom the story names, or the first whom it fits; a tiny district has none."""
        students = Student.objects.current().filter(school=school)
        if story.student:
            named: Student = students.get(person__source_id=BY_KEY[story.student].source_id)
            return named
        fitting = students.filter(grade=story.grade).exclude(pk__in=self.told)
        if story.sex:
            fitting = fitting.filter(
                person__identities__gender=GENDER[story.sex], person__identities__valid_to=None
            )
        if story.language:
            fitting = fitting.filter(person__home_language=story.language)
        if story.referrer in BY_KEY and BY_KEY[story.referrer].role == "teacher":
            taught = SectionMember.objects.filter(
                person__source_id=BY_KEY[story.referrer].source_id, role="teacher"
            )
            fitting = fitting.filter(person__sections__section__in=taught.values("section"))
        strangers = fitting.exclude(person__source_id__in=KNOWN)
        found: Student | None = strangers.order_by("person__source_id").first()
        if found is not None:
            self.told.add(found.pk)
        return found

    def somebody(self, who: str, school: School, student: Student) -> User:
        """A member of the cast, or whoever holds that role at the school."""
        if who in BY_KEY:
            return User.objects.get(email=BY_KEY[who].email)
        holders = User.objects.filter(memberships__role=who, memberships__school=school)
        if who == "teacher":
            holders = holders.filter(person__sections__section__members__person=student.pk)
        return holders.order_by("pk").first() or self._welcome(who, school, student)

    def _welcome(self, who: str, school: School, student: Student) -> User:
        """Give somebody whom the roster file brought an account with this role."""
        person = self._teacher_of(student) if who == "teacher" else self._of_the_office(school)
        if person is None:
            raise LookupError(f"The demo roster has no {who} at {school.name}.")
        email = f"{slugify(person.source_id)}@aldervalley.example"
        user = account(self.district, email, person.called, who, school, self.since)
        person.user = user
        person.save(update_fields=["user"])
        return user

    @staticmethod
    def _teacher_of(student: Student) -> Person | None:
        teachers = Person.objects.filter(
            user=None, sections__role="teacher", sections__section__members__person=student.pk
        )
        return teachers.order_by("source_id").first()

    @staticmethod
    def _of_the_office(school: School) -> Person | None:
        staff = Staff.objects.filter(school=school, person__user=None)
        office = Person.objects.filter(pk__in=staff.values("person"))
        return office.exclude(sections__role="teacher").order_by("source_id").first()
