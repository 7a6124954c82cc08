"""Released figures as a page reads them: one row of the database, told in words.

Nothing here counts anybody; it reads what `disclose` released and says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.insight.disclose import (
    EVERYBODY,
    Because,
    Figure,
    Shown,
    from_json,
)
from hearth.insight.measures.cards import Card, cards
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import DisclosedTable
from hearth.insight.rules.rounding import PERCENT, half_up
from hearth.schools.models import District, School

DISTRICT_SLUG = "district"
THEMES = {
    "attendance": gettext_lazy("Being here"),
    "climate": gettext_lazy("How it feels to be here"),
    "access": gettext_lazy("Asking for support, and getting it"),
    "fairness": gettext_lazy("Who is here"),
}
WHY_NOT = {
    Because.FEW: gettext_lazy("Too few students to tell"),
    Because.LINKED: gettext_lazy("Withheld, so that nobody can be worked out"),
    Because.MISSING: gettext_lazy("Nobody in this group"),
}


@dataclass(frozen=True)
class Place:
    """A school, or the district as a whole."""

    slug: str
    name: str
    school: School | None

    @property
    def url(self) -> str:
        return reverse("insight:picture", args=[self.slug])


def places(district_id: int) -> list[Place]:
    """The district first, then its schools by name."""
    district = District.objects.get(pk=district_id)
    schools = School.objects.filter(gone_on=None).order_by("name", "pk")
    whole = Place(DISTRICT_SLUG, district.name, None)
    return [whole, *(Place(school.slug, school.name, school) for school in schools)]


def home_of(user: User, every: Sequence[Place]) -> Place:
    """Where somebody's own work is: their school, else the district."""
    own = {post.school_id for post in user.standing.posts if post.school_id}
    return next((p for p in every if p.school and p.school.pk in own), every[0])


def card_of(measure: str) -> Card | None:
    return cards().get(measure)


def said(words: object) -> str:
    """A card's text in the reader's language."""
    return words.said_in(get_language() or "en")  # type: ignore[attr-defined, no-any-return]


def year_said(year: int) -> str:
    return f"{year - 1}–{year % 100:02}"


@dataclass(frozen=True)
class Line:
    """One group's row: its name, its figure in words, and what stands beside it."""

    label: str
    figure: Figure
    card: Card
    everybody: Figure | None
    rows_url: str = ""

    @property
    def shown(self) -> Shown | None:
        return self.figure if isinstance(self.figure, Shown) else None

    @property
    def value(self) -> Decimal | None:
        """The figure as its card says it is told."""
        return value_of(self.figure, self.card, self.everybody)

    @property
    def words(self) -> str:
        if self.value is None:
            return self.why_not
        if self.card.told_as == "share" and self.figure.spot.cut == EVERYBODY:
            return self.size
        return in_units(self.value, self.card)

    @property
    def why_not(self) -> str:
        if isinstance(self.figure, Shown):
            return _("Withheld, so that nobody can be worked out")
        if self.card.unit == "staff" and self.figure.because is Because.FEW:
            return _("Too few to tell")
        return str(WHY_NOT[self.figure.because])

    @property
    def size(self) -> str:
        if self.figure.whole is None:
            return _("not told")
        if self.card.told_as == "share" and self.shown:
            return number_format(self.shown.part, 0, force_grouping=True)
        return number_format(self.figure.whole, 0, force_grouping=True)

    @property
    def of_how_many(self) -> str:
        """Numerator of denominator, in words, where the figure is a part of a whole."""
        if self.shown is None or self.card.told_as != "percent":
            return ""
        return _("%(part)s of %(whole)s") % {
            "part": number_format(self.shown.part, 0, force_grouping=True),
            "whole": number_format(self.shown.whole, 0, force_grouping=True),
        }

    @property
    def range(self) -> str:
        one = self.shown
        if one is None or one.low is None or one.high is None:
            return ""
        return _("between %(low)s and %(high)s") % {
            "low": in_units(one.low, self.card), "high": in_units(one.high, self.card),
        }  # fmt: skip

    @property
    def estimate(self) -> str:
        one = self.shown
        return in_units(one.estimate, self.card) if one and one.estimate is not None else ""

    @property
    def gap(self) -> str:
        """A gap in words, only where the interval says that there is one."""
        if self.shown is None or self.shown.gap is None:
            return ""
        gap = self.shown.gap
        if not gap.is_one:
            return _("No clear gap")
        words = (
            _("%(points)s points more than everybody else")
            if gap.points > 0
            else _("%(points)s points less than everybody else")
        )
        return words % {"points": number_format(abs(gap.points), 1)}

    @property
    def older(self) -> date | None:
        """The day of an earlier figure that stays because so little has changed since."""
        one, all_of_it = self.shown, self.everybody
        if one and isinstance(all_of_it, Shown) and one.as_of < all_of_it.as_of:
            return one.as_of
        return None


