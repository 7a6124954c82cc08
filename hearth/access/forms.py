"""Forms for getting in: allauth's own in the kit's dress and in plain words; the invitation."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hearth.access import actions, rules, session
from hearth.access.models import User
from hearth.access.passwords import stands_alone
from hearth.access.roles import ROLES
from hearth.kit.forms import KitForm, KitFormMixin
from hearth.schools.models import School


class Plain(KitFormMixin):
    """The kit's dress over one of allauth's forms: labels in our words, no grey placeholders."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class SignInForm(Plain, account.LoginForm):  # type: ignore[misc]
    words = {"login": _("E-mail address"), "password": _("Password")}
    hints = {"password": ""}
    user: User | None

    def clean(self) -> dict[str, Any] | None:
        """A short password opens the door only beside a second factor."""
        cleaned: dict[str, Any] | None = super().clean()
        if self.user and not stands_alone(self.cleaned_data["password"], self.user):
            self.user = None
            raise ValidationError(
                _("This password is too short to stand alone. Choose a longer one with "
                  "“Forgotten your password?” below.")
            )  # fmt: skip
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> Any:
        response = super().login(request, redirect_url)
        # allauth counts the hours from the latest click; ours are counted from signing in.
        session.begin(request)
        return response


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": _("E-mail address")}


class ChoosePasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": _("New password"), "password2": _("The same once more")}

    def save(self) -> None:
        """Whoever holds the link reads the address' mail: the address is theirs."""
        actions.prove_address(user=self.user)
        super().save()


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": _("Your password today"),
        "password1": _("New password"),
        "password2": _("The same once more"),
    }
    hints = {"oldpassword": ""}


class SetPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": _("New password"), "password2": _("The same once more")}

    def save(self) -> None:
        actions.prove_address(user=self.user)
        super().save()


class SamePersonForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": _("Password")}
    hints = {"password": ""}


class SecondFactorForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": _("Code")}
    hints = {"code": _("Six numbers from your app, or one of your recovery codes.")}


class SecondFactorAgainForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": _("Code")}
    hints = {"code": _("Six numbers from your app, or one of your recovery codes.")}


class AddAppForm(Plain, ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": _("Code")}
    hints = {"code": _("The six numbers that the app shows now.")}


class AddPasskeyForm(Plain, AddWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("Name of this passkey"), "passwordless": _("Sign in with it alone")}
    hints = {
        "name": _("So that you know it again: “my phone”, “the blue key”."),
        "passwordless": _("It asks for your fingerprint, face or PIN, and needs no password."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class NamePasskeyForm(Plain, EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("Name of this passkey")}


class SchoolByName(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: School) -> str:
        return obj.name


class InviteForm(KitForm):
    """Somebody's name, address, role and place. Offers only what the inviter may give."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))
    school = SchoolByName(
        School.objects.none(), label=_("School"), required=False,
        empty_label=_("The whole district"),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the invitation"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        schools = list(School.objects.filter(gone_on=None).order_by("name"))
        posts = by.standing.posts
        places = [
            place
            for place in (None, *(school.pk for school in schools))
            if any(rules.may_invite(posts, role=role, school_id=place) for role in ROLES)
        ]
        self._choices("role", [
            (role.key, role.name)
            for role in ROLES.values()
            if any(rules.may_invite(posts, role=role.key, school_id=p) for p in places)
        ])  # fmt: skip
        self._choices("language", settings.LANGUAGES)
        school = self.fields["school"]
        assert isinstance(school, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        school.queryset = School.objects.filter(pk__in=[p for p in places if p]).order_by("name")
        school.required = None not in places
        school.empty_label = None if school.required else _("The whole district")

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role, school = cleaned.get("role"), cleaned.get("school")
        if role and not rules.place_fits(role, school.pk if school else None):
            self.add_error(
                "school",
                _("This role belongs to one school. Choose which.")
                if school is None
                else _("This role is for the whole district."),
            )
        return cleaned
