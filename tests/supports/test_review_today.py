"""What Today says of class reviews, and how a school year turns with open cases in hand."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hearth.demo import clock
from hearth.people.models import Section, Student
from hearth.schools.models import ClosedDay
from hearth.supports import actions
from hearth.supports.actions import review as reviews
from hearth.supports.front.today import for_student, waiting_on
from hearth.supports.models import Referral
from hearth.supports.waits.review import waits
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_section, make_student
from tests.supports.conftest import Asked

Walk = Callable[[Referral, str], Referral]
NOVEMBER = date(2026, 11, 23)
JUNE, JULY, AUGUST = date(2027, 6, 30), date(2027, 7, 1), date(2027, 8, 23)
WORDS = {"strength": "Knows every dinosaur.", "next": "thriving"}


@pytest.fixture
def room(cast: Cast) -> Section:
    return Section.objects.get(title="Grade 4, room 12")


def test_a_walk_that_was_begun_waits_on_tom_until_it_is_finished(cast: Cast, room: Section) -> None:
    with clock.on(NOVEMBER):
        assert waits(cast.tom, NOVEMBER) == []
        review = reviews.begin(section=room, by=cast.tom)
        reviews.say(review=review, student=cast.diego, by=cast.tom, **WORDS)
        [line] = waits(cast.tom, NOVEMBER)
        assert (line.student, line.stands, line.day) == (
            "Grade 4, room 12", "1 of 2 reviewed", NOVEMBER,
        )  # fmt: skip
        reviews.say(review=review, student=cast.minh_anh, by=cast.tom, **WORDS)
        assert waits(cast.tom, NOVEMBER)
        reviews.finish(review=review, by=cast.tom)
        assert waits(cast.tom, NOVEMBER) == []


def test_whoever_joins_later_brings_the_class_back(cast: Cast, room: Section) -> None:
    review = reviews.begin(section=room, by=cast.tom)
    for student in (cast.diego, cast.minh_anh):
        reviews.say(review=review, student=student, by=cast.tom, **WORDS)
    reviews.finish(review=review, by=cast.tom)
    wren = make_student(cast.cottonwood, "Wren", "Ashby")
    room.members.create(district=cast.alder, person=wren.person, role="student")
    [line] = waits(cast.tom, review.begun_at.date())
    assert line.stands == "2 of 3 reviewed"


def test_a_walk_waits_on_those_who_teach_or_began_it_alone(
    cast: Cast, room: Section, asking: Asked
) -> None:
    reviews.begin(section=room, by=cast.rosa)
    today = reviews.timezone.localdate()
    for key, many in (("tom", 1), ("rosa", 1), ("amina", 0), ("joy", 0)):
        user = getattr(cast, key)
        assert user.standing
        with asking:
            assert len(waits(user, today)) == many, key
        assert asking.count == 1
    for key in ("linh", "priya", "marcus"):
        assert waits(getattr(cast, key), today) == []


def test_the_new_year_begins_a_new_walk_and_keeps_the_old_words(cast: Cast, room: Section) -> None:
    with clock.on(JUNE):
        old = reviews.begin(section=room, by=cast.tom)
        reviews.say(review=old, student=cast.diego, by=cast.tom, **WORDS)
    with clock.on(JULY):
        assert waits(cast.tom, JULY) == []
        new = reviews.begin(section=room, by=cast.tom)
        assert (new.pk != old.pk, new.students.count(), old.students.count()) == (True, 0, 1)


@pytest.mark.parametrize("state", ["submitted", "triaged", "assigned", "planned", "linked"])
@pytest.mark.parametrize("day", [JUNE, JULY, AUGUST])
def test_an_open_case_is_there_when_the_year_turns(
    cast: Cast, at: Walk, state: str, day: date
) -> None:
    with clock.on(date(2027, 6, 7)):
        referral = at(make_referral(cast.diego, cast.tom), state)
    with clock.on(day):
        assert referral in Referral.objects.visible_to(cast.rosa).open()
        assert [support.is_open for support in for_student(cast.diego, cast.rosa)] == [True]


@pytest.mark.parametrize("day", [JULY, AUGUST])
def test_today_shows_what_waits_in_summer_too(cast: Cast, at: Walk, day: date) -> None:
    summer = [date(2027, 6, 7 + n) for n in range(4, 23)] + [date(2027, 7, n) for n in range(1, 32)]
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=each, kind="break", name="Summer") for each in summer
    )
    with clock.on(date(2027, 6, 7)):
        new = make_referral(cast.minh_anh, cast.tom)
        mine = at(make_referral(cast.diego, cast.tom), "assigned")
        Referral.objects.filter(pk=mine.pk).update(next_on=date(2027, 6, 11))
    with clock.on(day):
        assert [line.pk for line in waiting_on(cast.rosa, day).new] == [new.pk]
        assert [line.pk for line in waiting_on(cast.amina, day).due] == [mine.pk]
        assert {line.pk for line in waiting_on(cast.tom, day).asked} == {new.pk, mine.pk}


def test_a_case_goes_on_in_august_where_june_left_it(cast: Cast, at: Walk) -> None:
    with clock.on(JUNE):
        referral = at(make_referral(cast.diego, cast.tom), "planned")
        before = list(referral.moves.order_by("pk").values_list("went_to", flat=True))
    with clock.on(AUGUST):
        at(referral, "referred")
    after = list(referral.moves.order_by("pk").values_list("went_to", flat=True))
    assert after == [*before, "referred"]


def test_when_the_new_roster_gives_diego_another_teacher_tom_still_reads_his_answer(
    cast: Cast, room: Section, at: Walk
) -> None:
    with clock.on(JUNE):
        referral = make_referral(cast.diego, cast.tom)
    with clock.on(AUGUST):
        room.members.update(gone_on=AUGUST)
        make_section(cast.cottonwood, "Grade 5, room 3", cast.person("joy"), cast.diego)
        assert referral in Referral.objects.asked_by(cast.tom)
        actions.answer_referrer(referral=referral, answer="We begin on Monday.", by=cast.rosa)
        assert [line.pk for line in waiting_on(cast.tom, AUGUST).unread_answers] == [referral.pk]


def test_a_case_of_a_student_who_left_is_reached_and_offers_moved(
    client: Client, cast: Cast, at: Walk
) -> None:
    with clock.on(JUNE):
        referral = at(make_referral(cast.diego, cast.tom), "assigned")
    Student.objects.filter(pk=cast.diego.pk).update(gone_on=JULY)
    with clock.on(AUGUST):
        client.force_login(cast.rosa)
        assert client.get(referral.get_absolute_url()).status_code == 200
        assert "Diego" in client.get(reverse("supports:board")).content.decode()
        assert [line.pk for line in waiting_on(cast.amina, AUGUST).due] == [referral.pk]
        close = reverse("supports:step", args=[referral.pk, "close"])
        form = client.get(close).content.decode()
        assert 'value="moved"' in form
        assert "checked" in form.split('value="moved"')[1].split(">")[0]
        assert client.post(close, {"because": "moved"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.closed_because) == ("closed", "moved")


def test_what_was_asked_for_a_brother_stands_on_his_page_alone(client: Client, cast: Cast) -> None:
    brother = make_student(cast.cottonwood, "Duc", "Nguyễn", grade="02")
    make_guardian(brother, cast.person("linh"))
    make_referral(cast.minh_anh, cast.tom, concern="Eats alone since October.")
    assert for_student(brother, cast.rosa) == []
    client.force_login(cast.rosa)
    page = client.get(reverse("student", args=[brother.pk])).content.decode()
    assert "Minh Anh" in page, "as a sister"
    assert "Eats alone" not in page
