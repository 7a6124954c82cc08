"""What somebody looks for: it lives in the address, so that a search can be sent on."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hearth.kit.forms import KitForm
from hearth.partners.models import Insurance, Need, SchoolPlace, Tally
from hearth.partners.reading.search import Wanted
from hearth.partners.rules.said import Said, read_as
from hearth.people.words import grade_name, language_name

GRADES = ("TK", "KG", *(f"{grade:02}" for grade in range(1, 13)))
MILES = (1, 3, 5, 10, 25)


class SearchForm(KitForm):
    """Every choice shown leads somewhere: what nobody offers is not offered to be chosen."""

    q = forms.CharField(
        label=_("What do you need?"),
        help_text=_("In plain words, in English or Spanish: food, somebody to talk to, renta."),
        max_length=200, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    need = forms.ChoiceField(label=_("Need"), required=False)
    category = forms.TypedChoiceField(
        label=_("Category"), required=False, coerce=int, empty_value=None
    )
    language = forms.ChoiceField(label=_("Spoken there"), required=False)
    grade = forms.ChoiceField(label=_("For a student in"), required=False)
    age = forms.IntegerField(label=_("or of this age"), required=False, min_value=0, max_value=120)
    insurance = forms.ChoiceField(label=_("Insurance"), required=False)
    near = forms.TypedChoiceField(
        label=_("How far from school"), required=False, coerce=int, empty_value=None
    )
    school = forms.TypedChoiceField(label=_("School"), required=False, coerce=int, empty_value=None)
    free = forms.BooleanField(label=_("Only what is free"), required=False)
    now = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(
        self, asked: QueryDict, *, tallies: Sequence[Tally], places: Sequence[SchoolPlace]
    ) -> None:
        super().__init__(asked)
        self.asked = asked
        self.places = {place.school_id: place for place in places}
        kinds: dict[str, list[Tally]] = {}
        for tally in tallies:
            kinds.setdefault(tally.kind, []).append(tally)
        any_one = ("", _now("Any"))
        self._choose("need", any_one, _named(Need.choices, kinds.get("need", [])))
        self._choose("insurance", any_one, _named(Insurance.choices, kinds.get("insurance", [])))
        spoken = [(t.key, language_name(t.key)) for t in kinds.get("language", [])]
        self._choose("language", any_one, sorted(spoken, key=lambda pair: pair[1]))
        listed = [(t.key, t.name) for t in kinds.get("category", [])]
        self._choose("category", any_one, sorted(listed, key=lambda pair: pair[1]))
        self._choose("grade", any_one, [(grade, grade_name(grade)) for grade in GRADES])
        away = [(n, ngettext("%(n)s mile", "%(n)s miles", n) % {"n": n}) for n in MILES]
        self._choose("near", ("", _now("However far")), away)
        self._choose("school", None, [(p.school_id, p.school.name) for p in places])
        if not listed:
            del self.fields["category"]
        if not places:
            del self.fields["near"]
        if len(places) < 2:
            del self.fields["school"]

    def _choose(self, name: str, first: Any, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [*([first] if first else []), *choices]

    @cached_property
    def wanted(self) -> Wanted:
        """What was chosen; a part of the address that makes no sense asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        place = self.places.get(said.get("school") or next(iter(self.places), 0))
        return Wanted(
            typed=said.get("q", ""), said=self._said(), need=said.get("need", ""),
            category=said.get("category"), language=said.get("language", ""),
            grade=said.get("grade", ""), age=said.get("age"),
            insurance=said.get("insurance", ""), free=bool(said.get("free")),
            open_now=bool(said.get("now")), miles=said.get("near"), place=place,
        )  # fmt: skip

    def _said(self) -> Said:
        """What the words were read as, as far as it leads to something."""
        said = read_as(self.cleaned_data.get("q", ""), off=self.asked.getlist("off"))
        languages = {code: led for code, led in said.languages.items() if self._leads(code)}
        return Said(said.needs, languages, said.rest)

    def _leads(self, language: str) -> bool:
        field: Any = self.fields["language"]
        return language in dict(field.choices)

    @property
    def off(self) -> list[str]:
        """The phrases that somebody said are not meant so, as long as they are still typed."""
        every = read_as(self.cleaned_data.get("q", "")).phrases()
        return [phrase for phrase in dict.fromkeys(self.asked.getlist("off")) if phrase in every]


def _named(choices: Sequence[tuple[str, Any]], tallies: Sequence[Tally]) -> list[tuple[str, Any]]:
    there = {tally.key for tally in tallies}
    return [(key, name) for key, name in choices if key in there]
