"""Google, Clever, ClassLink: they say who somebody is; only the invited come in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from hearth.access import actions
from hearth.access.models import User
from hearth.web import openid
from hearth.web.environment import SettingRefused
from tests.access import issuer as issuers
from tests.access.doors import LONG, is_in, with_app, with_password

BASIC = {"HEARTH_OIDC_GOOGLE_ID": "hearth-id", "HEARTH_OIDC_GOOGLE_SECRET": "s"}


@pytest.fixture(scope="module")
def running_issuer():
    with issuers.running() as issuer:
        yield issuer


@pytest.fixture
def issuer(running_issuer, settings, cast):
    running_issuer.claims = {"sub": "1", "email": cast.joy.email, "email_verified": True}
    running_issuer.userinfo_sub, running_issuer.audience = None, "hearth-id"

    def configure(name="GOOGLE", **more):
        environ = {f"HEARTH_OIDC_{name}_ID": "hearth-id", f"HEARTH_OIDC_{name}_SECRET": "s",
                   f"HEARTH_OIDC_{name}_SERVER": running_issuer.url}  # fmt: skip
        environ |= {f"HEARTH_OIDC_{name}_{key}": value for key, value in more.items()}
        settings.SOCIALACCOUNT_PROVIDERS = openid.providers(environ, production=False)

    running_issuer.configure = configure
    configure()
    return running_issuer


def come_back(client, name="google", **more):
    """Press the button, and return from the provider as its page would send us."""
    sent = client.post(f"/sign-in/oidc/{name}/login/")
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    return client.get(
        f"/sign-in/oidc/{name}/login/callback/", {"code": "c", "state": asked["state"][0], **more}
    )


def test_joy_signs_in_with_her_school_account(client, cast, issuer):
    answer = come_back(client)
    assert answer.headers["Location"] == "/"
    assert is_in(client)
    assert not SocialAccount.objects.exists(), "what the provider tells is not stored"


def test_the_request_carries_pkce_and_a_state(client, cast, issuer):
    sent = client.post("/sign-in/oidc/google/login/")
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]


def test_a_stranger_is_told_kindly_and_never_made(client, cast, issuer):
    issuer.claims["email"] = "stranger@example.org"
    before = User.objects.count()
    answer = come_back(client)
    assert answer.status_code == 403
    assert "Ask your school to invite you." in answer.content.decode()
    assert User.objects.count() == before
    assert not is_in(client)


def test_an_address_that_the_provider_did_not_verify_opens_nothing(client, cast, issuer):
    issuer.claims["email_verified"] = False
    answer = come_back(client)
    assert "did not confirm" in answer.content.decode()
    assert not is_in(client)


def test_clever_may_be_trusted_for_the_districts_own_domain(client, cast, issuer):
    issuer.configure("CLEVER", DOMAINS=cast.joy.email.partition("@")[2], TRUSTS_EMAIL="1")
    issuer.claims["email_verified"] = False
    come_back(client, "clever")
    assert is_in(client)


def test_an_address_of_another_domain_opens_nothing(client, cast, issuer):
    issuer.configure("CLASSLINK", DOMAINS="another.example")
    assert come_back(client, "classlink").status_code == 403
    assert not is_in(client)


def test_google_must_say_that_the_account_is_the_schools_own(client, cast, issuer):
    domain = cast.joy.email.partition("@")[2]
    issuer.configure(DOMAINS=domain)
    assert come_back(client).status_code == 403  # an address there, but no `hd`: a private account
    issuer.claims["hd"] = domain
    come_back(client)
    assert is_in(client)


def test_two_answers_about_two_people_open_nothing(client, cast, issuer):
    issuer.userinfo_sub = "somebody else"
    assert come_back(client).status_code == 403
    assert not is_in(client)


def test_a_token_for_another_application_opens_nothing(client, cast, issuer):
    issuer.audience = "another-application"
    assert come_back(client).status_code == 401
    assert not is_in(client)


def test_a_foreign_state_opens_nothing(client, cast, issuer):
    client.post("/sign-in/oidc/google/login/")
    answer = client.get("/sign-in/oidc/google/login/callback/", {"code": "c", "state": "forged"})
    assert answer.status_code == 401
    assert not is_in(client)


def test_a_portals_tile_begins_anew_with_our_own_request(client, cast, issuer):
    """A code that nobody here asked for could be somebody else's."""
    issuer.asked.clear()
    answer = client.get("/sign-in/oidc/google/login/callback/", {"code": "from-a-portal"})
    assert answer.headers["Location"] == "/sign-in/oidc/google/login/"
    assert not [path for path, _query, _form in issuer.asked if path == "/token"]
    assert "Go on to Google" in client.get(answer.headers["Location"]).content.decode()


def test_the_second_factor_is_asked_for_here_too(client, cast, issuer):
    with_app(cast.joy)
    assert come_back(client).headers["Location"] == "/sign-in/2fa/authenticate/"
    assert not is_in(client)


def test_joy_keeps_the_password_that_she_chose_by_link(client, cast, issuer):
    joy = with_password(cast.joy, LONG)
    actions.prove_address(user=joy)
    come_back(client)
    joy.refresh_from_db()
    assert joy.check_password(LONG)


def test_somebody_switched_off_stays_out(client, cast, issuer):
    User.objects.filter(pk=cast.joy.pk).update(is_active=False)
    assert come_back(client).status_code == 403


def test_an_account_cannot_be_tied_to_somebody_signed_in(client, cast, issuer):
    client.force_login(cast.rosa)
    sent = client.post("/sign-in/oidc/google/login/?process=connect")
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    client.get("/sign-in/oidc/google/login/callback/", {"code": "c", "state": asked["state"][0]})
    assert not SocialAccount.objects.exists()


def test_a_button_only_for_what_is_configured(client, cast, issuer, settings):
    assert "Sign in with Google" in client.get("/sign-in/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    page = client.get("/sign-in/login/").content.decode()
    assert "Google" not in page
    assert "school account" not in page


def test_what_the_environment_says_is_checked_before_anything_starts():
    google = openid.providers(BASIC, production=True)["openid_connect"]["APPS"][0]
    assert google["settings"]["server_url"] == "https://accounts.google.com"
    assert openid.providers({}, production=True) == {}
    for wrong, words in [
        ({"HEARTH_OIDC_GOOGLE_ID": "a"}, "SECRET"),
        ({"HEARTH_OIDC_OURS_ID": "a", "HEARTH_OIDC_OURS_SECRET": "b"}, "SERVER"),
        ({**BASIC, "HEARTH_OIDC_GOOGLE_SERVER": "http://x"}, "https://"),
        ({**BASIC, "HEARTH_OIDC_GOOGLE_TRUSTS_EMAIL": "1"}, "DOMAINS"),
    ]:
        with pytest.raises(SettingRefused, match=words):
            openid.providers(wrong, production=True)


def test_two_known_portals_need_only_an_id_and_a_secret():
    environ = {
        f"HEARTH_OIDC_{n}_{k}": "x" for n in ("CLEVER", "CLASSLINK") for k in ("ID", "SECRET")
    }
    apps = openid.providers(environ, production=True)["openid_connect"]["APPS"]
    assert [app["name"] for app in apps] == ["ClassLink", "Clever"]
