"""Figures of fairness in words: numbers, how sure they are, and why one is not told."""

from decimal import Decimal
from fractions import Fraction
from math import isinf

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hearth.insight.fairness.counts import Compared, Untold, Why
from hearth.insight.rules.dashboard import Change, Color, Status
from hearth.insight.rules.rounding import PERCENT, half_up, rate
from hearth.kit.interval import Count

WHY: dict[Why, str | Promise] = {
    Why.FEW: gettext_lazy("Too few to tell"),
    Why.LINKED: gettext_lazy("Withheld, so that nobody can be worked out"),
    Why.MISSING: gettext_lazy("Nothing is told of this group here"),
    Why.EVERYBODY: gettext_lazy("The figure of everybody is withheld, so nothing stands beside it"),
    Why.REFERENCE: gettext_lazy("The group to compare with is withheld"),
    Why.DAYS: gettext_lazy("The two figures are of different days"),
    Why.ALONE: gettext_lazy("Nobody else is here to compare with"),
    Why.NOBODY: gettext_lazy("Among those it is compared with, there is nobody"),
    Why.GROUP_TOO_FEW: gettext_lazy("The federal rule makes no ratio of so few"),
    Why.COMPARISON_TOO_FEW: gettext_lazy(
        "The federal rule makes no ratio: everybody else is too few"
    ),
    Why.LAST_YEAR: gettext_lazy("The year before is not told"),
    Why.OLDER: gettext_lazy("It counts to grade 8 only, and these are not told apart here"),
    Why.NO_TABLE: gettext_lazy("The state's table for this is not known to us"),
}
STATUS: dict[Status, str | Promise] = {
    Status.VERY_LOW: pgettext_lazy("Dashboard", "Very low"),
    Status.LOW: pgettext_lazy("Dashboard", "Low"),
    Status.MEDIUM: pgettext_lazy("Dashboard", "Medium"),
    Status.HIGH: pgettext_lazy("Dashboard", "High"),
    Status.VERY_HIGH: pgettext_lazy("Dashboard", "Very high"),
}
CHANGE: dict[Change, str | Promise] = {
    Change.INCREASED_SIGNIFICANTLY: pgettext_lazy("Dashboard", "Increased significantly"),
    Change.INCREASED: pgettext_lazy("Dashboard", "Increased"),
    Change.MAINTAINED: pgettext_lazy("Dashboard", "Maintained"),
    Change.DECLINED: pgettext_lazy("Dashboard", "Declined"),
    Change.DECLINED_SIGNIFICANTLY: pgettext_lazy("Dashboard", "Declined significantly"),
}
COLOR: dict[Color, str | Promise] = {
    Color.RED: pgettext_lazy("Dashboard", "Red"),
    Color.ORANGE: pgettext_lazy("Dashboard", "Orange"),
    Color.YELLOW: pgettext_lazy("Dashboard", "Yellow"),
    Color.GREEN: pgettext_lazy("Dashboard", "Green"),
    Color.BLUE: pgettext_lazy("Dashboard", "Blue"),
    Color.GRAY: pgettext_lazy("Dashboard", "No color in the state's table"),
}


def why(one: Untold) -> str:
    return str(WHY[one.why])


def number(value: Decimal | Fraction | float, places: int) -> str:
    exact = value if isinstance(value, Decimal) else half_up(Fraction(value), places)
    return number_format(exact, places, force_grouping=True)


def of_how_many(count: Count) -> str:
    return _("%(part)s of %(whole)s") % {
        "part": number_format(count.part, 0, force_grouping=True),
        "whole": number_format(count.whole, 0, force_grouping=True),
    }


def percent(count: Count) -> str:
    told = rate(count.part, count.whole)
    return f"{number_format(told, 1)}%" if told is not None else "–"


def times(one: Compared) -> str:
    return _("%(times)s times") % {"times": number(one.value, 2)}


def between(one: Compared, places: int = 2, sign: str = "") -> str:
    """The interval, which has no end where nobody stands below the line."""
    low = number(one.between.low, places) + sign
    if isinf(one.between.high):
        return _("%(low)s or more") % {"low": low}
    high = number(one.between.high, places) + sign
    return _("between %(low)s and %(high)s") % {"low": low, "high": high}


def share_between(one: Compared) -> str:
    low, high = (half_up(Fraction(end) * PERCENT) for end in (one.between.low, one.between.high))
    return _("between %(low)s and %(high)s") % {
        "low": f"{number_format(low, 1)}%", "high": f"{number_format(high, 1)}%",
    }  # fmt: skip


def clear(one: Compared) -> str:
    """A difference is called one only where its interval says so."""
    if not one.is_gap:
        return _("no clear difference")
    return _("clearly more") if one.value > one.even else _("clearly less")


def apart(one: Compared) -> str:
    """Points by which the group is below the reference (or above it, where negative)."""
    points = number(abs(one.value), 1)
    if not half_up(one.value):
        return _("No points apart")
    if one.value > 0:
        return _("%(points)s points less") % {"points": points}
    return _("%(points)s points more") % {"points": points}


def apart_between(one: Compared) -> str:
    """The interval of the gap, said as the group less the reference."""
    return _("between %(low)s and %(high)s") % {
        "low": signed(-one.between.high), "high": signed(-one.between.low),
    }  # fmt: skip


def signed(value: float) -> str:
    told = half_up(Fraction(value))
    return f"{'+' if told > 0 else '−' if told < 0 else ''}{number_format(abs(told), 1)}"
