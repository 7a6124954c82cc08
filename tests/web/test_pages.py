"""Today, the errors, the logs: what everybody meets."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hearth.supports import actions
from hearth.supports.models import Referral
from hearth.web.logs import JsonLines
from hearth.web.navigation import places
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.conftest import Asked


@pytest.fixture
def rosa(cast: Cast) -> Client:
    return signed_in(cast.rosa)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_late_answer_stands_at_the_top_of_rosas_day(cast: Cast, rosa: Client) -> None:
    new = make_referral(cast.minh_anh, cast.tom)
    late = make_referral(cast.diego, cast.tom)
    Referral.objects.filter(pk=late.pk).update(
        answer_due_on=timezone.localdate() - timedelta(days=3)
    )
    html = rosa.get("/").content.decode()
    assert html.index("Still waiting to hear from us") < html.index("New: somebody asked")
    assert html.index("Diego O&#x27;Brien-Ruiz") < html.index(f"/referrals/{new.pk}/")


def test_tom_reads_where_it_stands_in_words_meant_for_him(cast: Cast) -> None:
    referral = make_referral(cast.diego, cast.tom)
    actions.triage(referral=referral, why="Read together.", by=cast.rosa)
    html = signed_in(cast.tom).get("/").content.decode()
    assert referral.told in html
    assert ">sorted" not in html


def test_a_day_with_nothing_in_it_says_so(rosa: Client) -> None:
    assert "Breathe out" in rosa.get("/").content.decode()


def test_linh_finds_her_daughter_and_no_board(cast: Cast) -> None:
    html = signed_in(cast.linh).get("/").content.decode()
    assert "Minh Anh Nguyễn" in html
    assert "/referrals/" not in html


def test_nobody_has_more_than_seven_places_to_go(cast: Cast) -> None:
    for key in ("rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy"):
        assert 1 <= len(places(getattr(cast, key), "/")) <= 7


def test_whoever_may_look_into_the_directory_finds_it(cast: Cast) -> None:
    for key in ("tom", "priya", "rosa", "joy"):
        assert "/directory/" in [place.url for place in places(getattr(cast, key), "/")]
    assert [p.label for p in places(cast.priya, "/county/") if p.current] == ["Directory"]


def test_the_place_one_is_in_is_marked_once(cast: Cast) -> None:
    here = [p.label for p in places(cast.rosa, "/students/5/") if p.current]
    assert here == ["Students"]
    for path, label in (("/referrals/7/", "Referrals"), ("/referrals/meetings/7/", "Meetings")):
        assert [p.label for p in places(cast.rosa, path) if p.current] == [label]


def test_today_asks_no_more_of_the_database_for_fifty_than_for_five(
    cast: Cast, rosa: Client
) -> None:
    counts = []
    for student, more in ((cast.diego, 5), (cast.minh_anh, 45)):
        for _ in range(more):
            make_referral(student, cast.tom)
        with Asked(connection) as asking:
            rosa.get("/")
        counts.append(asking.count)
    assert counts[0] == counts[1] <= 12, asking.questions


def test_what_is_not_there_and_what_is_not_ours_look_the_same(cast: Cast) -> None:
    joy = signed_in(cast.joy)
    hidden = joy.get(f"/students/{cast.diego.pk}/")
    absent = joy.get("/students/999999999/")
    assert hidden.status_code == absent.status_code == 404
    assert "Nothing you did is lost" in hidden.content.decode()


def test_a_form_that_waited_too_long_is_told_kindly(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tom)
    answer = client.post("/referrals/new/")
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()


@pytest.mark.django_db
def test_a_monitor_learns_whether_all_is_well(client: Client) -> None:
    assert client.get("/health").json()["status"] in ("well", "not well")


def test_only_operators_read_the_details_of_health(cast: Cast, rosa: Client) -> None:
    assert rosa.get("/operations/").status_code == 403
    assert "PostgreSQL" in signed_in(cast.priya).get("/operations/").content.decode()


def test_a_log_line_names_the_error_and_the_place_and_nobody(cast: Cast) -> None:
    try:
        raise ValueError("Diego O'Brien-Ruiz")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x.py", 1, "%s: %s", ("Diego", "secret"),
            (ValueError, error, error.__traceback__),
        )  # fmt: skip
    line = JsonLines().format(record)
    assert "Diego" not in line
    assert "secret" not in line
    assert json.loads(line)["error"] == "ValueError"
