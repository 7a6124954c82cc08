"""Where allauth asks us: nobody signs up, school accounts open existing users' doors only."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hearth.access import session
from hearth.access.models import User
from hearth.kit.spoken import house_language


def name_of(user: User) -> str:
    return user.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Try again, or ask for a "
            "new password below."
        ),
        "too_many_login_attempts": _(
            "That was wrong a few times in a row. Wait five minutes, or use “Forgotten your "
            "password?” right now. Nothing is locked."
        ),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password of today. Try again."),
        "incorrect_code": _("This code does not fit. Wait for the next one and try again."),
        "rate_limited": _("That was a lot at once. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        session.begin(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("access:me")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        with override(house_language(user.language)):
            super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        with override(house_language(user.language)):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)


class SchoolAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Google, Clever, ClassLink and the like. They say who somebody is, never that they may enter.

    Nothing they send is stored: each time the verified address finds the user anew.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        domains = login.provider.app.settings.get("domains")
        return not domains or email.rpartition("@")[2].lower() in domains

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Stop whatever is not an active, invited person signing in."""
        known = sociallogin.is_existing and sociallogin.user.is_active
        connecting = sociallogin.state.get("process") == "connect"
        if known and not connecting and _tells_one_story(sociallogin):
            return
        raise ImmediateHttpResponse(_not_known(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any
    ) -> None:
        """A portal's tile arrives with a code nobody here asked for. We never use that code, which
        could be somebody else's; we begin anew from our own page."""
        if "code" in request.GET and "state" not in request.GET:
            raise ImmediateHttpResponse(redirect(provider.get_login_url(request)))


def _tells_one_story(sociallogin: Any) -> bool:
    """The two answers of the provider speak of the same person, of the school's own domain."""
    told = sociallogin.account.extra_data
    token, info = told.get("id_token") or {}, told.get("userinfo") or {}
    if token and info and token.get("sub") != info.get("sub"):
        return False
    app = sociallogin.provider.app
    domains = app.settings.get("domains")
    if app.provider_id != "google" or not domains:
        return True
    return (token.get("hd") or info.get("hd")) in domains


def _not_known(request: HttpRequest, sociallogin: Any) -> HttpResponse:
    addresses = sociallogin.email_addresses
    facts = {
        "provider": sociallogin.provider.app.name,
        "email": addresses[0].email if addresses else "",
        "unverified": bool(addresses) and not any(a.verified for a in addresses),
    }
    return render(request, "access/not_known.html", facts, status=403)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes lie encrypted in the database."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return str(_("My passkey"))

    def _get_site_name(self) -> str:
        return "Hearth"


def _box() -> Fernet:
    return Fernet(settings.HEARTH.file_key.encode())
