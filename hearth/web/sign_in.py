"""Django's and allauth's settings for signing in. `hearth.access` holds what they name."""

import os
from datetime import timedelta
from urllib.parse import urlsplit

from hearth.web import environment, openid

HEARTH = environment.read()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Length and a list of known-bad words, no rules about kinds of characters (NIST SP 800-63B-4).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hearth.access.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
# An invitation lives this long; `hearth.access.links` makes a forgotten password's link shorter.
PASSWORD_RESET_TIMEOUT = int(timedelta(days=7).total_seconds())

SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_NAME = "hearth-session"
SESSION_SAVE_EVERY_REQUEST = False

# Counts of attempts, shared by every worker. A migration of `access` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # For what may stand in no table: who knocks at a survey, and how often.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

ACCOUNT_ADAPTER = "hearth.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "hearth.access.adapters.name_of"
# Nobody signs up: the invitation, sent to the address, is what proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "hearth.access.links.LinkToken"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "hearth.access.forms.SignInForm",
    "reset_password": "hearth.access.forms.ForgottenPasswordForm",
    "reset_password_from_key": "hearth.access.forms.ChoosePasswordForm",
    "change_password": "hearth.access.forms.ChangePasswordForm",
    "set_password": "hearth.access.forms.SetPasswordForm",
    "reauthenticate": "hearth.access.forms.SamePersonForm",
}
# Slower, never locked. A whole school may share one address on the internet, so the limits by
# address are wide; ten wrong passwords for one account close the password door for five minutes,
# while passkey, school account and e-mailed link stay open.
ACCOUNT_RATE_LIMITS = {
    "login": "200/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    "reset_password": "30/m/ip,5/10m/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
# How many reverse proxies of ours add to X-Forwarded-For before a request arrives here.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    os.environ.get("HEARTH_PROXIES", "1" if HEARTH.is_production else "0")
)

MFA_ADAPTER = "hearth.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hearth"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HEARTH.is_production
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
MFA_FORMS = {
    "authenticate": "hearth.access.forms.SecondFactorForm",
    "reauthenticate": "hearth.access.forms.SecondFactorAgainForm",
    "activate_totp": "hearth.access.forms.AddAppForm",
    "add_webauthn": "hearth.access.forms.AddPasskeyForm",
    "edit_webauthn": "hearth.access.forms.NamePasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "hearth.access.adapters.SchoolAccountAdapter"
SOCIALACCOUNT_PROVIDERS = openid.providers(os.environ, production=HEARTH.is_production)
SOCIALACCOUNT_STORE_TOKENS = False

EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get(
    "HEARTH_EMAIL_FROM", f"Hearth <hearth@{urlsplit(HEARTH.address).hostname or 'localhost'}>"
)
