"""The picture of a measure: counts against the goal line, the trend, the days on which something
changed, and underneath, if wanted, what was done from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from hearth.kit import chart, dates
from hearth.kit.tokens import colors
from hearth.supports.reading.progress import Counted, line_of, plain

TICKS = 4
BAND = 34
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Period:
    """Something that was done for the student, from a day to a day."""

    words: str
    begins: date
    ends: date | None


def picture(one: Counted, periods: Sequence[Period] = ()) -> chart.Chart:
    """Drawn from a measure and its counts, never without its table."""
    days = _Days(one)
    layers = [*_phases(one, days), _lines(one, days), _marks(one, days)]
    drawn: Any = alt.layer(*layers).properties(width=chart.WIDTH, height=chart.PLOT_HEIGHT)
    shown = [p for p in periods if p.ends is None or p.ends >= days.first]
    if shown:
        drawn = alt.vconcat(drawn, _under(shown, days), spacing=6).resolve_scale(x="shared")
    return chart.of(
        specification=chart.specification_of(drawn),
        title=one.measure.title,
        description=_in_one_sentence(one),
        headings=(_("Day"), _("Counted"), _("Goal line"), _("What was special")),
        rows=_rows(one),
        note=_note(one, shown),
    )


class _Days:
    """Days as numbers from the first count, so that labels come in the reader's language."""

    def __init__(self, one: Counted) -> None:
        self.first = one.measure.baseline_on
        last_count = one.points[-1].on if one.points else self.first
        self.last = max(one.measure.target_on, last_count)

    def number(self, day: date) -> int:
        return (min(max(day, self.first), self.last) - self.first).days

    def axis(self) -> alt.X:
        span = (self.last - self.first).days
        at = sorted({round(span * n / (TICKS - 1)) for n in range(TICKS)})
        labels = {n: _short(date.fromordinal(self.first.toordinal() + n)) for n in at}
        said = "".join(f"datum.value == {n} ? '{words}' : " for n, words in labels.items())
        return alt.X(
            "day:Q",
            title=None,
            scale=alt.Scale(domain=[0, span], nice=False),
            axis=alt.Axis(values=at, labelExpr=f"{said}''", labelAngle=0, grid=False),
        )


def _short(day: date) -> str:
    return dateformat.format(day, "j M").replace("'", "’")


def _names() -> list[str]:
    return [_("Counted"), _("Goal line"), _("Trend")]


def _y() -> alt.Y:
    return alt.Y(
        "value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=4)
    )


def _line_values(one: Counted, days: _Days) -> list[dict[str, Any]]:
    counted, goal, trend = _names()
    line = line_of(one.measure)
    ends = sorted({line.baseline_on, line.target_on, days.last})
    values = [_dot(goal, days, day, float(line.at(day))) for day in ends]
    values += [_dot(counted, days, point.on, float(point.value)) for point in one.points]
    if seen := one.reading.trend:
        values.append(_dot(trend, days, seen.begins, seen.at_begin))
        values.append(_dot(trend, days, seen.ends, seen.at_end))
    return values


def _dot(line: str, days: _Days, day: date, value: float) -> dict[str, Any]:
    return {"line": line, "day": days.number(day), "value": value}


def _lines(one: Counted, days: _Days) -> Any:
    names = _names()
    palette = colors()
    legend = alt.Legend(title=None, orient="top", columns=3, symbolStrokeWidth=2.5)
    shades = [palette["teal"], palette["ink-soft"], palette["terracotta"]]
    return (
        alt.Chart(alt.InlineData(values=_line_values(one, days)))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=days.axis(),
            y=_y(),
            color=alt.Color(
                "line:N", legend=legend, scale=alt.Scale(domain=names, range=shades), sort=names
            ),
            strokeDash=alt.StrokeDash(
                "line:N",
                legend=legend,
                scale=alt.Scale(domain=names, range=[[1, 0], [7, 3], [2, 3]]),
            ),
        )
    )


def _marks(one: Counted, days: _Days) -> Any:
    values = [_dot("", days, point.on, float(point.value)) for point in one.points]
    dots = alt.Chart(alt.InlineData(values=values or [{"day": None, "value": None}]))
    return dots.mark_point(filled=True, size=60, opacity=1, color=colors()["teal"]).encode(
        x=alt.X("day:Q"), y=alt.Y("value:Q")
    )


def _phases(one: Counted, days: _Days) -> list[Any]:
    changes = sorted(one.measure.phases.all(), key=lambda phase: phase.on)
    if not changes:
        return []
    values = [
        {"day": days.number(phase.on), "letter": letter}
        for phase, letter in zip(changes, LETTERS, strict=False)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(x=alt.X("day:Q"))
    rule = base.mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=colors()["ink"])
    letter = base.mark_text(align="left", dx=4, fontWeight="bold", y=6).encode(text="letter:N")
    return [rule, letter]


def _under(periods: Sequence[Period], days: _Days) -> Any:
    values = [
        {
            "place": place,
            "words": period.words,
            "day": days.number(period.begins),
            "until": max(
                days.number(period.ends or timezone.localdate()), days.number(period.begins) + 1
            ),
            "left": 0,
        }
        for place, period in enumerate(periods)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    )
    bar = base.mark_bar(height=9, yOffset=9, cornerRadius=3, color=colors()["series-5"]).encode(
        x=alt.X("day:Q", axis=None), x2="until:Q"
    )
    words = base.mark_text(align="left", dy=-5, limit=chart.WIDTH).encode(
        x=alt.X("left:Q", axis=None), text="words:N"
    )
    return alt.layer(bar, words).properties(width=chart.WIDTH, height=BAND * len(values))


def _in_one_sentence(one: Counted) -> str:
    measure, today = one.measure, timezone.localdate()
    said = _("From %(first)s %(unit)s on %(from)s to %(hoped)s hoped for by %(by)s.") % {
        "first": plain(measure.baseline),
        "unit": measure.unit,
        "from": dates.full(measure.baseline_on, today),
        "hoped": plain(measure.target),
        "by": dates.full(measure.target_on, today),
    }
    if not one.points:
        return said
    last = one.points[-1]
    newest = _("The newest count is %(value)s, of %(day)s.") % {
        "value": plain(last.value),
        "day": dates.full(last.on, today),
    }
    return f"{said} {newest}"


def _rows(one: Counted) -> list[tuple[str, ...]]:
    today, line = timezone.localdate(), line_of(one.measure)
    changed = {phase.on: phase.words for phase in one.measure.phases.all()}
    told = {point.on: (plain(point.value), point.note) for point in one.points}
    start = {one.measure.baseline_on: (plain(one.measure.baseline), _("at the start"))}
    rows: list[tuple[str, ...]] = []
    for day in sorted({**start, **told, **changed}):
        value, note = {**start, **told}.get(day, ("–", ""))
        special = "; ".join(words for words in (changed.get(day, ""), note) if words)
        rows.append((dates.full(day, today), value, plain(line.at(day)), special))
    return rows


def _note(one: Counted, periods: Sequence[Period]) -> str:
    """What the letters in the picture stand for."""
    today = timezone.localdate()
    changes = sorted(one.measure.phases.all(), key=lambda phase: phase.on)
    said = [
        _("%(letter)s, from %(day)s: %(words)s")
        % {"letter": letter, "day": dates.full(phase.on, today), "words": phase.words}
        for phase, letter in zip(changes, LETTERS, strict=False)
    ]
    if periods:
        said.append(_("The bars under the counts say what was done, and when."))
    return " · ".join(said)
