"""What somebody looks for: it lives in the address, so that a search can be sent on."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

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
        self.told = tuple((tally.kind, tally.key, tally.name) for tally in tallies)
        self.schools = tuple((place.school_id, place.school.name) for place in places)
        for name, choices in _offered(get_language(), self.told, self.schools).items():
            field: Any = self.fields[name]
            if choices:
                field.choices = choices
            else:
                del self.fields[name]

    @cached_property
    def shape(self) -> tuple[Any, ...] | None:
        """What the choices look like beside the words: which there are, and which are made. None
        where something is no choice, because what somebody typed is not to be kept."""
        if not self.is_valid() or any(self._is_typed(name) for name in self.fields):
            return None
        made = tuple((name, self.asked.get(name)) for name in self.fields if name != "q")
        return self.told, self.schools, made

    def _is_typed(self, name: str) -> bool:
        """Said otherwise than our own form says it: a box is on or is not, an age is its digits."""
        said, meant = self.asked.get(name) or "", self.cleaned_data.get(name)
        if name in ("free", "now"):
            return said not in ("", "on")
        return name == "age" and said != ("" if meant is None else str(meant))

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


Pairs = tuple[tuple[Any, str], ...]


@lru_cache(maxsize=64)
def _offered(
    language: str, told: tuple[tuple[str, str, str], ...], schools: Pairs
) -> dict[str, Pairs]:
    """The choices of each field, as a reader of this language reads them; none, where a field is
    not to be shown. Nobody offers anything in between two loads, so they are put in order once."""

    def of(kind: str) -> list[tuple[str, str]]:
        return [(key, name) for one, key, name in told if one == kind]

    def named(choices: Sequence[tuple[str, Any]], kind: str) -> Pairs:
        there = dict(of(kind))
        return any_one, *((key, str(name)) for key, name in choices if key in there)

    any_one = ("", _now("Any"))
    spoken = sorted(((key, language_name(key)) for key, _ in of("language")), key=_second)
    listed = sorted(of("category"), key=_second)
    return {
        "need": named(Need.choices, "need"),
        "insurance": named(Insurance.choices, "insurance"),
        "language": (any_one, *spoken),
        "category": (any_one, *listed) if listed else (),
        "grade": (any_one, *((grade, grade_name(grade)) for grade in GRADES)),
        "near": how_far() if schools else (),
        "school": schools if len(schools) > 1 else (),
    }


def how_far() -> Pairs:
    away = ((n, ngettext("%(n)s mile", "%(n)s miles", n) % {"n": n}) for n in MILES)
    return (("", _now("However far")), *away)


def _second(pair: tuple[str, str]) -> str:
    return pair[1]
