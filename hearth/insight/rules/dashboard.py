"""The California School Dashboard: status, change and color, out of the state's dated tables.

A table that nobody has given us is refused. Fewer than eleven students: nothing is shown. Fewer
than thirty, now or the year before: no color.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hearth.insight.rules.dated import NotKnown, parameter, school_year_end, value
from hearth.insight.rules.rounding import change, rate
from hearth.kit.interval import Count


class Status(StrEnum):
    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Change(StrEnum):
    """Of indicators where less is better; "increased" is more of what nobody wants."""

    INCREASED_SIGNIFICANTLY = "increased_significantly"
    INCREASED = "increased"
    MAINTAINED = "maintained"
    DECLINED = "declined"
    DECLINED_SIGNIFICANTLY = "declined_significantly"


class Color(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    GRAY = "gray"  # this pair of status and change is not applicable in the state's table


# With few students one child moves the rate far, so the outer columns fall away.
WITHOUT_OUTER = {
    Change.INCREASED_SIGNIFICANTLY: Change.INCREASED,
    Change.DECLINED_SIGNIFICANTLY: Change.DECLINED,
}


@dataclass(frozen=True)
class Table:
    """Cut-offs and colors of one indicator for one kind of school or district, from one year on."""

    since: int
    source: str
    url: str
    cuts: dict[str, Any]

    def status(self, percent: Decimal) -> Status:
        for status in list(Status)[:-1]:
            if percent <= self.cuts["status_up_to"][status.value]:
                return status
        return Status.VERY_HIGH

    def change(self, points: Decimal) -> Change:
        steps = self.cuts["change"]
        if points >= steps["increased"]:
            far = points >= steps["increased_significantly"]
            return Change.INCREASED_SIGNIFICANTLY if far else Change.INCREASED
        if points <= steps["declined"]:
            far = points <= steps["declined_significantly"]
            return Change.DECLINED_SIGNIFICANTLY if far else Change.DECLINED
        return Change.MAINTAINED

    def color(self, status: Status, change: Change) -> Color:
        row = self.cuts["colors"].get(status.value)
        if row is None:
            raise NotKnown(f"The row {status.value} of the table of {self.since} is not known.")
        return Color(row[list(Change).index(change)])


def table(indicator: str, kind: str, year: int) -> Table:
    """The newest table of this indicator and kind that holds in the school year ending `year`."""
    row = parameter("dashboard", f"{indicator}_{kind}", school_year_end(year))
    return Table(row.begins.year + 1, row.source, row.url, row.value)


@dataclass(frozen=True)
class Reading:
    """What the Dashboard would print. `color` is None where it prints none, `few` says why."""

    percent: Decimal
    status: Status
    points: Decimal | None
    change: Change | None
    color: Color | None
    few: bool


def read(now: Count, before: Count | None, table: Table, year: int) -> Reading | None:
    """One group of one school or district; None where there are too few students to show it."""
    day = school_year_end(year)
    shown = value("dashboard", "shown_from", day)
    percent = rate(now.part, now.whole)
    if percent is None or now.whole < shown:
        return None
    status = table.status(percent)
    if before is None or before.whole < shown:
        return Reading(percent, status, None, None, None, few=now.whole < _colored(year))
    points = change((now.part, now.whole), (before.part, before.whole))
    assert points is not None  # noqa: S101  both years have students
    moved = table.change(points)
    if now.whole < value("dashboard", "outer_columns_from", day):
        moved = WITHOUT_OUTER.get(moved, moved)
    few = min(now.whole, before.whole) < _colored(year)
    return Reading(
        percent, status, points, moved, None if few else table.color(status, moved), few=few
    )


def _colored(year: int) -> int:
    return int(value("dashboard", "colored_from", school_year_end(year)))
