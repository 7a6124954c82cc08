"""Two entries of one person become one; taken back, every row stands where it stood."""

from datetime import date

import pytest
from django.db import connection

from hearth.audit.models import Event
from hearth.people import actions, duplicates
from hearth.people.models import (
    Guardianship,
    Identity,
    Merge,
    Person,
    SectionMember,
    Student,
)
from hearth.people.rules import NotAllowed
from hearth.supports.models import Referral
from tests.makers import (
    make_guardian,
    make_person,
    make_referral,
    make_section,
    make_student,
    make_user,
)

TABLES = [
    "people_person", "people_student", "people_guardian", "people_staff", "people_guardianship",
    "people_section", "people_sectionmember", "people_identity",
    "supports_referral", "supports_move", "supports_note", "access_user", "access_membership",
]  # fmt: skip


def checksum():
    """One value for all that stands in the tables, whatever the order of the rows."""
    with connection.cursor() as cursor:
        sums = []
        for table in TABLES:
            rows = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"  # noqa: S608
            cursor.execute(rows)
            sums.append((table, cursor.fetchone()[0]))
        return sums


@pytest.fixture
def twin(cast):
    """Diego came twice: his second entry has a class, a mother, an identity and a referral."""
    twin = make_student(cast.cottonwood, "Diego", "OBrien Ruiz", grade="04")
    make_section(cast.cottonwood, "Art", cast.person("tom"), twin)
    make_guardian(twin, make_person(cast.alder, "Ana", "Ruiz"), "mother")
    Identity.objects.create(
        district=cast.alder, person=twin.person, valid_from=date(2026, 1, 1), gender="M"
    )
    make_referral(twin, cast.tom)
    return twin


def test_all_that_hangs_on_the_second_entry_hangs_on_the_first(cast, twin):
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    diego = cast.diego.pk
    assert Referral.objects.get().student_id == diego
    assert Guardianship.objects.get(guardian__person__given_name="Ana").student_id == diego
    assert SectionMember.objects.filter(person=diego).count() == 2
    assert Identity.objects.get().person_id == diego
    assert Person.objects.get(pk=twin.pk).merged_into_id == diego
    assert sum(map(len, merged.moved.values())) == 4


def test_the_absorbed_entry_shows_in_no_list(cast, twin):
    actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    assert twin not in Student.objects.current().sought("Diego")
    assert twin.person not in Person.objects.mergeable_by(cast.helen)


def test_taken_back_everything_is_as_it_was(cast, twin):
    before = checksum()
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    assert checksum() != before
    actions.unmerge(merge=merged, by=cast.priya)
    assert checksum() == before
    merged.refresh_from_db()
    assert merged.undone_by == cast.priya
    assert [e.verb for e in Event.objects.filter(about="people.person").order_by("pk")] == [
        "people_merged",
        "people_unmerged",
    ]


def test_a_row_that_the_kept_one_has_already_stays(cast, twin):
    ana = make_person(cast.alder, "Thanh", "Vo")
    make_guardian(cast.diego, ana)
    make_guardian(twin, ana)
    Identity.objects.create(
        district=cast.alder, person=cast.diego.person, valid_from=date(2025, 1, 1), gender="X"
    )
    before = checksum()
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    assert Guardianship.objects.filter(guardian=ana.pk, student=twin).count() == 1
    assert Identity.objects.get(person=twin.pk).gender == "M"
    actions.unmerge(merge=merged, by=cast.helen)
    assert checksum() == before


def test_what_only_one_side_knows_is_kept_and_given_back(cast, twin):
    Person.objects.filter(pk=twin.pk).update(
        email="d@example.org", birth_date="2017-02-03", interpreter_needed=True
    )
    Student.objects.filter(pk=cast.diego.pk).update(strengths="")
    Student.objects.filter(pk=twin.pk).update(strengths="Sings.", local_id="77")
    before = checksum()
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    kept = Student.objects.select_related("person").get(pk=cast.diego.pk)
    assert (kept.strengths, kept.local_id, kept.person.email) == ("Sings.", "77", "d@example.org")
    assert (kept.person.birth_date, kept.person.interpreter_needed) == (date(2017, 2, 3), True)
    actions.unmerge(merge=merged, by=cast.helen)
    assert checksum() == before


def test_what_was_written_since_is_not_taken_back(cast, twin):
    Person.objects.filter(pk=twin.pk).update(email="d@example.org")
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    Person.objects.filter(pk=cast.diego.pk).update(email="new@example.org")
    actions.unmerge(merge=merged, by=cast.helen)
    assert Person.objects.get(pk=cast.diego.pk).email == "new@example.org"


def test_a_teacher_who_is_also_a_parent_is_one_person(cast):
    """The staff entry stays and becomes a guardian, with the children and the sign-in of both."""
    user = make_user(cast.alder, "Tom Becker", "guardian")
    parent = make_person(cast.alder, "Thomas", "Becker", user=user)
    make_guardian(cast.diego, parent, "father")
    before = checksum()
    merged = actions.merge(kept=cast.person("tom"), absorbed=parent, by=cast.helen)
    assert merged.made == ["people_guardian"]
    assert Guardianship.objects.get(student=cast.diego).guardian_id == cast.person("tom").pk
    actions.unmerge(merge=merged, by=cast.helen)
    assert checksum() == before


