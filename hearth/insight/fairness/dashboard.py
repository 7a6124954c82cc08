"""The Dashboard's status, change and color, read from figures that are told here.

Whole years only: a year that is running would stand beside a whole one. Last year's rate is never
worked out: where it is withheld there is no change, for a change beside this year's rate tells it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hearth.insight.disclose import EVERYBODY, Because, Figure, Shown, Withheld
from hearth.insight.fairness.counts import Untold, Why, own
from hearth.insight.reading import Told
from hearth.insight.rules.dashboard import Reading, Table, read, table
from hearth.insight.rules.dated import NotKnown, school_year_end
from hearth.insight.rules.groups import GRADES
from hearth.kit.interval import Count

CHRONIC, SUSPENDED = "chronic_absence", "suspension_rate_dashboard"
COVERED = (CHRONIC, SUSPENDED)
HIGH = ("09", "10", "11", "12")
MIDDLE = ("06", "07", "08")


@dataclass(frozen=True)
class Printed:
    """What the Dashboard would print of one group, or why it cannot be said."""

    label: str
    reading: Reading | Untold
    now: Count | Untold
    before: Count | Untold


@dataclass(frozen=True)
class Dashboard:
    """`since`: the year of the state's table; None where it is not known to us."""

    year: int
    since: int | None
    source: str
    url: str
    everybody: Printed
    groups: tuple[Printed, ...]


def dashboard(released: Sequence[Told], one: Told, by: str, everybody: str) -> Dashboard | None:
    """Of the newest whole year up to the one shown; None where the Dashboard has no such measure,
    or no year is over yet. `everybody` is what all together are called."""
    if one.card.key not in COVERED:
        return None
    whole = [t for t in released if t.year <= one.year and t.as_of > school_year_end(t.year)]
    now = max(whole, key=lambda told: told.year, default=None)
    if now is None or _has_no_such_indicator(now):
        return None
    before = next((told for told in released if told.year == now.year - 1), None)
    held = _table(now)
    return Dashboard(
        now.year,
        held.since if held else None,
        held.source if held else "",
        held.url if held else "",
        _printed(everybody, _all(now), _all(before) if before else None, held, now),
        tuple(
            _printed(line.label, _group(now, line.figure), _same(before, line.figure), held, now)
            for line in now.lines(by)
        ),
    )


def _printed(
    label: str, now: Figure | Untold, before: Figure | Untold | None, held: Table | None, of: Told
) -> Printed:
    mine = now if isinstance(now, Untold) else own(now)
    last = before if isinstance(before, Untold) else own(before)
    if isinstance(last, Untold):
        last = Untold(Why.LAST_YEAR)
    return Printed(label, _reading(mine, last, held, of.year), mine, last)


def _reading(
    now: Count | Untold, before: Count | Untold, held: Table | None, year: int
) -> Reading | Untold:
    if isinstance(now, Untold):
        return now
    if held is None:
        return Untold(Why.NO_TABLE)
    last = None if isinstance(before, Untold) else before
    try:
        found = read(now, last, held, year)
    except NotKnown:
        return Untold(Why.NO_TABLE)
    return found or Untold(Why.FEW)


def _table(now: Told) -> Table | None:
    try:
        if now.card.key == CHRONIC:
            return table("chronic", "any", now.year)
        return table("suspension", _kind(now), now.year)
    except NotKnown:
        return None


def _grades(told: Told) -> dict[str, Figure]:
    """Each grade in which anybody is."""
    return {
        f.spot.values[0]: f
        for f in told.figures
        if f.spot.cut == "grade" and not (isinstance(f, Withheld) and f.because is Because.MISSING)
    }


def _taught(told: Told) -> set[str]:
    """The grades of this place. A handful of students in another grade do not change its kind."""
    return {
        grade
        for grade, figure in _grades(told).items()
        if isinstance(figure, Shown) or figure.because is not Because.FEW
    }


def _kind(told: Told) -> str:
    """By the grades that are told, as the state sorts its schools and districts."""
    grades = _taught(told)
    high, below = bool(grades & set(HIGH)), grades - set(HIGH)
    if told.place.school is None:
        if not below or (high and below <= {"07", "08"}):
            return "high_district"
        return "unified_district" if high else "elementary_district"
    if high:
        # The state reads schools from kindergarten to grade 12 by the table of unified districts.
        return "unified_district" if below else "high_school"
    return "middle_school" if below and below <= set(MIDDLE) else "elementary_school"


def _has_no_such_indicator(told: Told) -> bool:
    """A high school's Dashboard has no chronic absenteeism: the state reads it up to grade 8."""
    taught = _taught(told)
    return told.card.key == CHRONIC and bool(taught) and taught <= set(HIGH)


def _all(told: Told) -> Figure | Untold:
    """Everybody; of chronic absenteeism only up to grade 8, added up where every grade is told."""
    everybody, grades = told.everybody(), _grades(told)
    if told.card.key != CHRONIC or not grades.keys() & set(HIGH):
        return everybody or Untold(Why.MISSING)
    up_to_8 = [figure for grade, figure in grades.items() if grade not in (*HIGH, "UG")]
    counted = [figure for figure in up_to_8 if isinstance(figure, Shown)]
    unknown = grades.keys() - set(GRADES) or "UG" in grades
    if not counted or unknown or len(counted) < len(up_to_8):
        return Untold(Why.OLDER)
    if len({figure.as_of for figure in counted}) > 1:
        return Untold(Why.DAYS)
    first = counted[0]
    return replace(
        first,
        spot=replace(first.spot, cut=EVERYBODY, values=()),
        part=sum(figure.part for figure in counted),
        whole=sum(figure.whole for figure in counted),
    )


def _group(told: Told, figure: Figure) -> Figure | Untold:
    if told.card.key == CHRONIC and _grades(told).keys() & set(HIGH):
        return Untold(Why.OLDER)
    return figure


def _same(before: Told | None, figure: Figure) -> Figure | Untold | None:
    """The same group a year before."""
    if before is None:
        return None
    found = next((f for f in before.figures if f.spot == figure.spot), None)
    return _group(before, found) if found else None
