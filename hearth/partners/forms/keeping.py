"""A correction as somebody outside writes it, its lines as they are taken, a school's place."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.partners.actions.keeping import CORRECTABLE
from hearth.partners.models import Correction, Service

LONG = {"description", "application_process", "eligibility_description", "fees_description"}
POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")


class CorrectionForm(KitForm):
    """Each line as it stands; whoever knows better writes over it."""

    words = forms.CharField(
        label=_("What else is not right?"),
        help_text=_("A phone that nobody answers, an address that moved, hours that changed."),
        widget=forms.Textarea, required=False, max_length=2000,
    )  # fmt: skip
    from_whom = forms.CharField(label=_("Your name, if you like"), required=False, max_length=200)
    reach_at = forms.CharField(
        label=_("How to reach you, if we may ask back"), required=False, max_length=254
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields
        self.fields = {}
        for name in CORRECTABLE:
            field = service._meta.get_field(name)
            label = str(field.verbose_name).capitalize()  # type: ignore[union-attr]
            initial = getattr(service, name)
            if name == "status":
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=Service.Status.choices, initial=initial, required=False
                )
            else:
                widget = forms.Textarea if name in LONG else forms.TextInput
                self.fields[name] = forms.CharField(
                    label=label, initial=initial, required=False, max_length=4000,
                    widget=widget(attrs={"class": "form-control", "dir": "auto", "rows": 3}),
                )  # fmt: skip
        self.fields |= own

    @property
    def said(self) -> dict[str, str]:
        """The lines of the service that came with the form. One that did not come is not blank."""
        sent = (name for name in CORRECTABLE if self.add_prefix(name) in self.data)
        told = {name: self.cleaned_data.get(name, "") for name in sent}
        if not told.get("name", "x").strip() or not told.get("status", "x"):
            # A service has a name and is open or not; clearing them says nothing.
            told = {k: v for k, v in told.items() if v or k not in ("name", "status")}
        return told


class TakeForm(KitForm):
    """Which of the fields are taken; the rest is declined."""

    taken = forms.MultipleChoiceField(
        label=_("Take these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["taken"]
        field.choices = [(name, name) for name in correction.changes]


class PlaceForm(KitForm):
    """A point as maps copy it: latitude, a comma, longitude."""

    point = forms.CharField(
        label=_("Latitude and longitude"),
        help_text=_("Find the school on any map, hold on it, and copy the two numbers here."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )

    def clean_point(self) -> tuple[float, float]:
        found = POINT.match(self.cleaned_data["point"])
        if not found:
            raise forms.ValidationError(_("Write two numbers, like 37.7749, -122.4194."))
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise forms.ValidationError(_("Write two numbers, like 37.7749, -122.4194."))
        return latitude, longitude
