"""Django's settings; every value that differs by machine comes from the environment."""

from datetime import timedelta

import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from hearth.web import environment, openid
from hearth.web.logs import LOGGING  # noqa: F401 - settings are read by name
from hearth.web.sign_in import (  # noqa: F401 - settings are read by name
    ACCOUNT_ADAPTER,
    ACCOUNT_EMAIL_NOTIFICATIONS,
    ACCOUNT_EMAIL_SUBJECT_PREFIX,
    ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS,
    ACCOUNT_EMAIL_VERIFICATION,
    ACCOUNT_FORMS,
    ACCOUNT_LOGIN_METHODS,
    ACCOUNT_LOGIN_ON_PASSWORD_RESET,
    ACCOUNT_LOGOUT_REDIRECT_URL,
    ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR,
    ACCOUNT_RATE_LIMITS,
    ACCOUNT_SESSION_REMEMBER,
    ACCOUNT_SIGNUP_FIELDS,
    ACCOUNT_USER_DISPLAY,
    ACCOUNT_USER_MODEL_USERNAME_FIELD,
    ALLAUTH_TRUSTED_PROXY_COUNT,
    AUTH_PASSWORD_VALIDATORS,
    AUTHENTICATION_BACKENDS,
    CACHES,
    DEFAULT_FROM_EMAIL,
    EMAIL_TIMEOUT,
    LOGIN_REDIRECT_URL,
    LOGIN_URL,
    MFA_ADAPTER,
    MFA_FORMS,
    MFA_PASSKEY_LOGIN_ENABLED,
    MFA_RATE_LIMITS,
    MFA_SUPPORTED_TYPES,
    MFA_TOTP_ISSUER,
    MFA_TOTP_TOLERANCE,
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN,
    PASSWORD_HASHERS,
    PASSWORD_RESET_TIMEOUT,
    SESSION_COOKIE_AGE,
    SESSION_COOKIE_NAME,
    SESSION_SAVE_EVERY_REQUEST,
    SOCIALACCOUNT_ADAPTER,
    SOCIALACCOUNT_PROVIDERS,
    SOCIALACCOUNT_STORE_TOKENS,
)

HEARTH = environment.read()
ROOT = environment.ROOT
BUILD = ROOT / ".build"

SECRET_KEY = HEARTH.secret_key
DEBUG = HEARTH.debug
ALLOWED_HOSTS = HEARTH.hosts
ROOT_URLCONF = "hearth.web.urls"
WSGI_APPLICATION = "hearth.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "hearth.web",
    *(["hearth.demo"] if HEARTH.is_demo or HEARTH.mode == "test" else []),
    "hearth.imports",
    "hearth.insight",
    "hearth.supports",
    "hearth.partners",
    "hearth.listening",
    "hearth.records",
    "hearth.people",
    "hearth.access",
    "hearth.schools",
    "hearth.audit",
    "hearth.framework",
    "hearth.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hearth.web.unsigned.NobodySignedIn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hearth.access.middleware.LanguageOfTheFamily",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hearth.web.readable.LettersAlone",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearth.access.middleware.LanguageOfThePerson",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Said here, because left alone the two template apps undo each other's loaders.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "hearth.kit.loading.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hearth.web.context.surroundings",
            ],
            "libraries": dict.fromkeys(["i18n", "static"], "hearth.kit.templatetags.words"),
            "builtins": [
                "hearth.kit.templatetags.words",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
        },
    },
]
# Two names lead to our own tags, on purpose (above); whoever starts Hearth need not read of it.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "hearth.kit.forms.KitRenderer"

# The application's role is bound by row-level security; the owner's is used by `hearth prepare`,
# `hearth backup` and `hearth restore` alone.
_application, _owner = environment.database_urls(HEARTH)
DATABASES = {
    "default": environment.database(_application),
    "owner": {**environment.database(_owner), "CONN_MAX_AGE": 0},
}

globals().update(environment.email(HEARTH))

if HEARTH.is_demo:  # the door with everybody's name on it
    LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "demo:cast"

CSRF_FAILURE_VIEW = "hearth.web.errors.form_expired"
AUTH_USER_MODEL = "access.User"

LANGUAGE_CODE = "en"
# Those of the whole house. What families read is written in others besides: kit/family_languages.
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [ROOT / "hearth" / "locale"]
TIME_ZONE = "America/Los_Angeles"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "collected"
STATICFILES_DIRS = [BUILD / "static"] if (BUILD / "static").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HEARTH.mode != "test" and not HEARTH.debug
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = HEARTH.debug or HEARTH.mode == "test"

# No page needs a nonce: nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # A background map, only where one is set: its squares come from there and nothing else.
        "img-src": [SELF, "data:", *environment.origin(HEARTH.map_tiles)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        # The button of an outside account is a form whose answer leads to the provider.
        "form-action": [SELF, *openid.origins(SOCIALACCOUNT_PROVIDERS)],
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if HEARTH.is_production:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [HEARTH.address]

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["hearth.imports.uploads.LimitedUpload"]
LARGEST_UPLOAD = HEARTH.largest_upload

# History is kept by statement: a bulk update of ten thousand rows costs one insert, not as many.
# It keeps the row as it was before; who and where from travel as JSON on the row itself.
PGHISTORY_LEVEL = pghistory.Statement
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False, related_query_name="+")
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="+", related_query_name="+")
