"""The groups by which a figure may be told, in their fixed order, and the values of each.

A value is a word in the mart and a phrase on screens. No group has an empty value: what nobody
has reported is said as not reported, so that an absent value in a table always means everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from ibis.expr.types import Column, StringColumn

from hearth.insight.rules.groups import By, fixed_order
from hearth.partners.models.words import Need
from hearth.people import words

Words = str | Promise

SPANS = {
    "GRTK3": ("TK", "KG", "01", "02", "03"),
    "GR46": ("04", "05", "06"),
    "GR78": ("07", "08"),
    "GR912": ("09", "10", "11", "12"),
}
"""The grade spans by which the state tells its figures."""


def _as_it_is(column: Column) -> StringColumn:
    return column


def _yes_or_no(column: Column) -> StringColumn:
    return column.ifelse("yes", "no")


def _span(column: Column) -> StringColumn:
    told = [(grade, span) for span, grades in SPANS.items() for grade in grades]
    return column.cases(*told, else_="other")


def _of(values: Mapping[str, Words]) -> Callable[[str], str]:
    return lambda value: str(values.get(value, value))


def _language(code: str) -> str:
    return str(_NOT_REPORTED) if code == "not_reported" else words.language_name(code)


def _month(told: str) -> str:
    return date_format(date.fromisoformat(f"{told}-01"), "F Y")


@dataclass(frozen=True)
class Group:
    """A column of the mart's student years, how its values become those of a table (`told`), and
    how a value is said to a reader (`say`). `order` is the fixed one, where the values are few."""

    key: str
    name: Words
    say: Callable[[str], str]
    column: str
    told: Callable[[Column], StringColumn] = _as_it_is
    order: tuple[str, ...] = ()


_NOT_REPORTED = _("Not reported")
RACE: dict[str, Words] = {
    **words.RACES,
    "hispanic": _("Hispanic or Latino"),
    "filipino": pgettext_lazy("people", "Filipino"),
    "not_reported": _NOT_REPORTED,
}
GENDER: dict[str, Words] = {
    "F": _("Female"),
    "M": _("Male"),
    "X": _("Nonbinary"),
    "not_reported": _NOT_REPORTED,
}
SPAN: dict[str, Words] = {
    "GRTK3": _("Transitional kindergarten to grade 3"),
    "GR46": _("Grades 4 to 6"),
    "GR78": _("Grades 7 and 8"),
    "GR912": _("Grades 9 to 12"),
    "other": pgettext_lazy("grades", "Other"),
}


def _program(key: str, name: Words, yes: Words, no: Words) -> Group:
    return Group(key, name, _of({"yes": yes, "no": no}), key, _yes_or_no, ("yes", "no"))


GROUPS = {
    group.key: group
    for group in (
        Group("race", _("Race and ethnicity"), _of(RACE), "race", order=fixed_order(By.RACE)),
        Group("gender", _("Gender"), _of(GENDER), "gender", order=fixed_order(By.GENDER)),
        Group("grade", _("Grade"), words.grade_name, "grade", order=fixed_order(By.GRADE)),
        Group("grade_span", _("Grades together"), _of(SPAN), "grade", _span, tuple(SPAN)),
        _program(
            "english_learner", _("English learners"), _("English learners"), _("Other students")
        ),
        _program(
            "disability",
            _("Students with disabilities"),
            _("Students with disabilities"),
            _("Other students"),
        ),
        _program(
            "disadvantaged",
            _("Socioeconomically disadvantaged"),
            _("Socioeconomically disadvantaged"),
            _("Other students"),
        ),
        _program("foster", _("Foster youth"), _("Foster youth"), _("Other students")),
        _program(
            "homeless",
            _("Students without a lasting home"),
            _("Students without a lasting home"),
            _("Other students"),
        ),
        _program("migrant", _("Migrant students"), _("Migrant students"), _("Other students")),
        _program(
            "long_term_english_learner",
            _("Long-term English learners"),
            _("Long-term English learners"),
            _("Other students"),
        ),
        Group("language", _("Home language"), _language, "language"),
        # Of what partners were asked for only; no other row has these columns.
        Group("need", _("Need"), _of(dict(Need.choices)), "need", order=tuple(Need.values)),
        Group("asked_month", _("Asked for in"), _month, "asked_month"),
    )
}

Cut = tuple[str, ...]
"""The groups that a table is cut by: () for everybody, ("race",), ("gender", "race")."""

# Two that say the same of a student, or of which one is part of the other, make no table.
_SAME = ({"grade", "grade_span"}, {"english_learner", "long_term_english_learner"})


def cut_of(*keys: str) -> Cut:
    """Groups in their fixed order, so that the same cut is always the same."""
    unknown = set(keys) - set(GROUPS)
    if unknown:
        raise LookupError(f"No such group: {', '.join(sorted(unknown))}.")
    return tuple(key for key in GROUPS if key in keys)


OF_NEEDS = ("need", "asked_month")


def singles() -> list[Cut]:
    """Of students, whatever is counted of them."""
    return [(), *((key,) for key in GROUPS if key not in OF_NEEDS)]


def pairs() -> list[Cut]:
    """Everybody, each group, and any two groups together."""
    return [
        *singles(),
        *(
            pair
            for pair in combinations([key for (key,) in singles()[1:]], 2)
            if set(pair) not in _SAME
        ),
    ]
