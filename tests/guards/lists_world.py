"""The world in which every list is tried: six children of three schools, and everybody around them.

Each child has something in every list of this house. Tom asked for his class, Rosa for Niamh, Lena
and Joy for theirs.
"""

from datetime import date
from uuid import uuid4

from hearth.access.models import Membership, User
from hearth.people.models import Guardianship, Person, Student
from hearth.schools.acting import acting_for
from hearth.schools.models import School
from hearth.supports import actions
from hearth.supports.actions.instead import ask_instead
from hearth.supports.actions.legal import open_assessment
from hearth.supports.models import Referral
from tests.cast import Cast
from tests.makers import (
    SOME_DAY,
    make_guardian,
    make_person,
    make_referral,
    make_section,
    make_student,
    make_user,
)
from tests.supports.plans import make_plan

# What of a child's name stands on a page and nowhere else in the house.
MARKS = {
    "diego": "Diego",
    "minh_anh": "Minh Anh",
    "khoa": "Khoa",
    "niamh": "Niamh",
    "sam": "Whitefeather",
    "ada": "Ada Elsewhere",
}
# A middle name that all of them have and no page shows: whoever types its beginning finds each
# child whom they may find.
MIDDLE, TYPED = "Quill", "Quil"
SECRET = "quolliwog"


class World:
    """The cast, and those whom it lacks: a team at another school, staff of every role, families
    with and without rights, and a counselor who is a father at the same school."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.users: dict[str, User] = {}
        self.students: dict[str, Student] = {
            "diego": cast.diego, "minh_anh": cast.minh_anh, "sam": cast.sam,
        }  # fmt: skip

    def user(self, key: str) -> User:
        if key in self.users:
            return self.users[key]
        return self.cast.login_of("sam") if key == "sam" else getattr(self.cast, key)

    def staff(self, key: str, name: str, role: str, school: School | None) -> User:
        self.users[key] = make_user(self.cast.alder, name, role, school=school)
        return self.users[key]

    def at_home(self, key: str, name: str, *students: Student, rights: bool = True) -> None:
        """A guardian who signs in; somebody of the staff becomes one beside their post."""
        user = self.users.get(key)
        if user is None:
            user = self.users[key] = make_user(self.cast.alder, name)
        Membership.objects.create(
            district=self.cast.alder, user=user, role="guardian", starts=SOME_DAY
        )
        given, family = name.split(" ", 1)
        person = make_person(self.cast.alder, given, family, user=user)
        for student in students:
            row = make_guardian(student, person)
            Guardianship.objects.filter(pk=row.pk).update(may_see_records=rights)


def build(cast: Cast) -> World:
    world = World(cast)
    here, there = cast.cottonwood, cast.larkspur
    lena = world.staff("lena", "Lena Brandt", "coordinator", there)
    world.staff("pat", "Pat Adeyemi", "counselor", here)
    for key, name, role in (
        ("cora", "Cora Bell", "classified_staff"),
        ("vera", "Vera Quispe", "family_liaison"),
        ("ivan", "Ivan Petrov", "interpreter"),
        ("carl", "Carl Osei", "council_member"),
        ("uma", "Uma Rao", "union_representative"),
        ("ines", "Ines Duarte", "case_manager"),
        ("abel", "Abel Kim", "afterschool_lead"),
    ):
        world.staff(key, name, role, here)
    khoa = make_student(there, "Khoa", "Nguyễn", grade="09")
    niamh = make_student(here, "Niamh", "Adeyemi", grade="03")
    world.students |= {"khoa": khoa, "niamh": niamh}
    again = make_student(here, "Niamh", "Adeyemi", grade="03")  # one child, written twice
    born = Person.objects.filter(pk__in=[niamh.pk, again.pk])
    born.update(birth_date=date(2018, 4, 2))
    make_guardian(khoa, cast.person("linh"), "mother")
    world.at_home("bao", "Bao Nguyễn", cast.minh_anh, khoa, rights=False)
    world.at_home("pat", "Pat Adeyemi", niamh)
    world.at_home("wren", "Wren Whitefoot", cast.sam)
    # Abel leads a group after school, Ines works with one student: each sees that caseload.
    for key, title, student in (("abel", "Robotics", khoa), ("ines", "Reading room", niamh)):
        person = make_person(cast.alder, key.title(), "Caseload", user=world.users[key])
        make_section(here, title, person, student)
    make_section(here, "Grade 3, room 9", make_person(cast.alder, "Elsa", "Moreau"), niamh)
    for student, by in (
        (cast.minh_anh, cast.tom), (khoa, lena), (niamh, cast.rosa), (cast.sam, cast.joy),
    ):  # fmt: skip
        _in_every_list(student, by)
    with acting_for(cast.bristlecone.pk):
        ada = Student.objects.get(person__given_name="Ada")
        _in_every_list(ada, cast.omar)
        Person.objects.filter(pk=ada.pk).update(middle_name=MIDDLE)
    named = [student.pk for student in world.students.values()]
    Person.objects.filter(pk__in=named).update(middle_name=MIDDLE)
    world.students["ada"] = ada
    return world


def _in_every_list(student: Student, by: User) -> None:
    referral = make_referral(student, by, concern="Comes without breakfast.")
    say_in_confidence(referral, by)
    open_assessment(
        student=student, kind="section_504", asked_on=date(2026, 9, 14), words="Please.", by=by
    )
    ask_instead(student=student, strength="Kind.", happened="A shout.", nonce=uuid4(), by=by)
    make_plan(student, by)


def say_in_confidence(referral: Referral, by: User) -> None:
    """A restricted note beside what was asked, in words that stand nowhere else."""
    writer = User.objects.filter(
        memberships__role__in=["coordinator", "counselor"], memberships__school=referral.school_id
    ).first()
    actions.write_note(
        referral=referral, body=f"Told in confidence: {SECRET}.", restricted=True,
        by=writer or by,
    )  # fmt: skip
