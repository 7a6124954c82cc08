"""Give the cast their accounts: the roster file brought them as people, here they can sign in."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.access.models import Membership, User
from hearth.demo.cast import (
    CAST,
    OTHER_DISTRICT_SOURCE_ID,
    PARTNER_NAME,
    PARTNER_WORK,
    SCHOOL,
    Member,
)
from hearth.kit.spoken import written_in
from hearth.people.models import PartnerWorker, Person, Staff
from hearth.schools.models import District, School

SIGNS_IN = [m for m in CAST if m.district != OTHER_DISTRICT_SOURCE_ID]
YOUNG_WITHOUT_LOGIN = {"minh_anh", "diego"}


@transaction.atomic
def settle_cast(district: District, *, since: date) -> None:
    """Make an account for each member of the cast who signs in; doing it twice changes nothing."""
    schools = {school.source_id: school for school in School.objects.all()}
    for member in SIGNS_IN:
        if member.key in YOUNG_WITHOUT_LOGIN:
            continue
        school = schools.get(SCHOOL[member.school].source_id) if member.school else None
        user = account(district, member.email, member.name, member.role, school, since)
        user.language = written_in(member.language)
        user.last_login = user.last_login or timezone.now()  # they have been here for a while
        user.save(update_fields=["language", "last_login"])
        if member.role == "partner_worker":
            _be_a_partner(district, member, user, since)
        else:
            _be_that_person(district, member, user)


def account(
    district: District, email: str, name: str, role: str, school: School | None, since: date
) -> User:
    """The account with this address, made with one membership if it is new."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, district=district, name=name)
        Membership.objects.create(
            district=district, user=user, role=role, school=school, starts=since
        )
    return user


def _be_that_person(district: District, member: Member, user: User) -> None:
    linked = Person.objects.filter(source_id=member.source_id).update(user=user)
    if not linked:
        person = Person.objects.create(
            district=district, given_name=member.given, family_name=member.family, user=user,
            source_id=member.source_id,
        )  # fmt: skip
        Staff.objects.create(district=district, person=person)


def _be_a_partner(district: District, member: Member, user: User, since: date) -> None:
    """Somebody whom no roster names: without a file's key, so that no later file lets them go."""
    person, _made = Person.objects.get_or_create(
        user=user,
        defaults={"district": district, "given_name": member.given, "family_name": member.family},
    )
    PartnerWorker.objects.get_or_create(
        person=person,
        organization=PARTNER_NAME,
        defaults={"district": district, "does": PARTNER_WORK, "starts": since},
    )
