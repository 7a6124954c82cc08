"""The small world of every test: the people of the demo's cast, in the database before each test.

`cast.rosa` is Rosa's user, `cast.diego` the student, `cast.cottonwood` the school. A test that
asks for `cast` acts for Alder Valley; Omar's district, Bristlecone, is beside it and walled off.
"""

from dataclasses import dataclass, field
from typing import Any

from hearth.access.models import User
from hearth.demo import cast as people
from hearth.people.models import Person, Student
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School
from tests import makers

STUDENTS = {
    "minh_anh": "Draws whole worlds and remembers everybody's birthday.",
    "diego": "Knows every dinosaur and builds things that hold.",
    "sam": "Runs cross-country and helps the younger runners.",
}


@dataclass
class Cast:
    alder: District
    bristlecone: District
    _found: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: str) -> Any:
        if key in people.SCHOOL:
            return School.objects.get(source_id=people.SCHOOL[key].source_id)
        member = next(m for m in people.CAST if m.key == key)
        if key in STUDENTS:
            return Student.objects.select_related("person").get(person__source_id=member.source_id)
        return User.objects.get(email=member.email)

    def login_of(self, key: str) -> User:
        """The user of a cast member who is also a student: Sam signs in, too."""
        return User.objects.get(email=next(m for m in people.CAST if m.key == key).email)

    def person(self, key: str) -> Person:
        member = next(m for m in people.CAST if m.key == key)
        return Person.objects.get(source_id=member.source_id)


def build() -> None:
    """Make the whole cast; called once, when the tests' database is made."""
    alder = makers.make_district()
    bristlecone = makers.make_district("Bristlecone Unified", "bristlecone")
    with acting_for(alder.pk):
        schools = {}
        for planned in people.SCHOOLS:
            schools[planned.key] = School.objects.create(
                district=alder,
                name=planned.name,
                slug=planned.key.replace("_", "-"),
                cds_code=planned.code,
                source_id=planned.source_id,
                urgent_phone="555-0100",
            )
        for member in people.CAST:
            if member.district != people.OTHER_DISTRICT_SOURCE_ID:
                _settle(alder, schools.get(member.school), member)
        _gather(schools)
    with acting_for(bristlecone.pk):
        pine = makers.make_school(bristlecone, "Pinyon Elementary")
        makers.make_student(pine, "Ada", "Elsewhere")
        makers.make_user(
            bristlecone, "Omar Haddad", "coordinator", school=pine,
            email=next(m for m in people.CAST if m.key == "omar").email,
        )  # fmt: skip


def _settle(alder: District, school: School | None, member: people.Member) -> None:
    child = member.role == "student"
    user = None
    if not child or member.key == "sam":
        user = makers.make_user(
            alder, member.name, member.role, school=school, email=member.email,
            language=member.language if member.language in ("en", "es") else "en",
        )  # fmt: skip
    person = makers.make_person(
        alder, member.given, member.family, user=user, source_id=member.source_id,
        preferred=member.preferred, home_language=member.language,
        interpreter_needed=member.key == "linh",
    )  # fmt: skip
    if child and school:
        makers.make_student(
            school, person=person, grade=member.grade, strengths=STUDENTS.get(member.key, "")
        )
    elif member.role == "partner_worker":
        makers.make_partner_worker(person, people.PARTNER_NAME, people.PARTNER_WORK)
    elif member.role != "guardian":
        makers.make_staff(person, school, member.role)


def _gather(schools: dict[str, School]) -> None:
    """Minh Anh and Diego in Tom's class, Sam in Joy's; Linh is Minh Anh's mother."""
    cast = Cast(schools["cottonwood"].district, schools["cottonwood"].district)
    makers.make_section(
        schools["cottonwood"], "Grade 4, room 12", cast.person("tom"), cast.minh_anh, cast.diego
    )
    makers.make_section(schools["larkspur"], "Biology", cast.person("joy"), cast.sam)
    makers.make_guardian(cast.minh_anh, cast.person("linh"), "mother")


def world() -> Cast:
    return Cast(District.objects.get(slug="alder-valley"), District.objects.get(slug="bristlecone"))
