"""What a family looks for, without an account: few choices, and each leads somewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.partners.models import Need, Tally
from hearth.partners.reading.search import Wanted
from hearth.partners.rules.said import read_as
from hearth.people.words import language_name


class OpenSearchForm(KitForm):
    q = forms.CharField(
        label=_("In your own words"),
        help_text=_("In English or Spanish, such as: food, somebody to talk to, renta."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    need = forms.ChoiceField(label=_("Need"), required=False)
    language = forms.ChoiceField(label=_("Spoken there"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = list(Tally.objects.order_by("-services", "key"))
        self.needs = [
            (one.key, str(Need(one.key).label), one.services)
            for one in told
            if one.kind == Tally.Kind.NEED and one.key in Need.values
        ]
        spoken = [
            (one.key, language_name(one.key)) for one in told if one.kind == Tally.Kind.LANGUAGE
        ]
        need: Any = self.fields["need"]
        language: Any = self.fields["language"]
        need.choices = [("", _now("Any")), *((key, name) for key, name, _many in self.needs)]
        language.choices = [("", _now("Any")), *sorted(spoken, key=lambda one: one[1])]

    @property
    def wanted(self) -> Wanted:
        """What was chosen; a part of the address that makes no sense asks for nothing."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        said, typed = self.cleaned_data, self.cleaned_data.get("q", "")
        return Wanted(
            typed=typed, said=read_as(typed), need=said.get("need", ""),
            language=said.get("language", ""),
        )  # fmt: skip
