"""The one rule about passwords that Django does not bring: how long, and beside what."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearth.access import rules
from hearth.access.models import User


def has_second_factor(user: User | None) -> bool:
    """An authenticator app or a passkey. Recovery codes alone are only a way back in."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return (
        user is not None
        and user.pk is not None
        and Authenticator.objects.filter(user=user.pk, type__in=kinds).exists()
    )


def stands_alone(password: str, user: User) -> bool:
    """Is this password long enough for how this user signs in today?

    Asked again at each sign-in: a short password chosen beside a second factor opens nothing once
    the second factor is gone.
    """
    return len(password) >= rules.shortest_password(second_factor=has_second_factor(user))


class LongEnough:
    """15 characters, or 8 for somebody who has a second factor. Any characters, spaces too."""

    def validate(self, password: str, user: User | None = None) -> None:
        shortest = rules.shortest_password(second_factor=has_second_factor(user))
        if len(password) < shortest:
            raise ValidationError(
                _("Use %(shortest)d characters or more. You wrote %(written)d.")
                % {"shortest": shortest, "written": len(password)},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _(
            "At least %(alone)d characters. Four or five words in a row work well. With a passkey "
            "or an authenticator app beside it, %(beside)d are enough."
        ) % {
            "alone": rules.PASSWORD_ALONE,
            "beside": rules.PASSWORD_BESIDE_SECOND_FACTOR,
        }
