"""Typed makers of rows, with defaults that read well in a story."""

from datetime import date
from itertools import count

from hearth.access.models import Membership, User
from hearth.people.models import (
    Guardian,
    Guardianship,
    PartnerWorker,
    Person,
    Section,
    SectionMember,
    Staff,
    Student,
)
from hearth.schools.models import District, School
from hearth.supports import actions as supports
from hearth.supports.models import Domain, Referral, Urgency

_number = count(1)
SOME_DAY = date(2020, 7, 1)


def make_district(name: str = "Alder Valley Unified", slug: str = "alder-valley") -> District:
    return District.objects.create(name=name, slug=slug, source_id=slug)


def make_school(district: District, name: str = "Cottonwood Elementary") -> School:
    slug = name.lower().replace(" ", "-")
    return School.objects.create(district=district, name=name, slug=slug, source_id=slug)


def make_user(
    district: District,
    name: str,
    role: str | None = None,
    *,
    school: School | None = None,
    email: str = "",
    language: str = "en",
) -> User:
    user = User.objects.create_user(
        email or f"person{next(_number)}@example.org", district=district, name=name,
        language=language,
    )  # fmt: skip
    if role:
        Membership.objects.create(
            district=district, user=user, role=role, school=school, starts=SOME_DAY
        )
    return user


def make_person(
    district: District, given: str, family: str, *, user: User | None = None, source_id: str = "",
    preferred: str = "", home_language: str = "", interpreter_needed: bool = False,
) -> Person:  # fmt: skip
    return Person.objects.create(
        district=district,
        given_name=given,
        family_name=family,
        preferred_name=preferred,
        user=user,
        source_id=source_id,
        home_language=home_language,
        interpreter_needed=interpreter_needed,
    )


def make_student(
    school: School, given: str = "Diego", family: str = "O'Brien-Ruiz", *, grade: str = "04",
    person: Person | None = None, strengths: str = "",
) -> Student:  # fmt: skip
    person = person or make_person(school.district, given, family)
    return Student.objects.create(
        district=school.district, person=person, school=school, grade=grade, strengths=strengths
    )


def make_staff(person: Person, school: School | None = None, title: str = "") -> Staff:
    return Staff.objects.create(district=person.district, person=person, school=school, title=title)


def make_partner_worker(person: Person, organization: str, does: str = "") -> PartnerWorker:
    return PartnerWorker.objects.create(
        district=person.district, person=person, organization=organization, does=does,
        starts=SOME_DAY,
    )  # fmt: skip


def make_guardian(student: Student, person: Person, relationship: str = "parent") -> Guardianship:
    guardian, _ = Guardian.objects.get_or_create(district=student.district, person=person)
    return Guardianship.objects.create(
        district=student.district, student=student, guardian=guardian, relationship=relationship
    )


def make_section(school: School, title: str, teacher: Person, *students: Student) -> Section:
    section = Section.objects.create(district=school.district, school=school, title=title)
    members = [(teacher, "teacher"), *((s.person, "student") for s in students)]
    SectionMember.objects.bulk_create(
        SectionMember(district=school.district, section=section, person=person, role=role)
        for person, role in members
    )
    return section


def make_referral(
    student: Student,
    by: User,
    *,
    strength: str = "Builds bridges out of anything and explains how they hold.",
    concern: str = "Reading aloud has become hard this month.",
    domain: str = Domain.ACADEMIC,
    urgency: str = Urgency.SOON,
    tried: str = "",
) -> Referral:
    return supports.ask_for_support(
        student=student, strength=strength, concern=concern, domain=domain, urgency=urgency,
        tried=tried, by=by,
    )  # fmt: skip
