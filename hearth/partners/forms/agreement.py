"""An agreement as the paper has it; whom to write to; and why it ends."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, KitFormMixin, RadioCards
from hearth.partners.models import (
    Agreement,
    AgreementKind,
    Contact,
    Element,
    LegalBasis,
    Organization,
    Purpose,
)


class AgreementForm(KitForm):
    """One page, in the order of the paper: what, for what, what may be told, until when."""

    kind = forms.ChoiceField(label=_("What was signed?"), choices=AgreementKind, widget=RadioCards)
    purpose = forms.CharField(
        label=_("What is it for, in your own words?"), widget=forms.Textarea, max_length=2000
    )
    purposes = forms.MultipleChoiceField(
        label=_("For what may they be told something?"),
        help_text=_("Billing, research and advertising are never among them."),
        choices=Purpose, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    elements = forms.MultipleChoiceField(
        label=_("What may they be told of a student?"),
        help_text=_("Only what is ticked ever leaves. Leave all of it empty for a memorandum."),
        choices=Element, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("On what does the sharing rest?"),
        choices=[("", _("Nothing is told")), *LegalBasis.choices], required=False,
    )  # fmt: skip
    starts = forms.DateField(label=_("First day"), widget=forms.DateInput)
    expires = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    reviewed_on = forms.DateField(
        label=_("Last reviewed on"), required=False, widget=forms.DateInput
    )
    contact = forms.ModelChoiceField(
        label=_("Who answers for it there?"), queryset=Contact.objects.none(), required=False,
        empty_label=_("Nobody yet"),
    )  # fmt: skip
    at_school = forms.BooleanField(
        label=_("Their people come to school"),
        help_text=_("Then nothing is told without a day of insurance and of fingerprints."),
        required=False,
    )
    insured_until = forms.DateField(
        label=_("Insured until"), required=False, widget=forms.DateInput
    )
    cleared_until = forms.DateField(
        label=_("Fingerprints cleared until"), required=False, widget=forms.DateInput
    )
    paper = forms.CharField(
        label=_("Where does the signed paper lie?"),
        help_text=_("A folder, a cabinet, an address on your own drive."),
        max_length=300, required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, organization: Organization, agreement: Agreement | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        if agreement:
            kwargs.setdefault("initial", {})
            kwargs["initial"] = _as_it_stands(agreement) | kwargs["initial"]
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.queryset = Contact.objects.current(timezone.localdate()).filter(
            organization=organization
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, expires = said.get("starts"), said.get("expires")
        if starts and expires and expires <= starts:
            self.add_error("expires", _now("The last day comes after the first."))
        if said.get("kind") and said["kind"] != AgreementKind.MEMORANDUM:
            for name, words in (
                ("purposes", _now("Tick at least one, or call it a memorandum.")),
                ("elements", _now("Tick at least one, or call it a memorandum.")),
                ("basis", _now("Sharing rests on something. Choose what.")),
            ):
                if not said.get(name):
                    self.add_error(name, words)
        return said


def _as_it_stands(agreement: Agreement) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in AgreementForm.base_fields}


def for_the_next(agreement: Agreement) -> dict[str, Any]:
    """The one that follows begins the day after, and holds as long."""
    length = agreement.expires - agreement.starts
    starts = max(agreement.expires + timedelta(days=1), timezone.localdate())
    return {"starts": starts, "expires": starts + length, "reviewed_on": None, "paper": ""}


class EndForm(KitForm):
    on = forms.DateField(label=_("From which day?"), widget=forms.DateInput)
    why = forms.CharField(label=_("Why?"), widget=forms.Textarea, max_length=1000)


class ContactForm(KitFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Contact
        fields = ("name", "email", "language", "does", "starts", "ends")
        widgets = {"starts": forms.DateInput(), "ends": forms.DateInput()}
        labels = {
            "name": _("Name"), "email": _("Work e-mail"), "language": _("Language they read"),
            "does": _("What do they do there?"), "starts": _("Since"),
            "ends": _("Last day, if they have left"),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _now("The last day comes after the first."))
        return said
