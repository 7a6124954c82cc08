"""What was chosen of a search, as one reads it, and the same search without each of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import ngettext

from hearth.partners.forms.search import SearchForm
from hearth.partners.models import Need
from hearth.people.words import language_name

FOLDED = ("grade", "age", "insurance", "category", "school", "free", "now")
"""Asked more seldom: these stand folded away, and what is chosen of them stays in sight."""


@dataclass(frozen=True)
class Chip:
    """One thing chosen, and the address of the same search without it."""

    words: str
    without: str


def read(form: SearchForm) -> list[Chip]:
    """What the words were read as."""
    wanted = form.wanted
    spoken = {} if wanted.language else wanted.said.languages
    named = [(str(Need(need).label), led) for need, led in wanted.said.needs.items()]
    named += [(language_name(code), led) for code, led in spoken.items()]
    return [Chip(words, _without(form, off=phrases)) for words, phrases in named]


def chosen(form: SearchForm) -> list[Chip]:
    """What was chosen beside the words."""
    told = {name: _words(form, name) for name in form.fields if name != "q"}
    return [Chip(words, _without(form, name)) for name, words in told.items() if words]


def folded_away(form: SearchForm) -> int:
    """How many of the choices that stand folded away are made."""
    return sum(bool(_words(form, name)) for name in FOLDED if name in form.fields)


def _words(form: SearchForm, name: str) -> str:
    """What was chosen of this field; blank for nothing. A school alone narrows nothing."""
    value, field = form.cleaned_data.get(name), cast("Any", form.fields[name])
    if value in (None, "", False) or name == "school":
        return ""
    if value is True:
        return str(field.label)
    if name == "age":
        return ngettext("%(n)s year old", "%(n)s years old", value) % {"n": value}
    words = next(str(words) for key, words in field.choices if str(key) == str(value))
    place = form.wanted.place
    return f"{words} · {place.school.name}" if name == "near" and place else words


def _without(form: SearchForm, *names: str, off: Iterable[str] = ()) -> str:
    query = form.asked.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    for phrase in off:
        query.appendlist("off", phrase)
    return f"?{query.urlencode()}"
