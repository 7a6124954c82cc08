"""The law's two clocks at Cottonwood: an assessment that runs, a promise kept and one that is late,
told through the verbs that people use."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.finding import Finder
from hearth.demo.stories import Story
from hearth.people.models import Student
from hearth.schools.models import District, School
from hearth.supports.actions import instead, legal
from hearth.supports.models import InsteadOfDiscipline, Referral
from hearth.supports.reading.reckoning import school_calendar
from hearth.supports.rules.legal import instead_due

SIGN_MAKER = Story(
    key="sign_maker", school="cottonwood", grade="02", referrer="teacher", owner="",
    domain="academic", urgency="soon", stage="submitted", days_ago=9,
    strength="Paints the signs for the class garden and knows what every plant needs.",
    concern="Her mother asked at the gate to have her tested for special education, because "
    "letters still swap places when she reads.",
    tried="",
)  # fmt: skip
GOALKEEPER = Story(
    key="goalkeeper", school="cottonwood", grade="04", referrer="tom", owner="",
    domain="behavior", urgency="soon", stage="submitted", days_ago=0, sex="male",
    strength="Shares the ball with whoever was not chosen.",
    concern="He shouted across the room and kicked the bin when the groups were read out.",
    tried="",
)  # fmt: skip
KEPT_AGO, KEPT_AFTER = timedelta(days=27), timedelta(days=2)
LATE_AGO = 6  # weekdays of school: one more than the law gives


def tell_legal(district: District, *, today: date, since: date) -> bool:
    """Tell them, unless they were told before."""
    if InsteadOfDiscipline.objects.exists():
        return False
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    finder = Finder(district, since=since)
    finder.told |= set(Referral.objects.values_list("student", flat=True))
    grace, tom = (User.objects.get(email=BY_KEY[key].email) for key in ("grace", "tom"))
    _assessment(school, finder, today)
    _kept(tom, grace, today)
    _late(school, finder, tom, today)
    return True


def _assessment(school: School, finder: Finder, today: date) -> None:
    student = finder.student(SIGN_MAKER, school)
    if student is None:  # a tiny district
        return
    asked_on = _weekday(today - timedelta(days=SIGN_MAKER.days_ago))
    with clock.on(asked_on):
        legal.open_assessment(
            student=student, kind="special_education", asked_on=asked_on,
            words=SIGN_MAKER.concern, by=finder.somebody("teacher", school, student),
        )  # fmt: skip


def _kept(tom: User, grace: User, today: date) -> None:
    asked_on = _weekday(today - KEPT_AGO)
    with clock.on(asked_on):
        row = _ask(
            Student.objects.get(person__source_id=BY_KEY["diego"].source_id), tom,
            "Helps whoever is new to find the cubby and the lunch line.",
            "He threw his reading book at the shelf after a long page and hid under the table.",
            "Shorter pages, and somebody he can go to before it is too much.",
        )  # fmt: skip
    with clock.on(_weekday(asked_on + KEPT_AFTER)):
        instead.document(
            instead=row,
            action="Grace and Diego talked at lunch. He may go to Amina's room with a green card; "
            "his mother knows and likes the card. Tom gives him half pages this week.",
            by=grace,
        )


def _late(school: School, finder: Finder, tom: User, today: date) -> None:
    student = finder.student(GOALKEEPER, school)
    if student is None:
        return
    with clock.on(_just_too_long_ago(today)):
        _ask(
            student, tom, GOALKEEPER.strength, GOALKEEPER.concern,
            "A circle with the two he fell out with, before the next game.",
        )  # fmt: skip


def _ask(
    student: Student, by: User, strength: str, happened: str, hoped: str
) -> InsteadOfDiscipline:
    return instead.ask_instead(
        student=student, strength=strength, happened=happened, hoped=hoped,
        nonce=uuid5(NAMESPACE_URL, f"instead-{student.pk}"), by=by,
    )  # fmt: skip


def _just_too_long_ago(today: date) -> date:
    """The latest weekday from which the law's days have passed by today."""
    calendar = school_calendar()
    day = _weekday(today - timedelta(days=LATE_AGO))
    while instead_due(day, calendar).on >= today:
        day = _weekday(day - timedelta(days=1))
    return day


def _weekday(day: date) -> date:
    """That day, or the Friday before a weekend."""
    friday = 4
    return day - timedelta(days=max(day.weekday() - friday, 0))
