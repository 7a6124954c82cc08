"""A dot plot: several shares side by side on one line for each thing that was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from hearth.kit import chart
from hearth.kit.tokens import SERIES, colors

LINE = 46
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


@dataclass(frozen=True)
class Dot:
    """One share, from 0 to 100: on which line, and of whom."""

    line: str
    name: str
    value: float


def dots(
    drawn: Sequence[Dot],
    *,
    names: Sequence[str],
    title: str,
    description: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str = "",
) -> chart.Chart:
    """Six names at most, each with its color and its shape; the table also says what is withheld.
    A name keeps its color and shape whether or not there is a dot of it."""
    return chart.of(
        title=title,
        description=description,
        headings=headings,
        rows=rows,
        specification=_dots(tuple(drawn), tuple(names)),
        note=note,
    )


@lru_cache(maxsize=256)
def _dots(drawn: tuple[Dot, ...], names: tuple[str, ...]) -> str:
    lines = list(dict.fromkeys(dot.line for dot in drawn))
    values = [
        {"place": lines.index(dot.line), "name": dot.name, "value": dot.value} for dot in drawn
    ]
    labels = [{"place": place, "label": line} for place, line in enumerate(lines)]
    ink = colors()["line-strong"]
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(title=None, values=[0, 50, 100], labelExpr="datum.value + ' %'")
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=chart.WIDTH)
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    base = alt.Chart(alt.InlineData(values=values)).encode(y=y)
    between = base.mark_rule(yOffset=9, strokeWidth=2, color=ink).encode(
        x=alt.X("min(value):Q", axis=axis, scale=scale), x2="max(value):Q"
    )
    # A name of a line for itself: drawn with the dots it would stand there once for each of them.
    said = alt.Chart(alt.InlineData(values=labels)).encode(y=y, text="label:N")
    said = said.mark_text(align="left", dy=-10, x=0)
    marked = base.mark_point(yOffset=9, filled=True, size=110, opacity=1).encode(
        x=alt.X("value:Q", axis=axis, scale=scale),
        color=alt.Color(
            "name:N",
            legend=legend,
            scale=alt.Scale(
                domain=list(names), range=[colors()[one] for one in SERIES[: len(names)]]
            ),
        ),
        shape=alt.Shape(
            "name:N",
            legend=legend,
            scale=alt.Scale(domain=list(names), range=list(SHAPES[: len(names)])),
        ),
    )
    picture = alt.layer(between, said, marked)
    return chart.specification_of(picture.properties(width=chart.WIDTH, height=LINE * len(lines)))
