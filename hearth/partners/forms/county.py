"""For whom the county's export is made, and who there may fetch it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.partners.models import Organization


class _ForWhom(KitForm):
    organization = forms.ChoiceField(label=_("For whom?"))

    def __init__(self, *args: Any, recipients: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(one.pk): one for one in recipients}
        chosen: Any = self.fields["organization"]
        chosen.choices = [(key, one.name) for key, one in self.recipients.items()]

    @property
    def chosen(self) -> Organization:
        return self.recipients[self.cleaned_data["organization"]]


class MakeForm(_ForWhom):
    """Made for one that has signed."""


class ReaderForm(_ForWhom):
    name = forms.CharField(
        label=_("Who or what fetches it?"),
        help_text=_("A person or a program there, such as “County data team”."), max_length=120,
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Until which day?"), help_text=_("A year at most."), widget=forms.DateInput
    )