def value_of(figure: Figure, card: Card, everybody: Figure | None) -> Decimal | None:
    if not isinstance(figure, Shown):
        return None
    if card.told_as == "share":
        if not isinstance(everybody, Shown) or not everybody.part:
            return None
        return half_up(_exact(figure.part) / _exact(everybody.part) * PERCENT)
    if card.told_as == "average":
        return half_up(_exact(figure.part) / figure.whole)
    return half_up(_exact(figure.part) / figure.whole * PERCENT)


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(10**6)


def in_units(value: Decimal, card: Card) -> str:
    told = number_format(value, 1)
    return told if card.told_as in ("average", "per_hundred") else f"{told}%"


@dataclass(frozen=True)
class Told:
    """One measure of one year at one place: in full, or only what is told of everybody."""

    card: Card
    place: Place
    year: int
    as_of: date
    figures: tuple[Figure, ...]
    cut: str = EVERYBODY
    in_groups: bool = True

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], list[Figure]]:
        """The figures by what they are told by, and by part."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            found.setdefault((figure.spot.cut, figure.spot.part), []).append(figure)
        return found

    @cached_property
    def parts(self) -> list[str]:
        return list(dict.fromkeys(f.spot.part for f in self.figures))

    def everybody(self, part: str = "") -> Figure | None:
        return next((f for f in self._of(EVERYBODY, part) if f.spot.month is None), None)

    def lines(self, cut: str, part: str = "", month: date | None = None) -> list[Line]:
        """Every group of one kind, in the fixed order of the house; by month, of the last."""
        month = month or self.last_month
        return self._lines(cut, part, [f for f in self._of(cut, part) if f.spot.month == month])

    def _lines(self, cut: str, part: str, own: Sequence[Figure]) -> list[Line]:
        keys = cut.split("+")
        order = sorted(own, key=lambda figure: [
            place_in_order(key, value) for key, value in zip(keys, figure.spot.values, strict=True)
        ])  # fmt: skip
        return [self._line(_label(keys, f.spot.values), f, part) for f in order]

    @cached_property
    def last_month(self) -> date | None:
        return max((f.spot.month for f in self.figures if f.spot.month), default=None)

    def whole(self, part: str = "") -> Line | None:
        figure = self.everybody(part)
        return self._line(_("Everybody"), figure, part) if figure else None

    def months(self, part: str = "") -> list[Line]:
        own = [f for f in self._of(EVERYBODY, part) if f.spot.month]
        own.sort(key=lambda figure: figure.spot.month or date.min)
        return [self._line(date_format(f.spot.month, "M Y"), f, part) for f in own if f.spot.month]

    def months_of(self, cut: str, part: str = "") -> list[Line]:
        """Every group of one kind in every month, month after month."""
        months: dict[date, list[Figure]] = {}
        for figure in self._of(cut, part):
            if figure.spot.month:
                months.setdefault(figure.spot.month, []).append(figure)
        return [line for month in sorted(months) for line in self._lines(cut, part, months[month])]

    def _of(self, cut: str, part: str) -> list[Figure]:
        return self._by_kind.get((cut, part), [])

    def part_name(self, part: str) -> str:
        words = self.card.parts.get(part)
        return said(words) if words else said(self.card.title)

    @property
    def summary(self) -> list[tuple[str, "Line"]]:
        """Everybody's figure of each part, under the part's own name; the latest month."""
        lines = [(part, self.whole(part) or self._latest(part)) for part in self.parts]
        title, parts = said(self.card.title), self.card.parts
        return [
            (p, replace(line, label=f"{title}: {said(parts[p])}" if p in parts else title))
            for p, line in lines
            if line
        ]

    def _latest(self, part: str) -> Line | None:
        return next(reversed(self.months(part)), None)

    @property
    def cuts(self) -> list[str]:
        told = {cut for cut, _part in self._by_kind if cut != EVERYBODY}
        return [key for key in GROUPS if key in told]

    @property
    def withheld(self) -> int:
        return sum(not isinstance(figure, Shown) for figure in self.figures)

    @property
    def url(self) -> str:
        return reverse("insight:measure", args=[self.place.slug, self.card.key])

    def _line(self, label: str, figure: Figure, part: str) -> Line:
        return Line(label, figure, self.card, self.everybody(part))


def place_in_order(key: str, value: str) -> tuple[int, str]:
    order = GROUPS[key].order
    return (order.index(value), value) if value in order else (len(order), value)


UNTOLD = ("staff", "needs")


def _without_few(figures: Sequence[Figure], card: Card) -> list[Figure]:
    """A group of staff that is too small has no line, as one that nobody is in has none: whether
    there is one such grown-up here is nobody's business. So it is with a need few asked for."""
    return [
        f for f in figures
        if card.unit not in UNTOLD or f.spot.cut == EVERYBODY or isinstance(f, Shown)
        or f.because is Because.LINKED
    ]  # fmt: skip


