"""Getting in and out: password, its length, the second factor, wrong tries."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError

from tests.access.doors import (
    LONG,
    SHORT,
    code_now,
    follow_the_link,
    is_in,
    sign_in,
    with_app,
    with_password,
)


def test_rosa_signs_in_with_a_long_password_and_out_again(client, cast):
    rosa = with_password(cast.rosa, LONG)
    assert sign_in(client, rosa, LONG).headers["Location"] == "/"
    assert is_in(client)
    client.post("/sign-in/logout/")
    assert not is_in(client)


def test_a_short_password_alone_opens_nothing(client, cast):
    """Rosa chose it beside her app; the app is gone, and the short password with it."""
    rosa = with_password(cast.rosa, SHORT)
    answer = sign_in(client, rosa, SHORT)
    assert "too short to stand alone" in answer.content.decode()
    assert not is_in(client)


def test_a_short_password_and_the_app_open_the_door(client, cast):
    rosa = with_password(cast.rosa, SHORT)
    secret = with_app(rosa)
    assert sign_in(client, rosa, SHORT).headers["Location"] == "/sign-in/2fa/authenticate/"
    assert not is_in(client)
    client.post("/sign-in/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/sign-in/2fa/authenticate/", {"code": code_now(secret)})
    assert is_in(client)


def test_fifteen_characters_alone_or_eight_beside_a_second_factor(cast):
    validate_password("fourteen-chars!"[:15], cast.tom)
    with pytest.raises(ValidationError, match="15 characters"):
        validate_password("fourteen-chars", cast.tom)
    with_app(cast.tom)
    validate_password("oat-milk", cast.tom)
    with pytest.raises(ValidationError, match="8 characters"):
        validate_password("oat-mil", cast.tom)


@pytest.mark.parametrize("known", ["passwordpassword", "1234567890123456789", "qwertyuiopasdfgh"])
def test_common_passwords_are_refused_offline(cast, known):
    with_app(cast.tom)
    with pytest.raises(ValidationError):
        validate_password(known[:8], cast.tom)


def test_no_rule_asks_for_kinds_of_characters(cast):
    validate_password("aaaa bbbb cccc dddd eeee", cast.tom)
    validate_password("日本語の長い合言葉を使ってもよいのです", cast.tom)


def test_the_apps_secret_lies_encrypted_in_the_database(cast):
    secret = with_app(cast.rosa)
    stored = Authenticator.objects.get(user=cast.rosa, type="totp").data
    assert secret not in str(stored)


def test_wrong_tries_make_the_password_slower_but_lock_nothing(client, cast):
    rosa = with_password(cast.rosa, LONG)
    for _ in range(10):
        sign_in(client, rosa, "something else entirely")
    answer = sign_in(client, rosa, LONG).content.decode()
    assert "Nothing is locked" in answer
    assert not is_in(client)
    rosa.refresh_from_db()
    assert rosa.is_active

    # The link in her mail opens at once, and clears the count.
    client.post("/sign-in/password/reset/", {"email": rosa.email})
    follow_the_link(client, mail.outbox[-1].body, "a new lantern over the creek")
    assert is_in(client)


def test_very_many_tries_get_a_kind_page(client, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        sign_in(client, cast.rosa, "wrong wrong wrong wrong")
    answer = sign_in(client, cast.rosa, "wrong wrong wrong wrong")
    assert answer.status_code == 429
    assert "Nothing is locked" in answer.content.decode()


def test_a_forgotten_passwords_link_lives_one_hour(client, cast):
    rosa = with_password(cast.rosa, LONG)
    with time_machine.travel("2027-01-11 08:00", tick=False):
        client.post("/sign-in/password/reset/", {"email": rosa.email})
    with time_machine.travel("2027-01-11 09:01", tick=False):
        page = follow_the_link(client, mail.outbox[-1].body, "a new lantern over the creek")
    assert "This link is used up" in page.content.decode()


def test_a_stranger_who_forgot_hears_the_same_words_and_gets_no_letter(client, cast):
    known = client.post("/sign-in/password/reset/", {"email": cast.rosa.email})
    letters = len(mail.outbox)
    unknown = client.post("/sign-in/password/reset/", {"email": "nobody@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(mail.outbox) == letters


@pytest.mark.parametrize(
    "door", ["signup/", "email/", "3rdparty/", "3rdparty/signup/", "confirm-email/"]
)
def test_nobody_signs_up_or_changes_an_address_alone(client, cast, door):
    client.force_login(cast.rosa)
    for answer in (client.get(f"/sign-in/{door}"), client.post(f"/sign-in/{door}", {})):
        assert answer.status_code == 403
        assert "by invitation" in answer.content.decode()


PAGES_OUT = ["login/", "password/reset/", "password/reset/done/", "inactive/",
             "3rdparty/login/cancelled/", "3rdparty/login/error/"]  # fmt: skip
PAGES_IN = ["logout/", "password/set/", "2fa/", "2fa/webauthn/", "sessions/"]


@pytest.mark.parametrize("path", PAGES_OUT)
def test_every_page_outside_is_ours_and_has_no_inline_script(client, db, path):
    look_at(client.get(f"/sign-in/{path}").content.decode())


@pytest.mark.parametrize("path", PAGES_IN)
def test_every_page_inside_is_ours_and_has_no_inline_script(client, cast, path):
    client.force_login(cast.rosa)
    look_at(client.get(f"/sign-in/{path}").content.decode())


def test_the_pages_behind_a_second_look_are_ours_too(client, cast):
    rosa = with_password(cast.rosa, LONG)
    sign_in(client, rosa, LONG)
    assert (
        client.get("/sign-in/2fa/totp/activate/")
        .headers["Location"]
        .startswith("/sign-in/reauthenticate/")
    )
    look_at(client.get("/sign-in/reauthenticate/").content.decode())
    client.post("/sign-in/reauthenticate/", {"password": LONG})
    for path in ("password/change/", "2fa/totp/activate/", "2fa/webauthn/add/"):
        answer = client.get(f"/sign-in/{path}")
        assert answer.status_code == 200, (path, answer.headers)
        look_at(answer.content.decode())
    page = client.get("/sign-in/2fa/totp/activate/").content.decode()
    secret = re.search(r'a-secret">(\w+)<', page)[1]
    client.post("/sign-in/2fa/totp/activate/", {"code": code_now(secret)})
    for path in ("2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/",
                 "2fa/totp/deactivate/"):  # fmt: skip
        assert client.get(f"/sign-in/{path}").status_code == 200, path
        look_at(client.get(f"/sign-in/{path}").content.decode())
    codes = client.get("/sign-in/2fa/recovery-codes/").content.decode()
    assert codes.count("<li>") >= 10


def test_joy_who_never_had_a_password_may_add_a_passkey_at_once(client, cast):
    client.force_login(cast.joy)
    assert client.get("/sign-in/2fa/webauthn/add/").status_code == 200


def look_at(page):
    assert 'class="k-body' in page, "this page is not one of the kit's"
    for script in re.findall(r"<script\b[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script
    assert " style=" not in page
    assert "onclick" not in page