def test_the_sign_in_goes_along_when_only_the_absorbed_one_had_it(cast):
    kept = make_person(cast.alder, "Linh", "Tran")
    before = checksum()
    merged = actions.merge(kept=kept, absorbed=cast.person("linh"), by=cast.helen)
    assert list(Student.objects.visible_to(cast.linh)) == [cast.minh_anh]
    actions.unmerge(merge=merged, by=cast.helen)
    assert checksum() == before


def test_what_came_to_a_role_made_by_the_merge_goes_back_with_it(cast, twin):
    """The kept entry was no student before, so a referral made since belongs to the other."""
    kept = make_person(cast.alder, "Diego", "O'Brien Ruiz")
    merged = actions.merge(kept=kept, absorbed=twin.person, by=cast.helen)
    assert merged.made == ["people_student"]
    later = make_referral(Student.objects.get(pk=kept.pk), cast.rosa)
    actions.write_strengths(
        student=Student.objects.get(pk=kept.pk), strengths="Dances.", by=cast.tom
    )
    actions.unmerge(merge=merged, by=cast.helen)
    later.refresh_from_db()
    assert later.student_id == twin.pk
    assert not Student.objects.filter(pk=kept.pk).exists()
    assert Student.objects.get(pk=twin.pk).strengths == "Dances."


def test_three_entries_come_together_and_apart_again_in_order(cast, twin):
    third = make_student(cast.cottonwood, "Diego", "Ruiz")
    before = checksum()
    first = actions.merge(kept=third.person, absorbed=twin.person, by=cast.helen)
    second = actions.merge(kept=cast.diego.person, absorbed=third.person, by=cast.helen)
    assert Person.objects.get(pk=twin.pk).merged_into_id == cast.diego.pk
    with pytest.raises(NotAllowed):
        actions.unmerge(merge=first, by=cast.helen)
    actions.unmerge(merge=second, by=cast.helen)
    actions.unmerge(merge=first, by=cast.helen)
    assert checksum() == before
    with pytest.raises(NotAllowed):
        actions.unmerge(merge=first, by=cast.helen)


def test_a_child_and_her_mother_are_two(cast):
    with pytest.raises(NotAllowed):
        actions.merge(kept=cast.minh_anh.person, absorbed=cast.person("linh"), by=cast.helen)
    with pytest.raises(NotAllowed):
        actions.merge(kept=cast.person("linh"), absorbed=cast.person("linh"), by=cast.helen)


def test_nobody_is_brought_together_twice(cast, twin):
    actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    with pytest.raises(NotAllowed):
        actions.merge(kept=cast.minh_anh.person, absorbed=twin.person, by=cast.helen)
    assert Merge.objects.count() == 1


def test_entries_alike_are_found_with_the_reason(cast, twin):
    for key in (cast.diego.pk, twin.pk):
        Person.objects.filter(pk=key).update(
            birth_date="2017-02-03", given_name="Diégo" if key == twin.pk else "Diego",
            family_name="Ruiz",
        )  # fmt: skip
        Student.objects.filter(pk=key).update(local_id="55")
    (pair,) = duplicates.pairs()
    assert (pair.one, pair.other) == (cast.diego.pk, twin.pk)
    assert set(pair.reasons) == {"number", "born"}


def alike(cast, twin):
    Student.objects.filter(pk__in=[cast.diego.pk, twin.pk]).update(local_id="55")
    return twin.person, cast.diego.person


def test_two_people_are_not_asked_about_again_until_it_is_taken_back(cast, twin):
    twin_entry, diego = alike(cast, twin)
    assert len(duplicates.pairs()) == 1
    said = actions.keep_two(one=twin_entry, other=diego, by=cast.helen)
    assert duplicates.pairs() == []
    assert actions.keep_two(one=diego, other=twin_entry, by=cast.priya) == said
    actions.ask_again(said=said, by=cast.priya)
    assert len(duplicates.pairs()) == 1
    with pytest.raises(NotAllowed):
        actions.ask_again(said=said, by=cast.priya)
    told = Event.objects.filter(about="people.twopeople").order_by("pk")
    assert [(event.verb, event.by_name) for event in told] == [
        ("people_kept_two", "Helen Marsh"),
        ("people_asked_again", "Priya Raman"),
    ]


def test_two_people_are_not_brought_together_unless_that_is_taken_back(cast, twin):
    twin_entry, diego = alike(cast, twin)
    said = actions.keep_two(one=diego, other=twin_entry, by=cast.helen)
    with pytest.raises(NotAllowed, match="two people"):
        actions.merge(kept=diego, absorbed=twin_entry, by=cast.helen)
    actions.ask_again(said=said, by=cast.helen)
    actions.merge(kept=diego, absorbed=twin_entry, by=cast.helen)
    with pytest.raises(NotAllowed):
        actions.keep_two(one=diego, other=twin_entry, by=cast.helen)


def test_nobody_is_two_people_alone(cast):
    with pytest.raises(NotAllowed):
        actions.keep_two(one=cast.diego.person, other=cast.diego.person, by=cast.helen)


def test_different_children_are_not_asked_about(cast, twin):
    Person.objects.filter(pk__in=[cast.diego.pk, twin.pk]).update(birth_date="2017-02-03")
    assert duplicates.pairs() == []
