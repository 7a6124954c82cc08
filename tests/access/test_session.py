"""Ten hours, a warning before the end, and the language of one's own choice."""

import pytest
import time_machine
from django.conf import settings as chosen

from tests.access.doors import LONG, is_in, sign_in, with_password


def test_a_session_ends_after_ten_hours_and_says_when(client, cast):
    rosa = with_password(cast.rosa, LONG)
    with time_machine.travel("2027-01-11 08:00", tick=False):
        sign_in(client, rosa, LONG)
        assert client.get("/me/session").json()["seconds_left"] == 10 * 60 * 60
    with time_machine.travel("2027-01-11 17:59", tick=False):
        assert client.get("/me/session").json()["seconds_left"] == 60
    with time_machine.travel("2027-01-11 18:01", tick=False):
        assert not is_in(client)


def test_rosa_is_still_here_and_gets_ten_hours_more_but_no_more_than_a_day(client, cast):
    rosa = with_password(cast.rosa, LONG)
    with time_machine.travel("2027-01-11 08:00", tick=False):
        sign_in(client, rosa, LONG)
    for hour, left in (("16:00", 10), ("23:00", 9)):
        with time_machine.travel(f"2027-01-11 {hour}", tick=False):
            assert client.post("/me/session").json()["seconds_left"] == left * 60 * 60


def test_the_page_carries_the_end_of_the_session(client, cast):
    client.force_login(cast.rosa)
    page = client.get("/me/members/").content.decode()
    assert 'data-session-renew="/me/session"' in page


def test_a_stranger_learns_nothing_about_sessions(client, cast):
    assert client.get("/me/session").status_code == 302


def test_rosa_chooses_spanish_and_keeps_it(client, cast):
    client.force_login(cast.rosa)
    answer = client.post("/me/language", {"language": "es", "next": "/me/"})
    assert answer.headers["Location"] == "/me/"
    cast.rosa.refresh_from_db()
    assert cast.rosa.language == "es"


def test_a_language_of_families_is_kept_for_a_mother_and_not_for_staff(client, cast):
    """Rosa looks at a family's page in Vietnamese: her house stays in Spanish, and her letters."""
    for who, kept in ((cast.rosa, "es"), (cast.linh, "vi")):
        client.force_login(who)
        client.post("/me/language", {"language": "es", "next": "/me/"})
        client.post("/me/language", {"language": "vi", "next": "/me/"})
        who.refresh_from_db()
        assert who.language == kept


def test_a_stranger_chooses_a_language_for_this_device(client, cast):
    answer = client.post("/me/language", {"language": "es", "next": "/sign-in/login/"})
    assert answer.cookies[chosen.LANGUAGE_COOKIE_NAME].value == "es"
    assert 'lang="es"' in client.get("/sign-in/login/").content.decode()


@pytest.mark.parametrize("wish", ["https://elsewhere.example/", "//elsewhere.example", "xx"])
def test_the_way_back_stays_in_the_house(client, cast, wish):
    answer = client.post("/me/language", {"language": "tlh", "next": wish})
    assert "elsewhere" not in answer.headers["Location"]
    cast.rosa.refresh_from_db()
    assert cast.rosa.language == "en"


def test_a_link_cannot_change_the_language(client, cast):
    assert client.get("/me/language?language=es").status_code == 405
