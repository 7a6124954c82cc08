"""Pictures of numbers, drawn on the server and never without their table.

A chart is an Altair specification in our tokens, turned into SVG by vl-convert: no script runs in
the browser, it prints, and it works offline. Colour is never the only sign: bars carry their
value in words, lines have their own dash, mark and name. `{% include "kit/chart.html" %}` or
`<c-chart :chart="chart" />` puts the picture and its table on the page together.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hearth.kit.tokens import SERIES, colors

# Drawn for a phone's width, so that words stay readable there; a laptop shows it larger.
WIDTH = 290
ROW_HEIGHT = 34
PLOT_HEIGHT = 190
FONT = "Atkinson Hyperlegible, DejaVu Sans, sans-serif"
_DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2])
_MARKS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_INNER_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_OPENING = re.compile(r'<svg [^>]*?viewBox="([^"]+)">')


@dataclass(frozen=True)
class Bar:
    """One bar, with its range. A withheld value is None and still says its words."""

    label: str
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Point:
    """One point of a line; None leaves a gap."""

    line: str
    when: str
    value: float | None
    words: str


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in one sentence, and the table of what it is drawn from."""

    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    specification: str
    note: str = ""

    @property
    def svg(self) -> SafeString:
        """The picture, with its title and description inside for a screen reader."""
        return _svg(self.specification, self.title, self.description)


def of(
    *,
    title: str,
    description: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    specification: str,
    note: str = "",
) -> Chart:
    """Any picture as a chart of the house; it cannot be made without its table."""
    if not rows:
        raise ValueError("A chart needs the rows of its table; show an empty state instead.")
    return Chart(
        title=title,
        description=description,
        headings=tuple(headings),
        rows=tuple(tuple(row) for row in rows),
        specification=specification,
        note=note,
    )


def specification_of(picture: alt.TopLevelMixin) -> str:
    """An Altair picture in our look, as text. To check one against Vega-Lite's schema takes longer
    than the rest of a page, so whoever calls this keeps the answer for what it was made of."""
    specification = {**picture.to_dict(), "config": _look()}
    return json.dumps(specification, sort_keys=True, ensure_ascii=False)


def bars(
    drawn: Sequence[Bar],
    *,
    title: str,
    description: str,
    headings: tuple[str, str],
    most: float | None = None,
    note: str = "",
) -> Chart:
    """One bar to a group, in the order given. `most` fixes the scale, as 1 for shares."""
    return of(
        title=title,
        description=description,
        headings=headings,
        rows=[(one.label, one.words) for one in drawn],
        specification=_bars(tuple(drawn), most),
        note=note,
    )


@lru_cache(maxsize=512)
def _bars(drawn: tuple[Bar, ...], most: float | None) -> str:
    tallest = most or max((bar.high or bar.value or 0 for bar in drawn), default=1) or 1
    values = [
        {
            "place": place,
            "label": bar.label,
            "value": bar.value or 0,
            "words": bar.words,
            "low": bar.low if bar.low is not None else bar.value or 0,
            "high": bar.high if bar.high is not None else bar.value or 0,
            "end": max(bar.value or 0, bar.high or 0),
        }
        for place, bar in enumerate(drawn)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    )
    scale = alt.Scale(domain=[0, tallest * 1.3])
    ranged = any(one.low is not None for one in drawn)
    # Under a range the bar is pale, so that the range is what stands out.
    color = colors()["series-5" if ranged else "teal"]
    bar = base.mark_bar(height=14, yOffset=8, cornerRadiusEnd=3, color=color).encode(
        x=alt.X("value:Q", axis=None, scale=scale)
    )
    between = base.mark_rule(yOffset=8, strokeWidth=2.5, color=colors()["ink"]).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q"
    )
    names = base.mark_text(align="left", dy=-10, x=0).encode(text="label:N")
    said = base.mark_text(align="left", dx=6, dy=8, fontWeight="bold").encode(
        x=alt.X("end:Q", scale=scale), text="words:N"
    )
    layers = [bar, names, said]
    if ranged:
        layers.insert(1, between)
    picture = alt.layer(*layers).properties(width=WIDTH, height=ROW_HEIGHT * 1.35 * len(values))
    return specification_of(picture)


def lines(
    drawn: Sequence[Point],
    *,
    title: str,
    description: str,
    headings: tuple[str, str, str],
    number_format: str = "",
    note: str = "",
) -> Chart:
    """Lines over time, six at most; each has its colour, its dash, its mark and its name."""
    return of(
        title=title,
        description=description,
        headings=headings,
        rows=[(point.line, point.when, point.words) for point in drawn],
        specification=_lines(tuple(drawn), number_format),
        note=note,
    )


@lru_cache(maxsize=512)
def _lines(drawn: tuple[Point, ...], number_format: str) -> str:
    names = list(dict.fromkeys(point.line for point in drawn))
    if len(names) > len(SERIES):
        raise ValueError(f"{len(SERIES)} lines at most can be told apart; show the others apart.")
    times = list(dict.fromkeys(point.when for point in drawn))
    values = [
        {"line": point.line, "when": point.when, "value": point.value}
        for point in drawn
        if point.value is not None
    ]
    count = len(names)
    legend = alt.Legend(title=None, orient="top", columns=2, symbolStrokeWidth=0, labelLimit=WIDTH)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("when:O", sort=times, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format=number_format, tickCount=4)),
        color=alt.Color(
            "line:N",
            sort=names,
            legend=legend,
            scale=alt.Scale(domain=names, range=[colors()[name] for name in SERIES[:count]]),
        ),
    )
    dashed = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash(
            "line:N", legend=legend, scale=alt.Scale(domain=names, range=list(_DASHES[:count]))
        )
    )
    marked = base.mark_point(filled=True, size=70, opacity=1).encode(
        shape=alt.Shape(
            "line:N", legend=legend, scale=alt.Scale(domain=names, range=list(_MARKS[:count]))
        )
    )
    return specification_of(alt.layer(dashed, marked).properties(width=WIDTH, height=PLOT_HEIGHT))


def _look() -> dict[str, Any]:
    """Our tokens, for Vega-Lite."""
    palette = colors()
    return {
        "background": None,
        "font": FONT,
        "padding": 2,
        "view": {"stroke": None},
        "bar": {"color": palette["teal"]},
        "text": {"color": palette["ink"], "fontSize": 13},
        "range": {"category": [palette[name] for name in SERIES]},
        "axis": {
            "labelColor": palette["ink"],
            "labelFontSize": 13,
            "gridColor": palette["line"],
            "domainColor": palette["line-strong"],
            "tickColor": palette["line-strong"],
        },
        "legend": {"labelColor": palette["ink"], "labelFontSize": 13},
    }


@lru_cache(maxsize=512)
def _svg(specification: str, title: str, description: str) -> SafeString:
    """Draw once per content: the same numbers never cost twice in one process."""
    drawn = vl_convert.vegalite_to_svg(specification)
    key = hashlib.sha256(f"{specification}{title}".encode()).hexdigest()[:12]
    inside = _INNER_ARIA.sub("", drawn)
    named = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="\\1" '
        f'aria-labelledby="chart-{key}-title chart-{key}-words">'
    )
    words = (
        f'<title id="chart-{key}-title">{escape(title)}</title>'
        f'<desc id="chart-{key}-words">{escape(description)}</desc>'
    )
    opened = _OPENING.sub(named, inside, count=1).replace(">", f">{words}", 1)
    # vl-convert escapes the words of the data itself; a test with hostile labels holds it to that.
    return mark_safe(opened)  # noqa: S308
