"""What a family, and a student, read about who may see, who looked and what was shared."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from hearth.audit.models import Look
from hearth.demo import clock
from hearth.people.models import Guardianship
from hearth.supports import actions
from hearth.supports.front.shared import shared_about
from hearth.supports.models import Plan, Referral
from tests.cast import Cast
from tests.makers import make_guardian, make_person, make_referral, make_student, make_user

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
Read = Callable[..., str]


@pytest.fixture
def read(client: Client) -> Read:
    """The page as somebody reads it."""

    def open_page(user: object, student: int, status: int = 200) -> str:
        client.force_login(user)  # type: ignore[arg-type]
        answer = client.get(reverse("who_can_see", args=[student]))
        assert answer.status_code == status
        return str(answer.content.decode().split("<main", 1)[-1])

    return open_page


def answered(cast: Cast, **words: str) -> Referral:
    referral = make_referral(cast.minh_anh, cast.tom, **words)
    actions.answer_referrer(referral=referral, answer="Art at lunch.", by=cast.rosa)
    return referral


def test_linh_reads_who_may_see_in_which_role_and_who_looked_on_which_days(
    client: Client, cast: Cast, read: Read
) -> None:
    client.force_login(cast.amina)
    for day in (MONDAY, MONDAY, TUESDAY):
        with clock.on(day):
            client.get(reverse("student", args=[cast.minh_anh.pk]))
    with clock.on(date(2026, 11, 23)):
        words = read(cast.linh, cast.minh_anh.pk)
    assert "Who can see my child" in words
    for said in ("Tom Becker", "Teacher", "Amina Yusuf", "Counselor", "Tuesday 17 November",
                 "Monday 16 November", "3 times"):  # fmt: skip
        assert said in words, said


def test_linh_reads_that_something_was_shared_and_no_word_of_it(cast: Cast, read: Read) -> None:
    answered(cast, concern="Eats alone.")
    words = read(cast.linh, cast.minh_anh.pk)
    assert "heard from the team what comes next" in words
    assert "Hearth has sent them nothing" in words
    for private in ("Art at lunch", "Eats alone", "Learning"):
        assert private not in words


def test_linh_finds_the_plan_that_she_may_read(cast: Cast, read: Read) -> None:
    plan = Plan.objects.create(
        district=cast.alder, student=cast.minh_anh, nonce=uuid4(), builds_on="She draws.",
        starts_on=MONDAY, review_on=date(2027, 1, 11), written_by=cast.rosa,
    )  # fmt: skip
    assert plan.get_absolute_url() in read(cast.linh, cast.minh_anh.pk)


def test_what_was_asked_in_fear_or_in_confidence_is_not_listed(cast: Cast) -> None:
    answered(cast, urgency="now")
    told_to_amina = answered(cast)
    actions.write_note(referral=told_to_amina, body="In confidence.", restricted=True, by=cast.rosa)
    unsafe = make_referral(cast.minh_anh, cast.tom)
    actions.hand_to_safety(referral=unsafe, why="Today.", by=cast.rosa)
    actions.answer_referrer(referral=unsafe, answer="We are with her.", by=cast.rosa)
    assert shared_about(cast.minh_anh, cast.linh) == []
    answered(cast)
    assert len(shared_about(cast.minh_anh, cast.linh)) == 1


def test_a_guardian_without_rights_reads_nothing(cast: Cast, read: Read) -> None:
    Guardianship.objects.filter(student=cast.minh_anh).update(may_see_records=False)
    read(cast.linh, cast.minh_anh.pk, 404)


def test_a_guardian_of_before_reads_nothing(cast: Cast, read: Read) -> None:
    Guardianship.objects.filter(student=cast.minh_anh).update(gone_on=MONDAY)
    read(cast.linh, cast.minh_anh.pk, 404)


def test_linh_reads_nothing_of_another_child(cast: Cast, read: Read) -> None:
    read(cast.linh, cast.diego.pk, 404)


def test_brothers_and_sisters_do_not_leak(client: Client, cast: Cast, read: Read) -> None:
    """Her father may see one child's records and not the other's; each page is that child's own."""
    dad = make_user(cast.alder, "Bao Nguyễn", "guardian")
    person = make_person(cast.alder, "Bao", "Nguyễn", user=dad)
    brother = make_student(cast.cottonwood, "Duc", "Nguyễn", grade="02")
    make_guardian(brother, person)
    Guardianship.objects.filter(pk=make_guardian(cast.minh_anh, person).pk).update(
        may_see_records=False
    )
    answered(cast)
    client.force_login(cast.grace)
    client.get(reverse("student", args=[cast.minh_anh.pk]))
    words = read(dad, brother.pk)
    assert "heard from the team" not in words
    assert "Nothing was shared by the support team." in words
    assert not Look.objects.filter(student_id=brother.pk, by=cast.grace.pk).exists()
    assert "time" not in words.split("Grace Okafor")[-1].split("</li>")[0]
    client.force_login(dad)
    own = client.get(reverse("student", args=[brother.pk])).content.decode()
    assert "Minh Anh" not in own
    assert client.get(reverse("student", args=[cast.minh_anh.pk])).status_code == 404


def test_sam_reads_the_same_of_his_own_page(cast: Cast, read: Read) -> None:
    words = read(cast.login_of("sam"), cast.sam.pk)
    assert "Who can see my page, who looked, and what was shared?" in words
    assert "Nothing was shared by the support team." in words


def test_staff_do_not_read_what_is_said_to_families(cast: Cast, read: Read) -> None:
    answered(cast)
    words = read(cast.tom, cast.minh_anh.pk)
    assert "What was shared" not in words
    assert "Who looked lately" not in words
    assert "Who looked lately" in read(cast.grace, cast.minh_anh.pk)


def test_rosa_at_home_reads_what_every_mother_reads(cast: Cast, read: Read) -> None:
    make_guardian(cast.minh_anh, cast.person("rosa"))
    rosa_also_guardian = cast.rosa.memberships.create(
        district=cast.alder, role="guardian", starts=MONDAY
    )
    assert rosa_also_guardian.pk
    with clock.on(date(2026, 11, 23)):
        assert "What was shared" in read(cast.rosa, cast.minh_anh.pk)


def test_the_family_reads_it_in_spanish(client: Client, cast: Cast) -> None:
    client.force_login(cast.linh)
    client.cookies["django_language"] = "es"
    words = client.get(reverse("who_can_see", args=[cast.minh_anh.pk])).content.decode()
    assert '<html lang="es"' in words
