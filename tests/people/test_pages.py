"""Who may open which page of the people floor, and what stands on it."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from hearth.audit.models import Event, Look
from hearth.people import actions
from hearth.people.models import Identity, Merge, Person, Student, TwoPeople
from tests.makers import (
    make_guardian,
    make_person,
    make_referral,
    make_section,
    make_student,
)

CAST = ["rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy", "omar"]
OPEN = {
    "/students/{diego}/": {"rosa", "tom", "amina", "grace", "priya", "helen"},
    "/students/{minh_anh}/": {"rosa", "tom", "amina", "grace", "linh", "priya", "helen"},
    "/students/{minh_anh}/who-can-see/": {
        "rosa",
        "tom",
        "amina",
        "grace",
        "linh",
        "priya",
        "helen",
    },
    "/students/{diego}/identity/": {"priya"},
    "/people/students/{diego}/strengths/": {"rosa", "tom", "amina", "grace", "priya", "helen"},
    "/people/duplicates/": {"priya", "helen"},
    "/people/duplicates/{diego}/{minh_anh}/": {"priya", "helen"},
    "/people/merges/": {"priya", "helen"},
}


def fill(address, cast):
    return address.format(diego=cast.diego.pk, minh_anh=cast.minh_anh.pk, sam=cast.sam.pk)


def body(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", OPEN)
def test_each_page_opens_for_some_and_not_for_others(cast, client, address):
    opened = set()
    for who in CAST:
        client.force_login(getattr(cast, who))
        answer = client.get(fill(address, cast))
        assert answer.status_code in (200, 403, 404)
        if answer.status_code == 200:
            opened.add(who)
    assert opened == OPEN[address]


def test_another_school_and_another_district_find_nothing_there(cast, client):
    for who in ("joy", "omar", "marcus"):
        client.force_login(getattr(cast, who))
        assert client.get(f"/students/{cast.diego.pk}/").status_code == 404


def test_strengths_and_people_stand_before_anything_else(cast, client):
    make_referral(cast.minh_anh, cast.tom)
    client.force_login(cast.rosa)
    page = body(client, f"/students/{cast.minh_anh.pk}/")
    order = [
        page.index("Draws whole worlds"),
        page.index("Who knows them well"),
        page.index("Linh Trần"),
        page.index("Tom Becker"),
        page.index("What is in place now"),
        page.index("What happened"),
    ]
    assert order == sorted(order)
    assert "Somebody asked for support" in page


def test_the_page_says_when_more_happened_than_it_shows(cast, client):
    client.force_login(cast.rosa)
    assert "These are the newest" not in body(client, f"/students/{cast.diego.pk}/")
    for number in range(31):
        # What one person does with one thing on one day is one line, so two take turns.
        by = (cast.tom, cast.rosa)[number % 2]
        actions.write_strengths(student=cast.diego, strengths=f"Sings {number}.", by=by)
    page = body(client, f"/students/{cast.diego.pk}/")
    assert "These are the newest 30." in page
    assert page.count("Somebody wrote what this student loves") == 30


def test_every_open_support_stands_on_the_page(cast, client):
    asked = [make_referral(cast.diego, cast.tom) for _number in range(25)]
    client.force_login(cast.rosa)
    page = body(client, f"/students/{cast.diego.pk}/")
    shown = page[page.index("What is in place now") : page.index("What happened")]
    for referral in asked:
        assert f'href="{referral.get_absolute_url()}"' in shown


def test_linh_reads_of_people_and_looks_but_not_of_staff_work(cast, client):
    make_referral(cast.minh_anh, cast.tom)
    client.force_login(cast.tom)
    client.get(f"/students/{cast.minh_anh.pk}/")
    client.force_login(cast.linh)
    page = body(client, f"/students/{cast.minh_anh.pk}/")
    assert "Draws whole worlds" in page
    assert "Who looked lately" in page
    assert "Tom Becker" in page
    for hidden in ("What happened", "What is in place now", "Ask for support", "Reading aloud"):
        assert hidden not in page


def test_linh_reads_who_may_see_and_who_did(cast, client):
    client.force_login(cast.amina)
    client.get(f"/students/{cast.minh_anh.pk}/")
    client.force_login(cast.linh)
    page = body(client, f"/students/{cast.minh_anh.pk}/who-can-see/")
    assert "Teach this student" in page
    assert "Who looked lately" in page
    assert page.count("Amina Yusuf") == 2


def test_tom_reads_who_may_see_but_not_who_did(cast, client):
    client.force_login(cast.tom)
    page = body(client, f"/students/{cast.minh_anh.pk}/who-can-see/")
    assert "Grace Okafor" in page
    assert "Who looked lately" not in page


def test_another_guardians_ways_to_reach_are_not_shown_to_a_family(cast, client):
    other = make_person(cast.alder, "Vinh", "Nguyễn")
    Person.objects.filter(pk=other.pk).update(phone="555-0199")
    make_guardian(cast.minh_anh, other, "father")
    client.force_login(cast.linh)
    assert "555-0199" not in body(client, f"/students/{cast.minh_anh.pk}/")
    client.force_login(cast.rosa)
    assert "555-0199" in body(client, f"/students/{cast.minh_anh.pk}/")


def test_sam_opens_his_own_page(cast, client):
    client.force_login(cast.login_of("sam"))
    page = body(client, f"/students/{cast.sam.pk}/")
    assert "Runs cross-country" in page
    assert client.get(f"/students/{cast.diego.pk}/").status_code == 404


def test_each_look_is_written_down_with_the_reason(cast, client):
    client.force_login(cast.tom)
    client.get(f"/students/{cast.diego.pk}/")
    look = Look.objects.get()
    assert (look.by_name, look.page, look.student_id) == ("Tom Becker", "student", cast.diego.pk)
    assert look.why == "You teach this student."


def test_identity_is_dated_and_silence_is_said(cast, client):
    Identity.objects.create(
        district=cast.alder, person=cast.diego.person, valid_from=date(2026, 1, 5), races=["asian"]
    )
    client.force_login(cast.priya)
    page = body(client, f"/students/{cast.diego.pk}/identity/")
    assert "Asian" in page
    assert page.count("Not reported") == 2
    assert Look.objects.get().page == "identity"
    assert body(client, f"/students/{cast.sam.pk}/identity/").count("Not reported") == 3


def test_tom_writes_what_diego_is_good_at(cast, client):
    client.force_login(cast.tom)
    answer = client.post(
        f"/people/students/{cast.diego.pk}/strengths/", {"strengths": " Knows every fossil. "}
    )
    assert answer.status_code == 302
    assert Student.objects.get(pk=cast.diego.pk).strengths == "Knows every fossil."
    event = Event.objects.get(verb="strengths_written")
    assert (event.by_name, event.student_id) == ("Tom Becker", cast.diego.pk)


def test_linh_and_joy_cannot_write_there(cast, client):
    for who in (cast.linh, cast.joy):
        client.force_login(who)
        address = f"/people/students/{cast.minh_anh.pk}/strengths/"
        assert client.post(address, {"strengths": "x"}).status_code in (403, 404)
    assert Student.objects.get(pk=cast.minh_anh.pk).strengths.startswith("Draws")


def test_tom_meets_his_class_and_rosa_her_school(cast, client):
    client.force_login(cast.tom)
    page = body(client, "/people/classes/")
    assert "Grade 4, room 12" in page
    assert "Minh Anh Nguyễn" in page
    client.force_login(cast.rosa)
    assert client.get("/people/classes/")["Location"] == "/people/students/"
    assert "Diego O&#x27;Brien-Ruiz" in body(client, "/people/students/")


def test_the_roster_is_narrowed_by_grade_and_class(cast, client):
    fifth = make_student(cast.cottonwood, "Fifi", "Fifth", grade="05")
    section = make_section(cast.cottonwood, "Chess", cast.person("tom"), fifth)
    client.force_login(cast.rosa)
    assert "Diego" not in body(client, "/people/students/?grade=05")
    assert "Diego" not in body(client, f"/people/students/?class={section.pk}")
    assert "Fifi" in body(client, f"/people/students/?class={section.pk}&grade=05")
    for nonsense in ("?grade=%00", "?class=x", "?school=999999", "?page=-1"):
        assert client.get(f"/people/students/{nonsense}").status_code == 200


def test_tom_has_no_roster_of_the_school(cast, client):
    make_student(cast.cottonwood, "Other", "Child")
    client.force_login(cast.tom)
    assert "Other Child" not in body(client, "/people/students/")


def test_helen_brings_two_entries_together_and_takes_it_back(cast, client):
    twin = make_student(cast.cottonwood, "Diego", "O'Brien Ruiz")
    for key in (cast.diego.pk, twin.pk):
        Student.objects.filter(pk=key).update(local_id="55")
    client.force_login(cast.helen)
    assert "the same student number" in body(client, "/people/duplicates/")
    address = f"/people/duplicates/{cast.diego.pk}/{twin.pk}/"
    assert "differs" in body(client, address)
    assert client.post(address, {"kept": "7777777"}).status_code == 200
    assert client.post(address, {"kept": cast.diego.pk}).status_code == 302
    merged = Merge.objects.get()
    assert "They are two people" in body(client, "/people/merges/")
    assert client.get(f"/students/{twin.pk}/")["Location"] == f"/students/{cast.diego.pk}/"
    assert client.get(address).status_code == 404
    assert client.get(f"/people/merges/{merged.pk}/undo/").status_code == 405
    assert client.post(f"/people/merges/{merged.pk}/undo/").status_code == 302
    assert "Taken back" in body(client, "/people/merges/")


def test_helen_says_that_two_are_two_and_takes_it_back(cast, client):
    twin = make_student(cast.cottonwood, "Diego", "O'Brien Ruiz")
    for key in (cast.diego.pk, twin.pk):
        Student.objects.filter(pk=key).update(local_id="55")
    client.force_login(cast.helen)
    address = f"/people/duplicates/{twin.pk}/{cast.diego.pk}/"
    assert "These are two people" in body(client, address)
    answer = client.post(f"{address}two/", follow=True)
    assert "We will not ask about these two again." in answer.content.decode()
    assert "No entries look alike" in body(client, "/people/duplicates/")
    assert "Said to be two people" in body(client, "/people/merges/")
    said = TwoPeople.objects.get()
    assert (said.one_id, said.other_id, said.by) == (cast.diego.pk, twin.pk, cast.helen)
    assert client.post(f"/people/two-people/{said.pk}/undo/").status_code == 302
    assert "No entries look alike" not in body(client, "/people/duplicates/")
    assert "Said to be two people" not in body(client, "/people/merges/")


def test_rosa_says_nothing_of_two_entries(cast, client):
    said = actions.keep_two(one=cast.diego.person, other=cast.sam.person, by=cast.helen)
    client.force_login(cast.rosa)
    assert client.post(f"/people/two-people/{said.pk}/undo/").status_code == 403
    pair = f"{cast.diego.pk}/{cast.minh_anh.pk}"
    assert client.post(f"/people/duplicates/{pair}/two/").status_code == 403


def test_rosa_cannot_take_back_a_merge(cast, client):
    twin = make_student(cast.cottonwood, "Diego", "O'Brien Ruiz")
    merged = actions.merge(kept=cast.diego.person, absorbed=twin.person, by=cast.helen)
    client.force_login(cast.rosa)
    assert client.post(f"/people/merges/{merged.pk}/undo/").status_code == 403


def test_every_page_speaks_spanish_without_falling_over(cast, client):
    client.force_login(cast.helen)
    client.cookies["django_language"] = "es"
    for address in (*OPEN, "/people/students/", "/search?q=diego"):
        assert client.get(fill(address, cast)).status_code in (200, 403)


def queries_of(client, address):
    """What a page asks, without the bookkeeping of a test that runs inside a transaction."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    said = [query["sql"] for query in caught.captured_queries]
    nested = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('hearth.district'")
    return [sql for sql in said if not sql.startswith(nested)]


@pytest.mark.parametrize(
    "address",
    [
        "/students/{diego}/",
        "/students/{diego}/who-can-see/",
        "/people/students/",
        "/people/classes/?",
        "/search?q=diego",
        "/people/duplicates/",
    ],
)
def test_no_page_asks_more_than_twelve_questions_nor_more_when_there_is_more(cast, client, address):
    who = cast.tom if "classes" in address else cast.helen
    client.force_login(who)
    Student.objects.filter(pk__in=[cast.diego.pk, cast.minh_anh.pk]).update(local_id="1")
    few = queries_of(client, fill(address, cast))
    for number in range(8):
        child = make_student(cast.cottonwood, f"Diego {number}", "Many")
        make_section(cast.cottonwood, f"Section {number}", cast.person("tom"), child, cast.diego)
        make_guardian(cast.diego, make_person(cast.alder, f"Aunt {number}", "Many"))
        make_referral(cast.diego, cast.tom)
        Student.objects.filter(pk=child.pk).update(local_id="1")
    many = queries_of(client, fill(address, cast))
    assert len(many) <= 12, "\n".join(many)
    assert len(many) == len(few)


def test_the_page_prints_as_a_tagged_document(cast, client):
    make_referral(cast.minh_anh, cast.tom)
    client.force_login(cast.linh)
    answer = client.get(f"/students/{cast.minh_anh.pk}/print/")
    assert answer["Content-Type"] == "application/pdf"
    words = PdfReader(BytesIO(answer.content))
    text = "".join(page.extract_text() for page in words.pages)
    assert "Minh Anh Nguyễn" in text
    assert "Draws whole worlds" in text
    assert "What is in place now" not in text
    assert words.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert Look.objects.get().page == "print"
    client.force_login(cast.joy)
    assert client.get(f"/students/{cast.minh_anh.pk}/print/").status_code == 404
