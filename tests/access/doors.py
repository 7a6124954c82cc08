"""What the stories of this folder do again and again: sign in, set a password, connect an app."""

import re
import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

LONG = "winter lanterns over the creek"
SHORT = "creek-lamp"


def sign_in(client, user, password):
    return client.post("/sign-in/login/", {"login": user.email, "password": password})


def is_in(client):
    return client.get("/me/").status_code == 200


def with_password(user, password):
    user.set_password(password)
    user.save()
    return user


def with_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def follow_the_link(client, letter, password):
    """Open the letter's link and choose `password`; the page it leads to when it is used up."""
    path = re.search(r"https?://[^/\s]+(/sign-in/password/reset/key/\S+)", letter)[1]
    page = client.get(path, follow=True)
    if not page.redirect_chain:
        return page
    chosen = {"password1": password, "password2": password}
    return client.post(page.redirect_chain[-1][0], chosen)
