"""A name is found however it is typed, and nothing that anybody types is an error."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.audit.models import Look
from hearth.people.models import Person, Student
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests.makers import make_guardian, make_person, make_student

ANYTHING = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("Nguyễn", "minh_anh"),
        ("Nguyen", "minh_anh"),
        ("NGUYEN minh", "minh_anh"),
        ("minh-anh", "minh_anh"),
        ("ngu", "minh_anh"),
        ("O'Brien", "diego"),
        ("O’Brien", "diego"),
        ("OʼBrien-Ruiz", "diego"),
        ("obrien ruiz", "diego"),
        ("obrien-ruiz", "diego"),
        ("o brien", "diego"),
        ("ruiz, diego", "diego"),
        ("brienruiz"[:5], "diego"),
        ("  \u200fdiego\u00a0 ", "diego"),
        ("sam whitefeather", "sam"),
        ("Samuel", "sam"),
    ],
)
def test_a_student_is_found_as_anyone_types_the_name(cast, typed, who):
    assert getattr(cast, who) in Student.objects.named(typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "'", "-", "\0", "&|!():*", "😀", "xyzzy", "diego nguyen"]
)
def test_what_is_nobodys_name_finds_nobody(cast, typed):
    assert list(Student.objects.sought(typed)) == []


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Đặng", "dang"),
        ("Kaʻanāpali", "kaanapali"),
        ("Kjær", "kjaer"),
        ("Strauß", "strauss"),
        ("de la Cruz", "dela"),
        ("St. Marie", "st marie"),
        ("Ødegård", "odegard"),
        ("李", "李"),
        ("عَلي", "علي"),
        ("Иванов", "иванов"),
        ("Łukasz", "lukasz"),
        ("J.P.", "jp"),
        ("x" * 200, "x" * 200),
        ("\ufdfa" * 200, "صلى"),
    ],
)
def test_letters_of_every_language_are_found(cast, stored, typed):
    person = make_person(cast.alder, "Given", stored)
    found = Person.objects.named(typed)
    assert (person in found) is (typed != "dela")


def test_a_student_is_found_by_a_guardians_name_and_by_number(cast):
    Student.objects.filter(pk=cast.diego.pk).update(local_id="A-1042")
    assert list(Student.objects.sought("Trần")) == [cast.minh_anh]
    assert list(Student.objects.sought(" A-1042 ")) == [cast.diego]


def test_a_guardian_who_is_gone_leads_nowhere(cast):
    relation = make_guardian(cast.diego, make_person(cast.alder, "Zelda", "Gone"))
    assert list(Student.objects.sought("zelda")) == [cast.diego]
    relation.gone_on = "2026-01-01"
    relation.save()
    assert list(Student.objects.sought("zelda")) == []


@ANYTHING
@given(typed=st.text(max_size=300))
@pytest.mark.usefixtures("cast")
def test_no_text_is_an_error(typed):
    list(Student.objects.sought(typed)[:1])


@ANYTHING
@given(typed=st.text(alphabet="'’ʼ`-\\:&|!()<>*\",. \0a😀\u200f\u0301\ud800", max_size=60))
@pytest.mark.usefixtures("cast")
def test_no_sign_is_an_error(typed):
    list(Student.objects.sought(typed)[:1])


@ANYTHING
@given(
    name=st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        min_size=1,
        max_size=80,
    )
)
@pytest.mark.usefixtures("cast")
def test_every_name_that_can_be_stored_is_found_as_it_is_written(name):
    person = make_person(District.objects.get(slug="alder-valley"), name, "Findable")
    assert person in Person.objects.named(f"{name} Findable")


def keys_named(typed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_named(%s)", [typed])
        return [key for (key,) in cursor.fetchall()]


def test_the_function_behind_the_search_stays_within_the_district_by_itself(cast):
    with acting_for(cast.bristlecone.pk):
        stranger = make_person(cast.bristlecone, "Nadia", "Bristlefern")
        assert keys_named("bristlefern") == [stranger.pk]
    assert keys_named("bristlefern") == []


def test_the_function_behind_the_search_finds_nobody_where_no_district_is_chosen(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.district', '', true)")
    assert keys_named("nguyen") == []


def test_ten_thousand_letters_are_only_a_long_name(cast, client):
    client.force_login(cast.rosa)
    assert client.get("/search", {"q": "ễ" * 10_000}).status_code == 200


def test_rosa_finds_diego_and_the_record_keeps_no_name(cast, client):
    client.force_login(cast.rosa)
    page = client.get("/search", {"q": "obrien ruiz"})
    assert "Diego O&#x27;Brien-Ruiz" in page.content.decode()
    look = Look.objects.get(page="search")
    assert (look.by, look.why, look.student_id) == (cast.rosa.pk, "1 found, 0 referrals", None)


def test_joy_of_another_school_does_not_find_diego(cast, client):
    client.force_login(cast.joy)
    assert "Brien" not in client.get("/search", {"q": "diego"}).content.decode()


def test_omar_of_another_district_finds_nobody_of_this_one(cast, client):
    client.force_login(cast.omar)
    assert "Brien" not in client.get("/search", {"q": "diego"}).content.decode()


def test_linh_has_no_search(cast, client):
    client.force_login(cast.linh)
    assert client.get("/search", {"q": "minh"}).status_code == 403


def test_results_alone_come_to_htmx(cast, client):
    client.force_login(cast.rosa)
    part = client.get("/search", {"q": "minh"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Nguyễn" in part
    assert "<html" not in part


def test_results_say_language_and_interpreter_and_teacher(cast, client):
    client.force_login(cast.rosa)
    page = client.get("/search", {"q": "minh"}).content.decode()
    for words in ("Vietnamese", "interpreter", "Tom Becker", "Grade 4", "Cottonwood"):
        assert words in page


def test_twenty_five_stand_on_a_page(cast, client):
    for number in range(30):
        make_student(cast.cottonwood, f"Many{number:02}", "Penguin")
    client.force_login(cast.rosa)
    first = client.get("/search", {"q": "penguin"}).content.decode()
    second = client.get("/search", {"q": "penguin", "page": "2"}).content.decode()
    assert first.count("Penguin</bdi>") == 25
    assert second.count("Penguin</bdi>") == 5
    assert "30 students" in first
