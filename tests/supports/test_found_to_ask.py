"""Cora of the office sees no students. She finds one by the whole name or the number, and asks."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hearth.access.models import User
from hearth.audit.models import Look
from hearth.people.models import Student
from hearth.people.rules import is_whole_name
from hearth.supports.models import InsteadOfDiscipline, Referral
from hearth.supports.views.found import AT_MOST, KEY
from tests.cast import Cast
from tests.makers import make_guardian, make_person, make_referral, make_student, make_user

KNOWN = ("Knows every dinosaur", "Kept as a secret strength")
TYPED = {"strength": "Carried the chairs.", "concern": "Hides in the hall.", "domain": "behavior",
         "urgency": "soon"}  # fmt: skip
INSTEAD = {"strength": "Carried the chairs.", "happened": "He pushed a chair."}
Ask = Callable[..., str]
LINK = re.compile(r'href="([^"]*student=\d+[^"]*)"')


@pytest.fixture
def cora(cast: Cast) -> User:
    Student.objects.filter(pk=cast.diego.pk).update(local_id="10442")
    return make_user(cast.alder, "Cora Bell", "classified_staff", school=cast.cottonwood)


@pytest.fixture
def look_up(client: Client, cora: User) -> Ask:
    def looks(typed: str, name: str = "new") -> str:
        client.force_login(cora)
        return client.get(reverse(f"supports:{name}"), {"q": typed}).content.decode()

    return looks


def leads_to(words: str) -> str:
    [address] = LINK.findall(words)
    return str(address.replace("&amp;", "&"))


@pytest.mark.parametrize(
    "typed", ["Diego O'Brien-Ruiz", "diego obrien ruiz", "DIEGO O’Brien-Ruiz", "10442"]
)
def test_cora_finds_diego_by_his_whole_name_or_number(look_up: Ask, typed: str) -> None:
    words = look_up(typed)
    assert "Diego" in words.split('id="found"')[1]
    assert "Grade 4" in words


@pytest.mark.parametrize(
    "typed", ["Diego", "Diego O'Brien", "Die O'Br", "O'Brien-Ruiz", "1044", "104420", "di", "%", ""]
)
def test_less_than_the_whole_finds_nobody(look_up: Ask, typed: str) -> None:
    assert not LINK.findall(look_up(typed))


def test_no_class_and_no_list_is_shown(look_up: Ask, cast: Cast) -> None:
    words = look_up("")
    for word in ("Diego", "Minh Anh", "room 12", "hx-get"):
        assert word not in words.split("<main")[1], word


def test_a_student_of_another_school_is_not_found(look_up: Ask, cast: Cast) -> None:
    assert not LINK.findall(look_up("Sam Whitefeather"))


def test_somebody_gone_is_not_found(look_up: Ask, cast: Cast) -> None:
    Student.objects.filter(pk=cast.diego.pk).update(gone_on="2026-01-09")
    assert not LINK.findall(look_up("Diego O'Brien-Ruiz"))


def test_two_of_one_name_are_told_apart_by_their_grade(look_up: Ask, cast: Cast) -> None:
    make_student(cast.cottonwood, "Diego", "O'Brien-Ruiz", grade="01")
    words = look_up("Diego O'Brien-Ruiz")
    assert len(LINK.findall(words)) == 2
    assert "Grade 1" in words
    assert "Grade 4" in words


def test_each_look_is_kept_also_for_nobody(look_up: Ask, cora: User, cast: Cast) -> None:
    look_up("Diego O'Brien-Ruiz")
    look_up("Nobody Here")
    looks = Look.objects.filter(by=cora.pk, page="found to ask").order_by("pk")
    assert [look.student_id for look in looks] == [cast.diego.pk, None]
    assert not any("Diego" in look.why or "Nobody Here" in look.why for look in looks)


def test_diegos_family_reads_that_she_looked(look_up: Ask, cast: Cast, client: Client) -> None:
    look_up("Diego O'Brien-Ruiz")
    pilar = make_user(cast.alder, "Pilar Ruiz", "guardian")
    make_guardian(cast.diego, make_person(cast.alder, "Pilar", "Ruiz", user=pilar))
    client.force_login(pilar)
    words = client.get(reverse("who_can_see", args=[cast.diego.pk])).content.decode()
    assert "Cora Bell" in words


def test_after_many_look_ups_in_an_hour_she_waits(look_up: Ask, client: Client) -> None:
    with time_machine.travel("2026-09-14 09:00-07:00", tick=False) as clock:
        for number in range(AT_MOST):
            look_up(f"Nobody Number{number}")
        words = look_up("Diego O'Brien-Ruiz")
        assert "Wait a little" in words
        assert not LINK.findall(words)
        address = reverse("supports:new")
        assert client.get(address, {"q": "Diego O'Brien-Ruiz"}).status_code == 429
        clock.shift(timedelta(minutes=61))
        assert LINK.findall(look_up("Diego O'Brien-Ruiz"))


def test_cora_asks_and_sees_no_more_than_name_and_grade(
    look_up: Ask, cora: User, cast: Cast, client: Client
) -> None:
    make_guardian(cast.diego, make_person(cast.alder, "Pilar", "Ruiz"))
    make_referral(cast.diego, cast.tom, concern="Tom's own words.")
    form = client.get(leads_to(look_up("Diego O'Brien-Ruiz"))).url
    sent = client.post(form, TYPED)
    referral = Referral.objects.get(referrer=cora)
    assert referral.student == cast.diego
    pages = [form, sent.url, referral.get_absolute_url(), reverse("supports:mine")]
    for address in pages:
        words = client.get(address, follow=True).content.decode()
        for secret in ("Knows every dinosaur", "Pilar", "Tom's own", "Tom&#x27;s own", "Becker"):
            assert secret not in words, (address, secret)
    for name in ("student", "who_can_see", "print_student"):
        assert client.get(reverse(name, args=[cast.diego.pk])).status_code == 404
    assert client.get(reverse("search"), {"q": "Diego"}).status_code == 403


def test_cora_asks_for_support_instead_of_discipline(
    look_up: Ask, cora: User, cast: Cast, client: Client
) -> None:
    """The law names any employee."""
    form = client.get(leads_to(look_up("10442", "new_instead"))).url
    assert "Knows every dinosaur" not in client.get(form).content.decode()
    sent = client.post(form, INSTEAD, follow=True)
    row = InsteadOfDiscipline.objects.get()
    assert (row.employee, row.student) == (cora, cast.diego)
    words = sent.content.decode()
    assert reverse("student", args=[cast.diego.pk]) not in words
    assert "Knows every dinosaur" not in words


def test_a_key_is_hers_for_this_student_and_for_a_day_of_work(
    look_up: Ask, cora: User, cast: Cast, client: Client
) -> None:
    address = leads_to(look_up("Diego O'Brien-Ruiz"))
    client.force_login(cora)
    assert client.get(address).status_code == 302
    other = address.replace(f"student={cast.diego.pk}", f"student={cast.minh_anh.pk}")
    ours = f"{reverse('supports:new')}?student={cast.diego.pk}"
    forged = signing.TimestampSigner(salt="another").sign(f"{cora.pk}:{cast.diego.pk}")
    for tried in (other, ours, f"{ours}&found={forged}", f"{ours}&found=x"):
        assert client.get(tried).status_code == 404, tried
    colleague = make_user(cast.alder, "Ned Ames", "classified_staff", school=cast.cottonwood)
    client.force_login(colleague)
    assert client.get(address).status_code == 404
    client.force_login(cora)
    with time_machine.travel(timedelta(hours=11)):
        client.force_login(cora)
        assert client.get(address).status_code == 404


def test_a_key_ends_when_the_student_goes_to_another_school(
    look_up: Ask, cora: User, cast: Cast, client: Client
) -> None:
    address = leads_to(look_up("Diego O'Brien-Ruiz"))
    Student.objects.filter(pk=cast.diego.pk).update(school=cast.sycamore)
    assert client.get(address).status_code == 404


def test_those_who_see_no_students_and_are_not_staff_find_nobody(
    cast: Cast, client: Client
) -> None:
    for key in ("linh", "marcus"):
        client.force_login(getattr(cast, key))
        address = reverse("supports:new")
        assert client.get(address, {"q": "Diego O'Brien-Ruiz"}).status_code == 403
    for key in ("joy", "helen", "omar"):
        user = getattr(cast, key)
        key_of_theirs = KEY.sign(f"{user.pk}:{cast.diego.pk}")
        client.force_login(user)
        query = {"student": cast.diego.pk, "found": key_of_theirs}
        answer = client.get(reverse("supports:new"), query)
        assert answer.status_code == (302 if key == "helen" else 404)


def test_helen_looking_through_coras_eyes_finds_nobody(
    cast: Cast, cora: User, client: Client
) -> None:
    client.force_login(cast.helen)
    session = client.session
    session["viewing_as"] = cora.pk
    session.save()
    address = reverse("supports:new")
    words = client.get(address, {"q": "Diego O'Brien-Ruiz"})
    assert not LINK.findall(words.content.decode())


def test_a_request_for_an_assessment_is_not_a_way_to_look(look_up: Ask) -> None:
    assert not LINK.findall(look_up("Diego O'Brien-Ruiz", "new_assessment"))


LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@given(LETTERS, LETTERS)
def test_the_whole_name_is_found_in_any_case_and_no_part_of_it_is(first: str, last: str) -> None:
    whole = f"{first} {last}"
    assert is_whole_name(f"  {whole.upper().lower()} ", whole.upper().lower())
    assert not is_whole_name(first, whole)
    assert not is_whole_name(f"{whole}x", whole)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("minh anh nguyen", "Minh Anh Nguyễn"),
        ("Tran Linh", "Linh Trần"),
        ("jose nunez", "José Núñez"),
    ],
)
def test_accents_do_not_count_and_the_order_does(typed: str, name: str) -> None:
    assert is_whole_name(typed, name) == (typed != "Tran Linh")
