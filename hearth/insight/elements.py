"""What released figures say of the framework's elements: a trend in words, and what is still open.

A card names the elements that its measure belongs to. Nothing here counts anybody, and nothing is
said of a figure that is not told. One query for a place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Case, F, JSONField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.framework.elements import elements
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.insight.disclose import Shown
from hearth.insight.measures.cards import Card
from hearth.insight.missing import BY_NEED, UNMET
from hearth.insight.models import DisclosedTable
from hearth.insight.reading import Line, Place, Told, read_row, said, year_said
from hearth.insight.rules.dated import school_year_end
from hearth.insight.rules.trend import Trend, is_good, trend


@dataclass(frozen=True)
class Released:
    """Sentences about elements, and under each element the figures that belong to it."""

    said: Spoken
    figures: Mapping[str, tuple[Behind, ...]]


def released(user: User, place: Place) -> Released:
    spoken: dict[str, list[Said]] = {}
    figures: dict[str, tuple[Behind, ...]] = {}
    rows = _tables(user, place)
    for _measure, years in groupby(rows, key=lambda one: one.card.key):
        told = list(years)
        lines = [line for line in (_change(told), _still_open(told, rows)) if line]
        shown = _in_words(told)
        for key in _of_elements(told[0].card):
            spoken.setdefault(key, []).extend(lines)
            figures[key] = (*figures.get(key, ()), *shown)
    return Released(spoken, figures)


def _tables(user: User, place: Place) -> list[Told]:
    """Everybody's figures, the newest year of each measure first; of the needs, each need's too."""
    no_groups = Value(None, output_field=JSONField())
    rows = (
        DisclosedTable.objects.visible_to(user)
        .filter(school=place.school, cut="")
        .annotate(by_need=Case(When(measure=BY_NEED, then=F("figures")), default=no_groups))
        .defer("figures")
        .order_by("measure", "-year")
    )
    told = (read_row(row, place, row.by_need or row.everybody) for row in rows)
    return [one for one in told if one]


def _of_elements(card: Card) -> list[str]:
    """Those of the sixteen that the card names itself: what another list's entry serves is too wide
    a claim for one figure."""
    sixteen = {one.key for one in elements()}
    return [key for key in card.elements if key in sixteen]


def _in_words(told: list[Told]) -> tuple[Behind, ...]:
    """The newest year of which something is told."""
    for one in told:
        lines = [line for _part, line in one.summary if line.shown]
        if lines:
            year = year_said(one.year)
            return tuple(Behind(f"{line.label}, {year}: {line.words}", one.url) for line in lines)
    return ()


def _change(told: list[Told]) -> Said | None:
    """The newest year beside the one before it."""
    now, before = next(_neighbors(told), (None, None))
    if now is None or before is None:
        return None
    new, old = _interval(now), _interval(before)
    if new is None or old is None:
        return None
    found = trend(new, old)
    words = _so_far() if _runs(now.year, now.as_of) else _whole_years()
    return Said(
        Side.CHANGED,
        words[found] % {"what": said(now.card.title)},
        school=_school(now.place),
        url=now.url,
        strength=is_good(found, now.card.better),
        behind=tuple(
            Behind(f"{year_said(one.year)}: {line.words}", one.url)
            for one in (now, before)
            if (line := one.whole())
        ),
    )


def _school(place: Place) -> int | None:
    return place.school.pk if place.school else None


def _neighbors(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Two years of which one follows the other. A year that still runs is set beside a whole one
    only where the card says that its figure means the same on any day."""
    ripe = [one for one in told if one.card.so_far or not _runs(one.year, one.as_of)]
    return ((now, old) for now, old in pairwise(ripe) if now.year == old.year + 1)


def _runs(year: int, as_of: date) -> bool:
    return as_of < school_year_end(year)


def _interval(one: Told) -> Any:
    figure = one.everybody()
    if not isinstance(figure, Shown) or figure.low is None or figure.high is None:
        return None
    return figure.low, figure.high


def _whole_years() -> Mapping[Trend, str]:
    return {
        Trend.MORE: _("%(what)s: more than the year before"),
        Trend.LESS: _("%(what)s: less than the year before"),
        Trend.ALIKE: _("%(what)s: about as in the year before"),
    }


def _so_far() -> Mapping[Trend, str]:
    return {
        Trend.MORE: _("%(what)s: so far more than in the year before"),
        Trend.LESS: _("%(what)s: so far less than in the year before"),
        Trend.ALIKE: _("%(what)s: so far about as in the year before"),
    }


def _still_open(told: list[Told], every: Iterable[Told]) -> Said | None:
    """That something families asked for is open, once enough of them asked for it to be told."""
    now = told[0]
    figure = now.everybody()
    if now.card.key != UNMET or not isinstance(figure, Shown) or not figure.part:
        return None
    by_need = [one for one in every if one.card.key == BY_NEED and one.year == now.year]
    url = reverse("insight:missing", args=[now.place.slug])
    return Said(
        Side.MISSING,
        _("Some of what families asked for is still open."),
        school=_school(now.place),
        url=url,
        behind=tuple(Behind(f"{line.label}: {line.of_how_many}", url) for line in _open(by_need)),
    )


def _open(by_need: Iterable[Told]) -> Iterator[Line]:
    for one in by_need:
        for line in one.lines("need"):
            if line.shown and line.shown.part:
                yield line
