"""The page as rows of a file: one figure to a row; what is withheld says so, never as a blank."""

from collections.abc import Iterator
from fractions import Fraction
from math import isinf

from django.utils.translation import gettext as _

from hearth.insight.fairness import words
from hearth.insight.fairness.beside import Group
from hearth.insight.fairness.counts import Compared, Untold
from hearth.insight.fairness.dashboard import Printed
from hearth.insight.fairness.grownups import Likeness
from hearth.insight.fairness.page import Fair
from hearth.insight.fairness.years import looked_back
from hearth.insight.reading import said, year_said
from hearth.insight.rules.rounding import half_up, rate
from hearth.kit.interval import Count

PLACES = 4
Row = list[object]


def headings() -> Row:
    return [
        _("Place"), _("School year"), _("Measure"), _("Part"), _("Told by"), _("Group"),
        _("What is told"), _("Beside"), _("Figure"), _("From"), _("To"), _("Counted"), _("Of"),
        _("Beside: counted"), _("Beside: of"), _("Clear difference"), _("Shown or withheld"),
        _("As of"),
    ]  # fmt: skip


def rows(page: Fair) -> Iterator[Row]:
    everybody = _("Everybody else")
    for name, group in page.groups:
        california = _("Everybody else in California")
        for what, beside, figure in (
            (_("risk ratio"), everybody, None if group.elsewhere else group.risk),
            (_("alternate risk ratio"), california, group.risk if group.elsewhere else None),
            (_("relative rate index"), page.reference, group.rate),
            (_("access gap, in points"), page.reference, group.apart),
            (_("composition"), _("Everybody"), group.share),
            (_("representation"), _("Everybody"), group.weight),
        ):
            if figure is not None:
                yield [*_where(page, page.one.year, name), *_figure(what, beside, figure),
                       _as_of(page, group)]  # fmt: skip
    yield from _years(page)
    yield from _dashboard(page)


def _years(page: Fair) -> Iterator[Row]:
    for over in page.over:
        for year, figure in zip(looked_back(page.one), over.ratios, strict=True):
            if year != page.one.year:
                told = _figure(_("risk ratio"), _("Everybody else"), figure)
                yield [*_where(page, year, over.line.label), *told, ""]


def _dashboard(page: Fair) -> Iterator[Row]:
    read = page.dashboard
    for one in (read.everybody, *read.groups) if read else ():
        where = _where(page, read.year if read else page.one.year, one.label)
        for what, said_ in _printed(one):
            reason = words.why(one.reading) if isinstance(one.reading, Untold) else _("shown")
            now = one.now if isinstance(one.now, Count) and said_ else None
            counted: Row = [now.part, now.whole] if now else [_("withheld")] * 2
            told = said_ or _("withheld")
            yield [*where, what, "", told, "", "", *counted, "", "", "",
                   reason if said_ else _not(one), ""]  # fmt: skip


def _printed(one: Printed) -> list[tuple[str, str]]:
    read = None if isinstance(one.reading, Untold) else one.reading
    return [
        (_("Dashboard: status"), str(words.STATUS[read.status]) if read else ""),
        (_("Dashboard: change"), str(words.CHANGE[read.change]) if read and read.change else ""),
        (_("Dashboard: color"), str(words.COLOR[read.color]) if read and read.color else ""),
    ]


def _not(one: Printed) -> str:
    for untold in (one.reading, one.before):
        if isinstance(untold, Untold):
            return words.why(untold)
    return _("Too few for a color")


def _where(page: Fair, year: int, name: str) -> Row:
    one = page.one
    part = one.part_name(page.part) if page.part else ""
    return [one.place.name, year_said(year), said(one.card.title), part, page.by_name, name]


def _figure(what: str, beside: str, one: Compared | Untold) -> Row:
    withheld = _("withheld")
    if isinstance(one, Untold):
        return [what, beside, *[withheld] * 8, words.why(one)]
    high = one.between.high
    return [
        what, beside, half_up(one.value, PLACES), half_up(Fraction(one.between.low), PLACES),
        _("no end") if isinf(high) else half_up(Fraction(high), PLACES),
        one.one.part, one.one.whole, one.other.part, one.other.whole,
        _("yes") if one.is_gap else _("no"), _("shown"),
    ]  # fmt: skip


def _as_of(page: Fair, group: Group) -> str:
    figure = group.figure
    return figure.as_of.isoformat() if figure.shown else page.one.as_of.isoformat()  # type: ignore[union-attr]


def headings_of_likeness() -> Row:
    return [
        _("Place"), _("School year"), _("Told by"), _("Group"), _("Students"), _("All students"),
        _("Share of the students"), _("Staff"), _("All staff"), _("Share of the staff"),
        _("One over the other (parity)"), _("From"), _("To"), _("Clear difference"),
        _("Shown or withheld"),
    ]  # fmt: skip


def likeness_rows(place: str, year: int, by_name: str, rows: list[Likeness]) -> Iterator[Row]:
    for one in rows:
        told = _figure("", "", one.times)
        yield [place, year_said(year), by_name, one.label, *_counted(one.students),
               *_counted(one.staff), *told[2:5], *told[9:]]  # fmt: skip


def _counted(count: Count | Untold) -> Row:
    if isinstance(count, Untold):
        return [_("withheld")] * 3
    return [count.part, count.whole, rate(count.part, count.whole)]
