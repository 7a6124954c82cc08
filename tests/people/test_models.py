"""What must always be true of people, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError

from hearth.access.visible import people_who_may_see, why
from hearth.people.models import Guardianship, Identity, Person, SectionMember, Student
from tests.makers import make_guardian, make_person, make_section, make_student


def test_tom_sees_the_students_of_his_class_and_no_others(cast):
    make_student(cast.cottonwood, "Other", "Child")
    seen = Student.objects.visible_to(cast.tom)
    assert set(seen) == {cast.minh_anh, cast.diego}


def test_linh_sees_minh_anh_only(cast):
    assert list(Student.objects.visible_to(cast.linh)) == [cast.minh_anh]


def test_a_guardian_who_may_not_see_records_sees_nobody(cast):
    Guardianship.objects.update(may_see_records=False)
    assert list(Student.objects.visible_to(cast.linh)) == []


def test_rosa_sees_her_school_and_joy_only_her_class(cast):
    assert cast.diego in Student.objects.visible_to(cast.rosa)
    assert cast.sam not in Student.objects.visible_to(cast.rosa)
    assert list(Student.objects.visible_to(cast.joy)) == [cast.sam]


def test_sam_sees_himself(cast):
    assert list(Student.objects.visible_to(cast.login_of("sam"))) == [cast.sam]


def test_a_student_who_left_the_class_is_no_longer_toms(cast):
    SectionMember.objects.filter(person=cast.diego.pk).update(gone_on=date(2026, 1, 1))
    assert list(Student.objects.visible_to(cast.tom)) == [cast.minh_anh]


def test_a_teacher_who_left_the_class_sees_it_no_more(cast):
    SectionMember.objects.filter(role="teacher", person=cast.person("tom")).update(
        gone_on=date(2026, 1, 1)
    )
    assert not Student.objects.visible_to(cast.tom).exists()


@pytest.mark.parametrize("who", ["minh_anh", "diego", "sam"])
def test_who_may_see_is_who_sees(cast, who):
    """The grounds read from either end give one answer."""
    row = getattr(cast, who)
    told = {watcher.user.pk for watcher in people_who_may_see(row)}
    people = ["rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy"]
    users = [*(getattr(cast, key) for key in people), cast.login_of("sam")]
    sees = {user.pk for user in users if Student.objects.visible_to(user).filter(pk=row.pk)}
    assert told == sees
    assert all(bool(why(user, row)) == (user.pk in told) for user in users)


def test_nobody_is_merged_into_themselves(cast):
    with pytest.raises(IntegrityError, match="person_not_merged_into_itself"):
        Person.objects.filter(pk=cast.diego.pk).update(merged_into=cast.diego.pk)


def test_one_identity_at_a_time(cast):
    facts = {"district": cast.alder, "person": cast.diego.person, "valid_from": date(2026, 1, 1)}
    Identity.objects.create(**facts)
    with pytest.raises(IntegrityError, match="identity_one_current"):
        Identity.objects.create(**facts)


def test_a_child_is_not_their_own_guardian(cast):
    with pytest.raises(IntegrityError, match="guardianship_two_people"):
        make_guardian(cast.diego, cast.diego.person)


def test_a_member_of_a_class_learns_or_teaches(cast):
    section = make_section(cast.cottonwood, "Chess", cast.person("tom"))
    with pytest.raises(IntegrityError, match="section_member_role_known"):
        SectionMember.objects.create(
            district=cast.alder, section=section, person=cast.diego.person, role="guest"
        )


def test_a_name_on_screens_is_the_preferred_one(cast):
    assert cast.sam.person.called == "Sam Whitefeather"
    assert make_person(cast.alder, "Ana", "Ruiz").called == "Ana Ruiz"
