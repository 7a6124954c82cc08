"""What other surveys told of a school, beside our own where one asks near the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.listening.models import Audience, ListeningProject, OutsideFigure
from hearth.listening.reading.gap import Gap, Side, gaps
from hearth.listening.rules import dated
from hearth.listening.rules.outside import beside, instrument_of, told_of
from hearth.listening.rules.outside_cells import words as plainly
from hearth.listening.rules.questions import said_in


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words, and what our own survey of the same people says of something near."""

    row: OutsideFigure
    own_title: str
    own: Side | None

    @property
    def who(self) -> str:
        name = capfirst(str(Audience(self.row.audience).label))
        return f"{name}, {self.row.group}" if self.row.group else name

    @property
    def told(self) -> str:
        return told(self.row.answered, self.row.percent, self.row.mean)

    @property
    def words(self) -> str:
        """The whole of it in one sentence, as a finding or a document would quote it."""
        source = f"{self.row.instrument} {self.row.year}"
        return f"{self.row.construct}: {self.told}. {self.who}. {source}."


@dataclass(frozen=True, slots=True)
class Edition:
    """One survey of one year."""

    title: str
    full: str
    lines: list[Line]


def told(answered: int, percent: Decimal | None, mean: Decimal | None) -> str:
    said = []
    if percent is not None:
        said.append(_("%(percent)s %% of %(n)s") % {"percent": _short(percent), "n": answered})
    if mean is not None:
        said.append(_("on average %(mean)s, of %(n)s") % {"mean": _short(mean), "n": answered})
    return "; ".join(said)


def editions(project: ListeningProject, language: str, today: date) -> list[Edition]:
    """The newest year first. What is left of two tables is looked at anew: one may have brought the
    whole and the other a group that nearly is the whole."""
    standing = OutsideFigure.objects.filter(school=project.school_id).standing()
    rows = list(
        standing.select_related("file").order_by("-year", "instrument", "construct", "audience",
                                                 "group")
    )  # fmt: skip
    kept = _may_stand(rows, dated.number("least", today))
    own = {one.key: one for one in gaps(project, language, today)} if kept else {}
    return [
        _edition(instrument, year, list(found), own, language)
        for (year, instrument), found in groupby(kept, key=lambda row: (row.year, row.instrument))
    ]


def _may_stand(rows: Iterable[OutsideFigure], least: int) -> list[OutsideFigure]:
    sizes: dict[tuple[str, ...], dict[str, int]] = {}
    for row in rows:
        sizes.setdefault(_same(row), {})[row.group] = row.answered
    told = {key: told_of(groups, least) for key, groups in sizes.items()}
    return [row for row in rows if row.group in told[_same(row)]]


def _same(row: OutsideFigure) -> tuple[str, ...]:
    return row.instrument, row.year, plainly(row.construct), row.audience


def _edition(
    instrument: str, year: str, rows: list[OutsideFigure], own: dict[str, Gap], language: str
) -> Edition:
    known = instrument_of(instrument)
    full = said_in(known["full"], language)[0] if known else ""
    return Edition(f"{instrument} {year}", full, [_line(row, own) for row in rows])


def _line(row: OutsideFigure, own: dict[str, Gap]) -> Line:
    """Beside figures of everybody alone: our own page tells no groups."""
    near = own.get(beside(row.construct)) if not row.group else None
    sides = near.sides if near else []
    side = next((one for one in sides if one.audience == row.audience and one.survey), None)
    return Line(row, near.title if near and side else "", side)


def _short(value: Decimal) -> str:
    """58 and not 58.0."""
    whole = value == value.to_integral_value()
    return str(localize(int(value) if whole else value.normalize()))
