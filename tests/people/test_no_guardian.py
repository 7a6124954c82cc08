"""A child in no guardian's care is a student like every other, and nobody is made up for them."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from hearth.access.visible import people_who_may_see
from hearth.people.around import family_of, needing_interpreter
from hearth.people.models import Guardianship, Student
from tests.makers import make_referral, make_student


@pytest.fixture
def nico(cast):
    """Nico is new: no guardian in the roster, no class yet."""
    return make_student(cast.cottonwood, "Nico", "Ferrante", grade="04", strengths="Whistles.")


def test_those_of_the_school_see_nico_and_no_family_does(cast, nico):
    told = {watcher.user.name for watcher in people_who_may_see(nico)}
    assert told == {
        "Rosa Delgado", "Amina Yusuf", "Grace Okafor", "Priya Raman", "Helen Marsh",
    }  # fmt: skip
    assert nico not in Student.objects.visible_to(cast.linh)


def test_the_page_says_what_is_missing_and_lets_people_help(cast, client, nico):
    client.force_login(cast.rosa)
    page = client.get(f"/students/{nico.pk}/").content.decode()
    assert "The roster names no family and no teacher for this student yet." in page
    assert f"?student={nico.pk}" in page
    assert family_of(nico) == []
    assert needing_interpreter(nico) == set()


def test_the_teacher_is_shown_where_there_is_no_family(cast, client):
    assert not cast.diego.guardianships.exists()
    client.force_login(cast.rosa)
    page = client.get(f"/students/{cast.diego.pk}/").content.decode()
    assert "Tom Becker" in page
    assert "The roster names no family" not in page


def test_who_can_see_names_no_family(cast, client, nico):
    client.force_login(cast.rosa)
    page = client.get(f"/students/{nico.pk}/who-can-see/").content.decode()
    assert "Amina Yusuf" in page
    assert "Family who may see school records" not in page


def test_nicos_page_prints(cast, client, nico):
    client.force_login(cast.rosa)
    document = PdfReader(BytesIO(client.get(f"/students/{nico.pk}/print/").content))
    words = " ".join(page.extract_text() for page in document.pages)
    assert "names no family" in " ".join(words.split())


def test_somebody_asks_for_nico_and_the_team_sees_it(cast, client, nico):
    asked = make_referral(nico, cast.rosa)
    client.force_login(cast.amina)
    assert client.get(asked.get_absolute_url()).status_code == 200


def test_when_the_last_guardian_goes_the_page_closes_to_them(cast, client):
    client.force_login(cast.linh)
    assert client.get(f"/students/{cast.minh_anh.pk}/").status_code == 200
    Guardianship.objects.update(gone_on=date(2026, 11, 1))
    assert client.get(f"/students/{cast.minh_anh.pk}/").status_code == 404
    assert "Linh Trần" not in {w.user.name for w in people_who_may_see(cast.minh_anh)}
    assert family_of(cast.minh_anh) == []
