"""The pictures of a measure, each with its table and the note on what is withheld."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.insight.reading import Line, Told, group_name, said, year_said
from hearth.kit.chart import Bar, Chart, Point, bars, lines
from hearth.kit.tokens import SERIES


def bars_of(one: Told, drawn: Sequence[Line], by: str) -> Chart:
    """One bar for each group, with its interval; a withheld group keeps its place and its word."""
    return bars(
        [
            Bar(
                f"{line.label} ({line.size})" if line.figure.whole is not None else line.label,
                float(line.value) if line.value is not None else None,
                line.words,
                _float(line.shown.low if line.shown else None),
                _float(line.shown.high if line.shown else None),
            )
            for line in drawn
        ],
        title=f"{said(one.card.title)}, {one.place.name}, {year_said(one.year)}",
        description=_("One bar for each group: %(by)s. The thin line is how sure we are.")
        % {"by": group_name(by)},
        headings=(str(group_name(by)), said(one.card.title)),
        most=100 if one.card.told_as in ("percent", "share") and _reaches(drawn, 50) else None,
        note=withheld_note(sum(line.shown is None for line in drawn)),
    )


def withheld_note(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s figure is withheld, so that nobody can be worked out from it.",
        "%(count)s figures are withheld, so that nobody can be worked out from them.",
        count,
    ) % {"count": count}


def over_years(released: Sequence[Told], part: str) -> Chart | None:
    """Everybody, year by year; one year alone is no trend."""
    wholes = [(year_said(one.year), one.whole(part)) for one in reversed(released)]
    return _line([(when, line) for when, line in wholes if line], released)


def over_months(one: Told, part: str, by: str = "") -> Chart | None:
    """Everybody, month by month; and the largest groups of which any month is told."""
    groups: dict[str, list[Line]] = {}
    for line in one.months_of(by, part) if by else []:
        groups.setdefault(line.label, []).append(line)
    sizes = {name: max(_size(line) for line in own) for name, own in groups.items()}
    largest = sorted((name for name in sizes if sizes[name]), key=lambda name: -sizes[name])
    drawn = set(largest[: len(SERIES) - 1])  # everybody is a line too
    told = {name: own for name, own in groups.items() if name in drawn}
    months = [(line.label, line) for line in one.months(part)]
    return _line(months, [one], told)


def _size(line: Line) -> int:
    return line.shown.whole if line.shown else 0


def _line(
    told: Sequence[tuple[str, Line]],
    released: Sequence[Told],
    groups: Mapping[str, Sequence[Line]] | None = None,
) -> Chart | None:
    if len(told) < 2 or not any(line.shown for _when, line in told):
        return None
    name, place = said(released[0].card.title), released[0].place.name
    rows = [(_("Everybody"), when, line) for when, line in told]
    rows += [
        (group, date_format(line.figure.spot.month, "M Y"), line)
        for group, own in (groups or {}).items()
        for line in own
        if line.figure.spot.month
    ]
    return lines(
        [Point(who, when, _float(line.value), line.words) for who, when, line in rows],
        title=_("%(measure)s over time, %(place)s") % {"measure": name, "place": place},
        description=_(
            "Everybody and the largest groups that are told, from the earliest to the latest."
        )
        if groups
        else _("Everybody together, from the earliest to the latest."),
        headings=(_("Who"), _("When"), name),
        note=withheld_note(sum(line.shown is None for _who, _when, line in rows)),
    )


def _reaches(drawn: Sequence[Line], least: int) -> bool:
    return any(line.value is not None and line.value >= least for line in drawn)


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]  # a decimal
