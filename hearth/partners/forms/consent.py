"""What is asked of a family, and how their answer is written down."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.kit.spoken import of_families
from hearth.partners.models import Consent
from hearth.partners.models.words import Element, InterpretedBy, Understood
from hearth.partners.reading.told import TOLD
from hearth.people.models import Guardianship
from hearth.people.words import LANGUAGES, language_name

A_SCHOOL_YEAR = timedelta(days=365)
"""A consent is asked for a year at most; a family may choose less."""


class AskConsentForm(KitForm):
    """Whom to ask, which facts, until when. Only what the service needs is ticked."""

    adult = forms.ChoiceField(label=_("Who of the family decides?"), widget=RadioCards)
    elements = forms.MultipleChoiceField(
        label=_("What does the partner need to know?"),
        help_text=_("Less is better: only what they need to begin. What the agreement with them "
                    "does not allow is not in the list."),
        choices=(), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language do we ask?"),
        help_text=_("They can read it themselves in %(languages)s. In every other language you "
                    "read it to them with an interpreter."),
        choices=(),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Until when may they know it?"),
        help_text=_("A year at most. The family can take it back on any day."),
        widget=forms.DateInput,
    )

    def __init__(
        self, *args: Any, adults: list[Guardianship], may_know: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.adults = {str(one.guardian_id): one.guardian for one in adults}
        chosen: Any = self.fields["adult"]
        chosen.choices = [
            (str(one.guardian_id), _named(one)) for one in adults
        ]  # fmt: skip
        spoken: Any = self.fields["language"]
        spoken.choices = sorted(((code, str(name)) for code, name in LANGUAGES.items()),
                                key=lambda each: each[1])  # fmt: skip
        written = ", ".join(language_name(code) for code in of_families())
        spoken.help_text %= {"languages": written}
        if adults:
            self.initial.setdefault("adult", str(adults[0].guardian_id))
            person = adults[0].guardian.person
            self.initial.setdefault("language", person.home_language or "en")
        known: Any = self.fields["elements"]
        known.choices = [(key, Element(key).label) for key in TOLD if key in may_know]
        self.initial.setdefault(
            "elements", [Element.NAME, Element.HOME_LANGUAGE, Element.REACH_FAMILY]
        )
        self.initial.setdefault("expires_on", timezone.localdate() + A_SCHOOL_YEAR)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if day > today + A_SCHOOL_YEAR:
            raise forms.ValidationError(_("A year is the longest. Ask again after that."))
        return day

    @property
    def asked(self) -> dict[str, Any]:
        """What the verb wants, with the adult as a row. What is asked for always goes along: a
        partner who may not know it cannot begin."""
        said = self.cleaned_data
        return {
            **said,
            "adult": self.adults[said["adult"]],
            "elements": [*said["elements"], Element.ASKED_FOR],
        }


def _named(one: Guardianship) -> str:
    name = one.guardian.person.called
    return f"{name} ({one.relationship_in_words})" if one.relationship else name


class HeardConsentForm(KitForm):
    """The family's answer as somebody of the school heard or received it."""

    yes = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[("yes", _("Yes, you may share this")), ("no", _("No"))],
        widget=RadioCards,
    )
    way = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=[
            (way, label) for way, label in Consent.Way.choices if way not in ("link", "account")
        ],
        widget=RadioCards,
    )
    interpreted_by = forms.ChoiceField(
        label=_("Who interpreted?"),
        help_text=_("Not the child, and not another student."),
        choices=[("", _("Nobody: it was in a language that all of you speak")),
                 *InterpretedBy.choices],
        required=False,
    )  # fmt: skip
    understood = forms.ChoiceField(
        label=_("How did you know that they understood?"),
        choices=[("", _("Nobody wrote it down")), *Understood.choices],
        required=False,
    )

    def __init__(self, *args: Any, written: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not written:
            for name in ("interpreted_by", "understood"):
                field: Any = self.fields[name]
                field.required, field.choices = True, [("", "…"), *field.choices[1:]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") == Consent.Way.INTERPRETER:
            for name, words in (
                ("interpreted_by", _("Write who interpreted.")),
                ("understood", _("Write how you knew that they understood.")),
            ):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said


class BirthdayForm(KitForm):
    """What a stranger who holds the link does not know."""

    birthday = forms.DateField(
        label=_("On which day was your child born?"),
        help_text=_("So that nobody else reads this if the message went astray."),
        widget=forms.DateInput,
    )
