"""How many places are free, as somebody types it on a phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.partners.models import Capacity, Service
from hearth.people.words import language_name

MOST = 9_999


class CapacityForm(KitForm):
    """What was said last stands in it, so that one press says "still so"."""

    places = forms.IntegerField(
        label=_("Places free today"), min_value=0, max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    waiting = forms.IntegerField(
        label=_("How many wait"), min_value=0, max_value=MOST, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    expected_on = forms.DateField(
        label=_("When do you expect the next place?"), required=False, widget=forms.DateInput
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, service: Service, last: Capacity | None = None, **kwargs: Any
    ) -> None:
        self.service, self.last = service, last
        if last:
            kwargs["initial"] = {
                "places": last.places, "waiting": last.waiting, "expected_on": last.expected_on,
                "languages": last.languages,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        listing = getattr(service, "listing", None)
        known = [*(listing.languages if listing else []), *(last.languages if last else [])]
        field: Any = self.fields["languages"]
        field.choices = [
            (code, language_name(code)) for code in dict.fromkeys([*known, "en", "es"])
        ]
        if not last and listing:
            field.initial = listing.languages

    def clean(self) -> dict[str, Any]:
        """Who waits is no word without the places; what was typed is not lost unsaid."""
        said = super().clean() or {}
        more = said.get("waiting") is not None or said.get("expected_on")
        if more and said.get("places") is None and not self.errors:
            self.add_error("places", _("Say how many places are free, if it is none: 0."))
        return said

    @property
    def opens(self) -> bool:
        """What is folded away is shown where something in it is to be mended."""
        return bool(self.errors) and bool(self.errors.keys() - {"places"})


def forms_for(
    services: Iterable[Service], last: dict[int, Capacity], data: Any = None
) -> list[CapacityForm]:
    """One for each service of an organization. Of several, one left empty says nothing."""
    found = list(services)
    several = len(found) > 1
    made = [
        CapacityForm(data, service=service, last=last.get(service.pk), prefix=f"s{service.pk}")
        for service in found
    ]
    for form in made:
        form.fields["places"].required = not several
    return made
