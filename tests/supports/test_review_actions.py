"""Tom walks his class: what he says, what is kept, who may say it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from hearth.access.visible import people_who_may_see
from hearth.audit.models import Event
from hearth.people.models import Section, SectionMember, Student
from hearth.schools.acting import acting_for
from hearth.supports.actions import review as actions
from hearth.supports.models import ClassReview, StudentReview
from hearth.supports.models.review import reviewable_by
from hearth.supports.reading import coverage
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_guardian, make_person, make_student

THRIVING = StudentReview.Next.THRIVING
EVERYBODY = ("rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "marcus", "helen")


@pytest.fixture
def room(cast: Cast) -> Section:
    return Section.objects.get(title="Grade 4, room 12")


@pytest.fixture
def review(cast: Cast, room: Section) -> ClassReview:
    return actions.begin(section=room, by=cast.tom)


def say(review: ClassReview, student: Student, cast: Cast, **words: str) -> StudentReview:
    said = {"strength": "Knows every dinosaur.", "next": THRIVING, **words}
    return actions.say(review=review, student=student, by=cast.tom, **said)


def test_rosa_who_begins_second_joins_toms_walk(cast: Cast, room: Section) -> None:
    first = actions.begin(section=room, by=cast.tom)
    assert actions.begin(section=room, by=cast.rosa) == first
    assert Event.objects.filter(verb="class_review_begun").count() == 1


def test_each_school_year_has_a_walk_of_its_own(cast: Cast, room: Section) -> None:
    with time_machine.travel(datetime(2027, 6, 30, 18, tzinfo=UTC), tick=False):
        june = actions.begin(section=room, by=cast.tom)
    with time_machine.travel(datetime(2027, 7, 1, 18, tzinfo=UTC), tick=False):
        july = actions.begin(section=room, by=cast.tom)
    assert (june.year, july.year) == (2026, 2027)


def test_a_class_is_finished_when_everybody_was_seen(cast: Cast, review: ClassReview) -> None:
    say(review, cast.diego, cast)
    with pytest.raises(NotAllowed, match="1 student is still to be seen"):
        actions.finish(review=review, by=cast.tom)
    say(review, cast.minh_anh, cast)
    actions.finish(review=review, by=cast.tom)
    assert review.finished_at is not None


def test_diego_who_left_does_not_block_finishing(cast: Cast, review: ClassReview) -> None:
    say(review, cast.minh_anh, cast)
    Student.objects.filter(pk=cast.diego.pk).update(gone_on=date(2026, 11, 2))
    actions.finish(review=review, by=cast.tom)
    assert coverage.walk_of(review).roster == (cast.minh_anh.pk,)


def test_diego_who_changed_class_does_not_block_finishing(cast: Cast, review: ClassReview) -> None:
    say(review, cast.minh_anh, cast)
    SectionMember.objects.filter(person=cast.diego.pk).update(gone_on=date(2026, 11, 2))
    actions.finish(review=review, by=cast.tom)
    assert review.finished_at is not None


def test_nobody_speaks_of_a_student_who_is_not_in_the_class(
    cast: Cast, review: ClassReview
) -> None:
    with pytest.raises(NotAllowed, match="not in the class"):
        say(review, cast.sam, cast)


def test_wren_who_joins_later_is_not_yet_reviewed(
    cast: Cast, review: ClassReview, room: Section
) -> None:
    for student in (cast.diego, cast.minh_anh):
        say(review, student, cast)
    actions.finish(review=review, by=cast.tom)
    wren = make_student(cast.cottonwood, "Wren", "Ashby")
    SectionMember.objects.create(
        district=cast.alder, section=room, person=wren.person, role="student"
    )
    [row] = coverage.with_coverage(reviewable_by(cast.tom), review.year)
    assert (row.reviewed, row.students, row.review) == (2, 3, review.pk)
    with pytest.raises(NotAllowed):
        actions.finish(review=review, by=cast.tom)


def test_what_was_said_can_be_changed_after_finishing(cast: Cast, review: ClassReview) -> None:
    first = say(review, cast.diego, cast)
    say(review, cast.minh_anh, cast)
    actions.finish(review=review, by=cast.tom)
    say(review, cast.diego, cast, strength="Builds bridges.", as_of=actions.version(first))
    row = StudentReview.objects.get(student=cast.diego)
    assert row.strength == "Builds bridges."
    review.refresh_from_db()
    assert review.finished_at is not None
    history = StudentReview.pgh_event_model.objects.filter(pgh_obj_id=row.pk)
    assert "Knows every dinosaur." in history.values_list("strength", flat=True)


def test_the_same_form_sent_twice_is_one_thing_said(cast: Cast, review: ClassReview) -> None:
    assert say(review, cast.diego, cast) == say(review, cast.diego, cast)
    assert Event.objects.filter(verb="student_reviewed").count() == 1


def test_amina_does_not_write_over_tom_unseen(cast: Cast, review: ClassReview) -> None:
    row = say(review, cast.diego, cast)
    words = {"strength": "Comforts the small ones.", "next": THRIVING}
    with pytest.raises(actions.WrittenMeanwhile, match="Tom Becker wrote"):
        actions.say(review=review, student=cast.diego, by=cast.amina, **words)
    seen = actions.version(row)
    actions.say(review=review, student=cast.diego, by=cast.amina, as_of=seen, **words)
    assert StudentReview.objects.get(student=cast.diego).by == cast.amina


def test_rows_people_and_reasons_of_a_class_review_are_one_relation(
    cast: Cast, review: ClassReview
) -> None:
    watchers = {watcher.user.pk for watcher in people_who_may_see(review)}
    for key in EVERYBODY:
        user = getattr(cast, key)
        sees = ClassReview.objects.visible_to(user).filter(pk=review.pk).exists()
        assert sees == (user.pk in watchers), key
    assert watchers == {cast.rosa.pk, cast.tom.pk, cast.amina.pk, cast.grace.pk}


def test_rows_and_people_of_what_was_said_are_one_relation(cast: Cast, review: ClassReview) -> None:
    row = say(review, cast.diego, cast)
    watchers = {watcher.user.pk for watcher in people_who_may_see(row)}
    for key in EVERYBODY:
        user = getattr(cast, key)
        sees = StudentReview.objects.visible_to(user).filter(pk=row.pk).exists()
        assert sees == (user.pk in watchers), key
    assert watchers == {cast.rosa.pk, cast.tom.pk, cast.amina.pk, cast.grace.pk}


def test_rosa_does_not_read_what_was_said_of_her_own_child(cast: Cast, review: ClassReview) -> None:
    row = say(review, cast.diego, cast)
    assert StudentReview.objects.visible_to(cast.rosa).filter(pk=row.pk).exists()
    make_guardian(cast.diego, cast.person("rosa"))
    assert not StudentReview.objects.visible_to(cast.rosa).filter(pk=row.pk).exists()


def test_tom_may_walk_his_class_and_joy_hers(cast: Cast, room: Section) -> None:
    assert list(reviewable_by(cast.tom)) == [room]
    assert [section.title for section in reviewable_by(cast.joy)] == ["Biology"]
    assert room in reviewable_by(cast.rosa)


def test_a_student_in_two_classes_counts_once_for_the_school(
    cast: Cast, review: ClassReview, room: Section
) -> None:
    art = Section.objects.create(district=cast.alder, school=cast.cottonwood, title="Art")
    SectionMember.objects.create(
        district=cast.alder, section=art, person=cast.diego.person, role="student"
    )
    say(review, cast.diego, cast)
    say(actions.begin(section=art, by=cast.rosa), cast.diego, cast)
    whole = coverage.of_school(cast.cottonwood, review.year)
    assert (whole.reviewed, whole.students) == (1, 2)


def test_a_second_row_of_the_same_child_is_not_counted(
    cast: Cast, review: ClassReview, room: Section
) -> None:
    twin = make_student(cast.cottonwood, person=make_person(cast.alder, "Diego", "Obrien Ruiz"))
    SectionMember.objects.create(
        district=cast.alder, section=room, person=twin.person, role="student"
    )
    twin.person.merged_into = cast.diego.person
    twin.person.save(update_fields=["merged_into"])
    assert twin.pk not in coverage.walk_of(review).roster
    [row] = coverage.with_coverage(reviewable_by(cast.tom), review.year)
    assert row.students == 2


def test_omars_district_has_none_of_it(cast: Cast, review: ClassReview) -> None:
    assert ClassReview.objects.exists()
    with acting_for(cast.bristlecone.pk):
        assert not ClassReview.objects.exists()
