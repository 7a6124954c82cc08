"""A measure as people read it: its counts, what they prompt, the reason in words, the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.kit import dates
from hearth.supports.models import Measure, Point
from hearth.supports.rules import progress as rules
from hearth.supports.rules.progress import Count, GoalLine, Reading, Says

ASKING = (Says.STEP_DOWN, Says.REVIEW)


@dataclass(frozen=True)
class Prompt:
    """What to do next, and why. People decide; a prompt only asks them to look."""

    tone: str
    title: str
    words: str


@dataclass(frozen=True)
class Counted:
    """One measure with everything that is said about it."""

    measure: Measure
    points: list[Point]
    reading: Reading
    prompt: Prompt

    @property
    def asks(self) -> bool:
        return self.reading.says in ASKING

    @property
    def rate(self) -> str:
        """The rate beside the rate that is needed."""
        return rate_in_words(self.measure, self.reading)


def counted(measure: Measure) -> Counted:
    """Read one measure; its points and phases are best fetched beforehand."""
    points = sorted(measure.points.all(), key=lambda point: point.on)
    reading = rules.read(
        line_of(measure),
        [Count(point.on, Fraction(point.value)) for point in points],
        [phase.on for phase in measure.phases.all()],
    )
    return Counted(measure, points, reading, prompt_of(reading, rises=line_of(measure).rises))


def asks_now(told: dict[str, Any]) -> bool:
    """Do these counts ask people to look? Given a measure as plain values, as JSON tells it."""
    line = GoalLine(
        Fraction(str(told["baseline"])),
        date.fromisoformat(told["baseline_on"]),
        Fraction(str(told["target"])),
        date.fromisoformat(told["target_on"]),
    )
    counts = [
        Count(date.fromisoformat(point["on"]), Fraction(str(point["value"])))
        for point in told["points"]
    ]
    reading = rules.read(line, counts, [date.fromisoformat(day) for day in told["phases"]])
    return reading.says in ASKING


def line_of(measure: Measure) -> GoalLine:
    return GoalLine(
        Fraction(measure.baseline),
        measure.baseline_on,
        Fraction(measure.target),
        measure.target_on,
    )


def prompt_of(reading: Reading, *, rises: bool) -> Prompt:
    """The prompt in words, with the reason for it."""
    since = _since(reading.since)
    number = {"number": reading.needed}
    if reading.says == Says.STEP_DOWN:
        where = (
            _("The last %(number)s counts all lie above the goal line.")
            if rises
            else _("The last %(number)s counts all lie below the goal line, where they should.")
        )
        return Prompt(
            "done",
            _("This looks ready to step down. Look at it together."),
            f"{where % number} {since}".strip(),
        )
    if reading.says == Says.REVIEW:
        where = (
            _("The last %(number)s counts all lie below the goal line.")
            if rises
            else _("The last %(number)s counts all lie above the goal line.")
        )
        check = _("Check first that it was done as planned.")
        return Prompt(
            "attention",
            _("This is not helping yet. Look at it together."),
            f"{where % number} {since} {check}".replace("  ", " "),
        )
    if reading.says == Says.TOO_FEW:
        return Prompt("calm", _("Keep counting."), f"{_still_needed(reading)} {since}".strip())
    return Prompt(
        "calm",
        _("Go on, and keep counting."),
        _("Of the last %(number)s counts some do better than the goal line and some do not.")
        % number,
    )


def rate_in_words(measure: Measure, reading: Reading) -> str:
    """How fast it goes, how fast it would have to go, and how far to trust that."""
    needed = _("To reach the goal: %(rate)s a week.") % {"rate": signed(reading.per_week)}
    if reading.trend is None:
        return needed
    said = _("The counts move by %(rate)s a week.") % {"rate": signed(reading.trend.per_week)}
    lightly = "" if reading.trusted else _("With so few counts, take this lightly.")
    return f"{said} {needed} {lightly}".strip()


def _still_needed(reading: Reading) -> str:
    missing = reading.needed - reading.counted
    return ngettext(
        "%(number)s more count, and the goal line can say something.",
        "%(number)s more counts, and the goal line can say something.",
        missing,
    ) % {"number": missing}


def _since(day: date | None) -> str:
    if day is None:
        return ""
    words = _("Only what was counted since the change of %(day)s speaks.")
    return words % {"day": dates.full(day, timezone.localdate())}


def plain(value: Decimal | Fraction | float) -> str:
    """A number without idle zeros: 42, 42.5."""
    places = 0 if round(float(value), 2) == int(float(value)) else 2
    said: str = number_format(round(float(value), 2), decimal_pos=places)
    return said.rstrip("0") if places else said


def signed(rate: float) -> str:
    return f"{'+' if rate >= 0 else '−'}{plain(abs(rate))}"


def by_measure(measures: Sequence[Measure]) -> list[Counted]:
    """Those that ask to be looked at stand first."""
    read = [counted(measure) for measure in measures]
    return sorted(read, key=lambda one: (not one.asks, one.measure.pk))
