"""The link in an e-mail that lets its reader choose a password, once."""

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int

from hearth.access.models import User

FORGOTTEN = timedelta(hours=1)


class LinkToken(PasswordResetTokenGenerator):
    """Seven days for somebody invited, who has no password yet; an hour for one who forgot."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or not super().check_token(user, token):
            return False
        return not user.has_usable_password() or self._age(str(token)) <= FORGOTTEN

    def _age(self, token: str) -> timedelta:
        made = base36_to_int(token.partition("-")[0])
        return timedelta(seconds=self._num_seconds(self._now()) - made)


def link_for(user: User) -> str:
    """The whole address. Any link sent before stays good until it is used or too old."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": LinkToken().make_token(user)},
    )
    return f"{settings.HEARTH.address.rstrip('/')}{path}"
