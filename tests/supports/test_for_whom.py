"""A member of staff asks for an adult of the student's family, not for the student."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hearth.people.models import Guardian
from hearth.supports import actions
from hearth.supports.models import Asker, Referral
from hearth.supports.rules import NotAllowed
from tests.cast import Cast
from tests.makers import make_guardian, make_person, make_student

TYPED = {"strength": "Sings.", "concern": "No bed since June.", "domain": "health_basic_needs",
         "urgency": "soon"}  # fmt: skip
Page = Callable[..., str]


@pytest.fixture
def linh(cast: Cast) -> Guardian:
    return Guardian.objects.get(person=cast.person("linh"))


@pytest.fixture
def send(cast: Cast, client: Client) -> Callable[..., Referral | None]:
    """Tom asks for Minh Anh, on the form."""

    def sent(**typed: object) -> Referral | None:
        client.force_login(cast.tom)
        address = client.get(reverse("supports:new"), {"student": cast.minh_anh.pk}).url
        client.post(address, TYPED | typed)
        return Referral.objects.filter(student=cast.minh_anh).first()

    return sent


def test_tom_asks_for_minh_anhs_mother(
    cast: Cast, linh: Guardian, send: Callable[..., Referral], page: Page
) -> None:
    referral = send(adult=linh.pk)
    assert (referral.adult, referral.student) == (linh, cast.minh_anh)
    for reader in (cast.tom, cast.rosa):
        assert "Linh" in page(reader, "referral", referral.pk)
    assert "for an adult of the family" in page(cast.rosa, "board")


def test_for_the_student_is_what_nobody_has_to_choose(send: Callable[..., Referral]) -> None:
    assert send().adult is None


def test_tom_is_offered_the_adults_of_this_family_alone(
    cast: Cast, client: Client, page: Page
) -> None:
    make_guardian(cast.sam, make_person(cast.alder, "Wren", "Whitefeather"))
    gone = make_guardian(cast.minh_anh, make_person(cast.alder, "Bao", "Nguyen"))
    type(gone).objects.filter(pk=gone.pk).update(gone_on="2026-01-08")
    words = page(cast.tom, "new", student=str(cast.minh_anh.pk))
    assert "Linh" in words
    assert "Wren" not in words
    assert "Bao" not in words


def test_nothing_is_asked_where_the_roster_names_no_family(cast: Cast, page: Page) -> None:
    assert 'name="adult"' in page(cast.tom, "new", student=str(cast.minh_anh.pk))
    assert 'name="adult"' not in page(cast.tom, "new", student=str(cast.diego.pk))


def test_an_adult_of_another_family_is_refused_by_form_and_verb(
    cast: Cast, send: Callable[..., Referral | None]
) -> None:
    wren = make_guardian(cast.sam, make_person(cast.alder, "Wren", "Whitefeather")).guardian
    assert send(adult=wren.pk) is None
    with pytest.raises(NotAllowed, match="this student's family"):
        actions.ask_for_support(student=cast.minh_anh, adult=wren, by=cast.tom, **TYPED)
    assert not Referral.objects.exists()


def test_an_adult_with_two_children_here_is_asked_for_beside_the_one_chosen(
    cast: Cast, linh: Guardian, send: Callable[..., Referral]
) -> None:
    brother = make_student(cast.cottonwood, "Khoa", "Nguyễn", grade="02")
    make_guardian(brother, linh.person)
    assert send(adult=linh.pk).student == cast.minh_anh


def test_who_asks_at_the_door_is_said_in_spanish_as_a_school_says_it() -> None:
    with translation.override("es"):
        assert str(Asker.STAFF.label) == "Personal de la escuela"
