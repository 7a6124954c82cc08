"""The cliff chart: how much of what stands today has money, and when a part of it ends."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import altair as alt
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.kit.chart import PLOT_HEIGHT, WIDTH, Chart, of, specification_of
from hearth.kit.tokens import colors
from hearth.partners.reading.funding import Ends

BEYOND = 120  # so many days of the last step are drawn


def cliff(ends: Sequence[Ends], steps: Sequence[tuple[date, Decimal]]) -> Chart | None:
    """Drawn where something ends; what is over already stands in the table alone."""
    coming = [one for one in ends if not one.over]
    if not coming or len(steps) < 2:
        return None
    last = date.fromordinal(steps[-1][0].toordinal() + BEYOND)
    points = [*steps, (last, steps[-1][1])]
    values = [
        {"day": day.isoformat(), "paid": float(paid), "words": f"{percent(paid)} %"}
        for day, paid in points
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%m/%y", tickCount=5, labelAngle=0)),
        y=alt.Y("paid:Q", title=None, scale=alt.Scale(domain=[0, 115]),
                axis=alt.Axis(tickCount=4, values=[0, 25, 50, 75, 100])),
    )  # fmt: skip
    ground = base.mark_area(interpolate="step-after", color=colors()["series-5"], opacity=0.55)
    edge = base.mark_line(interpolate="step-after", color=colors()["ink"], strokeWidth=2.5)
    said = (
        alt.Chart(alt.InlineData(values=values[:-1]))
        .mark_text(align="left", dx=4, dy=-9, fontWeight="bold")
        .encode(x="day:T", y="paid:Q", text="words:N")
    )
    return of(
        specification=specification_of(
            alt.layer(ground, edge, said).properties(width=WIDTH, height=PLOT_HEIGHT)
        ),
        title=_("How much of it is paid for, and until when"),
        description=_(
            "Each step down is the end of a source of money: so much of today's services and "
            "positions has none after it, as things stand."
        ),
        headings=(_("Last day"), _("Source"), _("What ends"), _("Share of each")),
        rows=[
            (
                date_format(one.day, "DATE_FORMAT"), one.source.name, counted(one),
                "; ".join(f"{funded.name}: {percent(part)} %" for funded, part in one.lost),
            )
            for one in ends
        ],
    )  # fmt: skip


def counted(one: Ends) -> str:
    """How many positions and services lose a part."""
    positions, services = len(one.positions), len(one.services)
    said = [
        ngettext("%(count)s position", "%(count)s positions", positions) % {"count": positions},
        ngettext("%(count)s service", "%(count)s services", services) % {"count": services},
    ]
    held = [words for words, count in zip(said, (positions, services), strict=True) if count]
    return ", ".join(held)


def percent(part: Decimal) -> str:
    """As short as it is exact to a tenth: 33.3, 50."""
    return f"{part:.1f}".removesuffix(".0")