def _label(keys: Sequence[str], values: Sequence[str]) -> str:
    return ", ".join(GROUPS[key].say(value) for key, value in zip(keys, values, strict=True))


def group_name(key: str) -> str | Promise:
    return GROUPS[key].name


def told(
    user: User, place: Place, *, measure: str | None = None, cut: str = EVERYBODY
) -> list[Told]:
    """What was released about a place: of one measure, or of all; the newest year first."""
    rows = _released(user, place, measure, cut)
    return [one for row in rows.defer("everybody") if (one := read_row(row, place, row.figures))]


def told_of_everybody(user: User, place: Place, *, measure: str | None = None) -> list[Told]:
    """The same without a group of any kind, for a page that shows none."""
    rows = _released(user, place, measure, EVERYBODY)
    return [one for row in rows.defer("figures") if (one := read_row(row, place, row.everybody))]


def in_full(user: User, one: Told) -> Told:
    """The groups as well, of the one that a page is about."""
    rows = _released(user, one.place, one.card.key, one.cut).filter(year=one.year)
    row = rows.defer("everybody").get()
    return read_row(row, one.place, row.figures) or one


def _released(user: User, place: Place, measure: str | None, cut: str) -> QuerySet[DisclosedTable]:
    rows = DisclosedTable.objects.visible_to(user).filter(school=place.school, cut=cut)
    if measure is not None:
        rows = rows.filter(measure=measure)
    return rows.order_by("-year", "measure")


def read_row(row: DisclosedTable, place: Place, own: list[dict[str, Any]]) -> Told | None:
    """What may be shown of these figures of a row; nothing, where no card speaks of them."""
    card = card_of(row.measure)
    if card is None:
        return None
    figures = tuple(_without_few(from_json(own), card))
    return Told(card, place, row.year, row.as_of, figures, row.cut, row.in_groups)
