"""The page's tables, in words: the same for the screen and for paper.

A group of which nothing is told keeps its place, with the reason, in the first table; the others
hold the groups that can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hearth.insight.fairness import words
from hearth.insight.fairness.beside import Group
from hearth.insight.fairness.counts import Compared, Untold, Why
from hearth.insight.fairness.dashboard import Dashboard, Printed
from hearth.insight.fairness.grownups import Likeness
from hearth.insight.fairness.years import Over
from hearth.insight.reading import year_said
from hearth.kit.interval import Count


@dataclass(frozen=True)
class Cell:
    """What a cell says, and under it how sure that is."""

    words: str
    more: str = ""


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    says: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with its heading, which a narrow screen says again."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


Named = tuple[str, Group]


def beside_everybody(groups: Sequence[Named], by_name: str, state_said: str) -> Table:
    notes = [_("One would be: exactly as often as everybody else.")]
    if any(group.elsewhere for _name, group in groups):
        notes.append(
            _(
                "Where everybody else here is too few, the ratio is to everybody else in "
                "California: the alternate risk ratio. %(year)s."
            )
            % {"year": state_said}
        )
    return Table(
        "risk",
        _("Beside everybody else"),
        _("How often in this group, and how often among all others here together."),
        (by_name, _("This group"), _("Everybody else"), _("Times as often (risk ratio)")),
        tuple(
            (Cell(name), _count(group.own), _rest(group), _times(group.risk, group.elsewhere))
            for name, group in groups
        ),
        tuple(notes),
    )


def beside_one(groups: Sequence[Named], by_name: str, reference: str) -> Table:
    told = [(name, group) for name, group in groups if group.told and name != reference]
    return Table(
        "rate",
        _("Beside one group: %(reference)s") % {"reference": reference},
        _("Each group next to one other. Which one is no judgment: choose another above."),
        (by_name, _("This group"), _("Times as often (relative rate index)"),
         _("Points apart (access gap)")),
        tuple(
            (Cell(name), _count(group.own), _times(group.rate), _apart(group.apart))
            for name, group in told
        ),
    )  # fmt: skip


def shares(groups: Sequence[Named], by_name: str) -> Table:
    return Table(
        "share",
        _("Whose share is it?"),
        _("A group's share of those counted, next to its share of everybody."),
        (by_name, _("Share of everybody"), _("Share of those counted (composition)"),
         _("One over the other (representation)")),
        tuple(
            (Cell(name), *_share(group.share), _times(group.weight))
            for name, group in groups
            if group.told
        ),
    )  # fmt: skip


def three_years(rows: Sequence[Over], years: Sequence[int], running: int | None, by_name: str,
                threshold_known: bool) -> Table:  # fmt: skip
    headings = [
        _("%(year)s so far") % {"year": year_said(year)} if year == running else year_said(year)
        for year in years
    ]
    notes = [_("The federal rule looks at three years running, of the same group.")]
    if not threshold_known:
        notes.append(
            _("From which ratio on it is too high, each state says. California's number was not "
              "found in public, so no page here says it.")
        )  # fmt: skip
    told = [over for over in rows if any(isinstance(one, Compared) for one in over.ratios)]
    return Table(
        "years",
        _("Three years"),
        _("The risk ratio year by year. One year may be chance; three are seldom."),
        (by_name, *headings, _("In each year clearly more?")),
        tuple(
            (Cell(over.line.label), *(_times(one) for one in over.ratios), Cell(_yes(over)))
            for over in told
        ),
        tuple(notes),
    )


def of_dashboard(read: Dashboard, by_name: str) -> Table:
    notes = [
        _("Our own reading, from the figures told here. What counts is the state's page."),
        _("Of fewer than 30 students there is no color."),
    ]
    if read.since:
        notes.append(
            _("By the state's table of %(year)s. Its name stands below, under the rules.")
            % {"year": read.since}
        )
    told = [one for one in read.groups if one.reading != Untold(Why.OLDER)]
    if len(told) < len(read.groups):
        notes.append(
            _(
                "The Dashboard counts chronic absence to grade 8. The groups here are not told "
                "apart by grade, so none is read."
            )
        )
    return Table(
        "dashboard",
        _("As the California School Dashboard would say it, %(year)s")
        % {"year": year_said(read.year)},
        _("Where it stands (status), how it moved in a year (change), and both (color)."),
        (by_name, _("Status"), _("Change"), _("Color")),
        tuple(_printed(one) for one in (read.everybody, *told)),
        tuple(notes),
    )


def like_us(rows: Sequence[Likeness], by_name: str) -> Table:
    return Table(
        "likeness",
        _("Students and staff: %(by)s") % {"by": by_name},
        _("A group's share of the students, and its share of the people who work here."),
        (by_name, _("Students"), _("Staff"), _("One over the other (parity)"), _("Points apart")),
        tuple(
            (Cell(one.label), _count(one.students), _count(one.staff), _times(one.times),
             _more_points(one.points))
            for one in rows
        ),
        (_("One would be: as large a share of the staff as of the students."),),
    )  # fmt: skip


def _count(count: Count | Untold) -> Cell:
    if isinstance(count, Untold):
        return Cell(words.why(count))
    return Cell(words.percent(count), words.of_how_many(count))


def _rest(group: Group) -> Cell:
    """The reason stands once in a row."""
    if isinstance(group.own, Untold):
        return Cell("–")
    return _count(group.rest)


def _times(one: Compared | Untold, elsewhere: bool = False) -> Cell:
    if isinstance(one, Untold):
        return Cell("–", words.why(one))
    said = f"{words.between(one)}: {words.clear(one)}"
    if elsewhere:
        beside = _("beside %(counts)s in California") % {"counts": words.of_how_many(one.other)}
        said = f"{said}, {beside}"
    return Cell(words.times(one), said)


def _apart(one: Compared | Untold) -> Cell:
    if isinstance(one, Untold):
        return Cell("–", words.why(one))
    return Cell(words.apart(one), f"{words.apart_between(one)}: {_gap(one)}")


def _more_points(one: Compared | Untold) -> Cell:
    if isinstance(one, Untold):
        return Cell("–", words.why(one))
    low, high = words.signed(one.between.low), words.signed(one.between.high)
    sure = _("between %(low)s and %(high)s") % {"low": low, "high": high}
    return Cell(words.signed(float(one.value)), f"{sure}: {_gap(one)}")


def _gap(one: Compared) -> str:
    return _("a gap") if one.is_gap else _("no clear gap")


def _share(one: Compared | Untold) -> tuple[Cell, Cell]:
    if isinstance(one, Untold):
        return Cell("–"), Cell("–", words.why(one))
    counted = f"{words.of_how_many(one.one)}, {words.share_between(one)}"
    return _count(one.other), Cell(words.percent(one.one), counted)


def _yes(over: Over) -> str:
    if any(isinstance(one, Untold) for one in over.ratios):
        return _("Not known: a year is not told")
    return _("Yes") if over.throughout else _("No")


def _printed(one: Printed) -> tuple[Cell, ...]:
    name, read = Cell(one.label), one.reading
    if isinstance(read, Untold):
        return name, Cell("–", words.why(read)), Cell("–"), Cell("–")
    assert isinstance(one.now, Count)  # noqa: S101  what is read was told
    status = Cell(
        str(words.STATUS[read.status]), f"{words.percent(one.now)}, {words.of_how_many(one.now)}"
    )
    if read.change is None or read.points is None:
        reason = words.why(one.before) if isinstance(one.before, Untold) else _few()
        return name, status, Cell("–", reason), Cell("–")
    moved = Cell(
        str(words.CHANGE[read.change]),
        _("%(points)s points") % {"points": words.signed(float(read.points))},
    )
    color = Cell(str(words.COLOR[read.color])) if read.color else Cell("–", _few())
    return name, status, moved, color


def _few() -> str:
    return _("Too few for a color")
