"""A correction as somebody outside writes it, its lines as they are taken, a school's place."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.partners.models import HOURS, PHONES, Correction, Service
from hearth.partners.reading.standing import CORRECTABLE, as_it_stands, title_of

LONG = {HOURS, PHONES, "description", "application_process", "eligibility_description",
        "fees_description"}  # fmt: skip
FIRST = CORRECTABLE[:5]
"""What is wrong most often: in sight. The rest stands folded away."""
POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")


class CorrectionForm(KitForm):
    """Each line as it stands; whoever knows better writes over it."""

    words = forms.CharField(
        label=_("What else is not right?"),
        help_text=_("Such as an address that moved, or a phone that nobody answers."),
        widget=forms.Textarea, required=False, max_length=2000,
    )  # fmt: skip
    from_whom = forms.CharField(label=_("Your name, if you like"), required=False, max_length=200)
    reach_at = forms.CharField(
        label=_("How to reach you, if we may ask back"), required=False, max_length=254
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields
        stands = as_it_stands(service, timezone.localtime())
        self.fields = {name: _line(name, stands[name]) for name in CORRECTABLE} | own

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in CORRECTABLE if name not in FIRST]

    def last(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in CORRECTABLE]

    @property
    def said(self) -> dict[str, str]:
        """The lines of the service that came with the form. One that did not come is not blank."""
        sent = (name for name in CORRECTABLE if self.add_prefix(name) in self.data)
        told = {name: self.cleaned_data.get(name, "") for name in sent}
        if not told.get("name", "x").strip() or not told.get("status", "x"):
            # A service has a name and is open or not; clearing them says nothing.
            told = {k: v for k, v in told.items() if v or k not in ("name", "status")}
        return told


def _line(name: str, initial: str) -> forms.Field:
    """One line of the service as it stands."""
    label = title_of(name)
    if name == "status":
        return forms.ChoiceField(
            label=label, choices=Service.Status.choices, initial=initial, required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
        )  # fmt: skip
    widget = forms.Textarea if name in LONG else forms.TextInput
    return forms.CharField(
        label=label, initial=initial, required=False, max_length=4000,
        help_text=_("One number on each line.") if name == PHONES else "",
        widget=widget(attrs={"class": "form-control", "dir": "auto", "rows": 3}),
    )  # fmt: skip


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
