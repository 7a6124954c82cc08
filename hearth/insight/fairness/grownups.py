"""Do our grown-ups look like our students? The staff's groups beside the students'."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hearth.insight.disclose import EVERYBODY, Figure, Shown
from hearth.insight.fairness.counts import OF, Compared, Untold, Why
from hearth.insight.measures.groups import GROUPS
from hearth.insight.reading import Told, place_in_order
from hearth.insight.rules.fairness import staff_parity
from hearth.insight.rules.rounding import PERCENT
from hearth.kit import interval
from hearth.kit.interval import Count, Interval

CUTS = ("race", "language")
HERE, REST = "here", "rest"


@dataclass(frozen=True)
class Likeness:
    """One group among the students and among the staff. `times`: its share of the staff over its
    share of the students; `points`: the one share less the other."""

    label: str
    students: Count | Untold
    staff: Count | Untold
    times: Compared | Untold
    points: Compared | Untold


def likeness(staff: Told | None, students: Told, by: str) -> list[Likeness]:
    """Each group that has students or staff, in the fixed order."""
    children, adults = _by_value(students, by), _by_value(staff, by)
    values = sorted({*children, *adults}, key=lambda value: place_in_order(by, value))
    return [
        _group(
            GROUPS[by].say(value),
            _share(children.get(value), students.everybody()),
            _share(adults.get(value), staff.everybody() if staff else None),
        )
        for value in values
    ]


def _by_value(told: Told | None, by: str) -> dict[str, Figure]:
    figures: Sequence[Figure] = told.figures if told else ()
    return {f.spot.values[0]: f for f in figures if f.spot.cut == by != EVERYBODY}


def _share(figure: Figure | None, everybody: Figure | None) -> Count | Untold:
    """So many of all, both printed on the same day."""
    # Nobody and a few read alike here: which of the two it is is nobody's business.
    if figure is None:
        return Untold(Why.FEW)
    if not isinstance(figure, Shown):
        why = OF[figure.because]
        return Untold(Why.FEW if why is Why.MISSING else why)
    if not isinstance(everybody, Shown):
        return Untold(Why.EVERYBODY)
    if everybody.as_of != figure.as_of or figure.part > everybody.part:
        return Untold(Why.DAYS)
    return Count(int(figure.part), int(everybody.part))


def _group(label: str, students: Count | Untold, staff: Count | Untold) -> Likeness:
    if isinstance(students, Untold) or isinstance(staff, Untold):
        why = students if isinstance(students, Untold) else staff
        assert isinstance(why, Untold)  # noqa: S101  one of the two is
        return Likeness(label, students, staff, why, why)
    parity = staff_parity(_apart(staff), _apart(students))[HERE]
    ratio, gap = interval.ratio(staff, students), interval.gap(staff, students)
    if parity is None or ratio is None or gap is None:
        nobody = Untold(Why.NOBODY)
        return Likeness(label, students, staff, nobody, nobody)
    points = (Fraction(staff.part, staff.whole) - Fraction(students.part, students.whole)) * PERCENT
    hundred = Interval(gap.low * PERCENT, gap.high * PERCENT)
    return Likeness(
        label,
        students,
        staff,
        Compared(parity, ratio, staff, students, Fraction(1)),
        Compared(points, hundred, staff, students, Fraction(0)),
    )


def _apart(count: Count) -> dict[str, int]:
    return {HERE: count.part, REST: count.whole - count.part}
