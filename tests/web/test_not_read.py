"""What is too much, cut off or sent elsewhere: a page says what to do, and the log nothing."""

import logging
import logging.handlers

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from gunicorn.config import Config

from hearth.web.gunicorn import Discreet
from hearth.web.logs import JsonLines
from hearth.web.readable import LettersAlone, readable
from tests.cast import Cast

TYPED = "Diego cries on the bus."


def tom(cast: Cast, language: str = "en") -> Client:
    # The token is looked for in the form, so there a form that cannot be read is found out.
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tom)
    client.cookies["csrftoken"] = "a" * 32
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=20)
def test_a_text_too_long_to_be_read_is_kept_by_whoever_wrote_it(cast: Cast) -> None:
    answer = tom(cast).post(
        "/referrals/new/", f"found={TYPED}", "application/x-www-form-urlencoded"
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Go back: what you typed is still there." in page
    assert "<span data-mend>Shorten the longest text" in page
    assert TYPED not in page


def test_too_many_answers_at_once_are_sent_in_parts(cast: Cast) -> None:
    answer = tom(cast, "es").post("/referrals/new/", {str(n): n for n in range(1001)})
    assert answer.status_code == 400
    assert "Envíe primero una parte y después el resto." in answer.content.decode()


def test_a_form_without_its_boundary_did_not_arrive_whole(cast: Cast) -> None:
    answer = tom(cast).post("/referrals/new/", b"about=", "multipart/form-data")
    assert answer.status_code == 400
    assert "This did not arrive whole" in answer.content.decode()


def test_a_wrong_address_leads_to_the_right_one_and_is_not_in_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = tom(cast).get("/", headers={"host": "diego.example"})
    assert answer.status_code == 400
    assert 'href="http://localhost:8000/"' in answer.content.decode()
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("DisallowedHost" in line for line in lines)
    assert "diego" not in "".join(lines)


def test_what_breaks_around_django_is_logged_without_the_address() -> None:
    discreet = Discreet(Config())
    log = discreet.error_log
    record = log.makeRecord(
        log.name, logging.ERROR, "x.py", 1, "Error handling request %s", ("/search?q=Diego",), None
    )
    lines = [handler.format(record) for handler in log.handlers]
    assert "Error handling request …" in lines[0]
    assert "Diego" not in "".join(lines)
    kept = logging.handlers.BufferingHandler(10)
    log.addHandler(kept)
    discreet.warning("Invalid request from ip=10.0.0.7: Invalid request line: 'GET /Diego'")
    log.removeHandler(kept)
    assert kept.buffer[0].getMessage() == "Invalid request"


def test_what_no_browser_sends_breaks_nothing() -> None:
    """Django fell over such letters and PostgreSQL over such a cookie, before any page of ours."""
    read: list[WSGIRequest] = []
    answer = readable(lambda environ, _start: [bytes(read.append(WSGIRequest(environ)) or b"")])
    strange = {"CONTENT_TYPE": "text/plain; charset=hex", "HTTP_COOKIE": 'key="aaaa\\000bbbb"'}
    answer({**RequestFactory().get("/?q=%C3%A9%00").environ, **strange}, None)
    assert read[0].GET["q"] == "é"
    assert read[0].COOKIES["key"] == "aaaabbbb"


def test_a_sign_that_nobody_sees_does_not_stand_in_rosas_way() -> None:
    """Pasted along with a text, it broke the page that kept the text."""
    request = RequestFactory().post("/", {"why": "Calm\x00ly.\x0b", "who": ["Tom\t", "Linh\r\n"]})
    LettersAlone(lambda _request: HttpResponse()).process_view(request, None, (), {})
    assert request.POST["why"] == "Calmly."
    assert request.POST.getlist("who") == ["Tom\t", "Linh\r\n"]
