"""One time at which a service was given, on a phone; why it was wrong; and a stretch of days."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.partners.models import ServiceGiven


class GivenForm(KitForm):
    """What a biller asks for, and no word about what was said or found."""

    day = forms.DateField(label=_("On which day?"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput)
    kind = forms.ChoiceField(
        label=_("What was it?"), choices=ServiceGiven.Kind, widget=RadioCards
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where?"), choices=ServiceGiven.Place, widget=RadioCards)
    group_size = forms.IntegerField(
        label=_("How many students were there, this one among them?"), min_value=1, max_value=200,
        initial=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    provider = forms.CharField(label=_("Who gave it?"), max_length=200)
    credential = forms.CharField(
        label=_("Their license or credential"), max_length=120,
        help_text=_("As a biller writes it, such as PPS or LCSW, with its number."),
    )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in GivenForm.base_fields}


class PutRightForm(GivenForm):
    why = forms.CharField(label=_("What was wrong?"), max_length=300)


class WhyForm(KitForm):
    why = forms.CharField(label=_("Why did it not take place?"), max_length=300)


class DaysForm(KitForm):
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput)

    @property
    def days(self) -> tuple[date, date]:
        """What was typed; else the last 31 days."""
        said = self.cleaned_data if self.is_valid() else {}
        last = said.get("last") or timezone.localdate()
        return said.get("first") or last - timedelta(days=31), last
