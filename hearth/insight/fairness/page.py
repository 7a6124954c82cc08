"""What the page "Is it fair?" says: strengths first, where to look, and its tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.insight.disclose import Figure
from hearth.insight.fairness import tables, words
from hearth.insight.fairness.beside import Group, group, reference_of
from hearth.insight.fairness.counts import Untold
from hearth.insight.fairness.dashboard import Dashboard, dashboard
from hearth.insight.fairness.state import State, state_of
from hearth.insight.fairness.tables import Named, Table
from hearth.insight.fairness.years import Over, looked_back, over_years, threshold_known
from hearth.insight.measures.cards import Card
from hearth.insight.reading import Told, group_name, year_said
from hearth.insight.rules.dated import parameter, school_year_end
from hearth.insight.rules.fairness import Rule, rule
from hearth.kit.chart import Bar, Chart, bars

STAFF, STUDENTS = "staff", "enrolled"
WITHOUT_EVERYBODY = frozenset({"unmet_by_need"})  # a student with two needs counts with each


def has_page(card: Card) -> bool:
    """Shares of people or of what they asked for. Days are not people: one child has many."""
    return card.told_as == "percent" and card.unit != "days" and card.key not in WITHOUT_EVERYBODY


def address(one: Told) -> str:
    """The page of a measure; nothing where it is told of everybody only, or counts days."""
    if not one.in_groups or not (has_page(one.card) or one.card.key == STAFF):
        return ""
    at = reverse("insight:fair", args=[one.place.slug, one.card.key])
    return f"{at}?{urlencode({'year': one.year})}"


@dataclass(frozen=True)
class Fair:
    """One measure of one year at one place, by one kind of group."""

    one: Told
    by: str
    part: str
    groups: list[Named]
    reference: str
    state: State
    rule: Rule
    over: list[Over]
    dashboard: Dashboard | None

    @property
    def by_name(self) -> str:
        return str(group_name(self.by))

    @property
    def reference_key(self) -> str:
        return next((key for key, name in self.choices if name == self.reference), "")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The groups that one may compare with: those that are told."""
        return [
            ("+".join(g.figure.spot.values), name)
            for name, g in self.groups
            if not isinstance(g.own, Untold)
        ]

    @property
    def tables(self) -> list[Table]:
        return [table for table in self._tables() if table.rows]

    def _tables(self) -> list[Table]:
        told = [tables.beside_everybody(self.groups, self.by_name, self.state_said)]
        if self.reference:
            told.append(tables.beside_one(self.groups, self.by_name, self.reference))
        told.append(tables.shares(self.groups, self.by_name))
        years = looked_back(self.one)
        running = None if self.is_over else self.one.year
        known = threshold_known(self.one.year)
        told.append(tables.three_years(self.over, years, running, self.by_name, known))
        if self.dashboard:
            told.append(tables.of_dashboard(self.dashboard, self.by_name))
        return told

    @property
    def is_over(self) -> bool:
        return self.one.as_of > school_year_end(self.one.year)

    @property
    def state_said(self) -> str:
        if not self.state.year:
            return ""
        return f"{self.state.source}, {year_said(self.state.year)}"

    @property
    def told(self) -> list[Named]:
        return [(name, group) for name, group in self.groups if group.told]

    @property
    def withheld(self) -> int:
        return len(self.groups) - len(self.told)

    @property
    def alike(self) -> list[str]:
        return [name for name, group in self.told if not group.difference]

    @property
    def strong(self) -> list[str]:
        """Groups for whom it goes clearly better than for everybody else."""
        return [_said(name, g) for name, g in self.told if g.difference == self._good]

    @property
    def look(self) -> list[str]:
        """Groups for whom it does not; of a measure that is neither good nor bad, both ways."""
        return [
            _said(name, g) for name, g in self.told if g.difference not in (0, self._good)
        ]  # fmt: skip

    @property
    def _good(self) -> int | None:
        return {"lower": -1, "higher": 1}.get(self.one.card.better)

    @property
    def chart(self) -> Chart | None:
        """Two bars to a group: its share of everybody, and of those counted."""
        drawn = [bar for name, group in self.told for bar in _bars(name, group)]
        if not drawn:
            return None
        return bars(
            drawn,
            title=_("Share of everybody, and of those counted"),
            description=_("Two bars for each group: %(by)s. The thin line is how sure we are.")
            % {"by": self.by_name},
            headings=(self.by_name, _("Share")),
        )


def fair(
    released: Sequence[Told], one: Told, *, by: str, part: str, reference: str = ""
) -> Fair:  # fmt: skip
    lines, held = one.lines(by, part), rule("federal", school_year_end(one.year))
    everybody, state = one.everybody(part), state_of(one.card.key, one.year)
    beside = reference_of([line.figure for line in lines], reference)
    groups = [(line.label, _group(line.figure, everybody, beside, held, state)) for line in lines]
    return Fair(
        one=one,
        by=by,
        part=part,
        groups=groups,
        reference=next((line.label for line in lines if line.figure is beside), ""),
        state=state,
        rule=held,
        over=over_years(released, one, by, part, state),
        dashboard=dashboard(released, one, by, _("Everybody")),
    )  # fmt: skip


def sources(year: int, dashboard: Dashboard | None) -> list[tuple[str, str]]:
    """Where the federal numbers and the Dashboard's come from, each in its own words and with its
    address."""
    day: date = school_year_end(year)
    rows = [
        parameter("disproportionality", f"federal_{key}", day)
        for key in ("min_cell", "min_n", "years")
    ]
    found = [(row.source, row.url) for row in rows]
    if dashboard and dashboard.since:
        found.append((dashboard.source, dashboard.url))
    return found


def _group(
    figure: Figure, everybody: Figure | None, beside: Figure | None, held: Rule, state: State
) -> Group:
    elsewhere = state.others(figure.spot.cut, figure.spot.values[0])
    return group(figure, everybody, beside, held, elsewhere)


def _said(name: str, group: Group) -> str:
    """Both rates, so that a difference never stands alone."""
    own, rest = group.own, group.rest
    if isinstance(own, Untold) or isinstance(rest, Untold):
        return name
    return _("%(group)s: %(own)s (%(counts)s), everybody else %(rest)s") % {
        "group": name, "own": words.percent(own), "counts": words.of_how_many(own),
        "rest": words.percent(rest),
    }  # fmt: skip


def _bars(name: str, group: Group) -> list[Bar]:
    share = group.share
    if isinstance(share, Untold):
        return []
    low, high = share.between.low * 100, share.between.high * 100
    here, counted = words.percent(share.other), words.percent(share.one)
    return [
        Bar(_("%(group)s: of everybody") % {"group": name}, share.other.share * 100, here),
        Bar(_("%(group)s: of those counted") % {"group": name}, share.one.share * 100, counted,
            low, high),
    ]  # fmt: skip
