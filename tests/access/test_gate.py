"""The gate: undecided is no, reading cannot write, nothing of a district stays on a connection."""

import pytest
from django.db import connection
from django.db.utils import InternalError, ProgrammingError

from hearth.access.models import User
from hearth.schools.acting import SETTING


def setting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        return cursor.fetchone()[0] or ""


def test_a_stranger_is_asked_to_sign_in(client, cast):
    assert client.get("/me/").headers["Location"].startswith("/sign-in/login/")


def test_priya_without_the_verb_is_refused(client, cast):
    client.force_login(cast.priya)
    assert client.get("/me/members/").status_code == 403


def test_somebody_without_any_role_is_refused_everything(client, cast):
    nobody = User.objects.create_user("no.role@example.org", name="No Role", district=cast.alder)
    client.force_login(nobody)
    assert client.get("/trial/students").status_code == 403
    assert client.get("/me/").status_code == 403


@pytest.mark.django_db(transaction=False)
def test_a_get_cannot_write_whatever_its_code_says(client, cast):
    client.force_login(cast.rosa)
    with pytest.raises((InternalError, ProgrammingError), match="read-only transaction"):
        client.get("/trial/writes")


def test_a_page_answers_only_its_own_methods(client, cast):
    client.force_login(cast.rosa)
    assert client.post("/trial/students").status_code == 405
    assert client.get("/trial/acts").status_code == 405


def test_another_districts_public_page_shows_only_its_own_schools(client, cast):
    assert client.get("/trial/bristlecone/schools").content.decode() == "Pinyon Elementary"
    assert "Pinyon" not in client.get("/trial/alder-valley/schools").content.decode()
    assert client.get("/trial/nowhere/schools").status_code == 404


def test_omar_sees_none_of_alder_valleys_students(client, cast):
    client.force_login(cast.omar)
    assert client.get("/trial/students").content == b"1"  # his own district's one
    client.force_login(cast.helen)
    assert client.get("/trial/students").content == b"3"


def test_a_view_without_a_gate_finds_no_rows(client, db):
    assert client.get("/trial/no-gate").content == b"0 0"


def test_a_second_request_on_the_same_connection_finds_no_district_left_over(client, db):
    """Without the acting fixture: as a kept connection meets one request after the other."""
    rosa = User.objects.get(name="Rosa Delgado")
    client.force_login(rosa)
    assert client.get("/trial/students").status_code == 200
    assert connection.connection is not None
    assert client.get("/trial/no-gate").content == b"0 0"
