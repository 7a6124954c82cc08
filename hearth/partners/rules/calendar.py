"""When something is open, from the rules of its schedule (RFC 5545) as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_WEEK = r"^\s*(MO|TU|WE|TH|FR|SA|SU)(\s*,\s*(MO|TU|WE|TH|FR|SA|SU))*\s*$"
CLOSED_WORDS = r"^\s*(closed|cerrado|not open)\b"
LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Hours:
    """One rule. `more` are the parts that few schedules have: BYMONTHDAY and the like."""

    opens: time | None = None
    closes: time | None = None
    byday: str = ""
    freq: str = ""
    interval: int = 1
    count: int | None = None
    first: date | None = None
    last: date | None = None
    more: tuple[tuple[str, str], ...] = ()
    words: str = ""
    closed: bool = False

    @property
    def weekdays(self) -> list[int]:
        """The days of the week that it names, Monday first; "every second Friday" names Friday."""
        named = {part.strip()[-2:] for part in self.byday.split(",")}
        return [number for number, day in enumerate(DAYS) if day in named]

    @property
    def repeats(self) -> bool:
        return bool(self.freq or self.byday or self.more)

    def rule(self) -> str:
        """As iCalendar writes it."""
        parts = [f"FREQ={self.freq or 'WEEKLY'}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.byday:
            parts.append(f"BYDAY={self.byday.replace(' ', '')}")
        parts += [f"{name.upper()}={value.replace(' ', '')}" for name, value in self.more]
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)

    def on(self, day: date) -> bool:
        """Whether the rule speaks of this day."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if not self.repeats:
            return bool(self.first or self.last) and (self.closed or self.first == day)
        if not self.more and not self.count and self.interval <= 1 and self._plain():
            return day.weekday() in self.weekdays
        return self._by_rule(day)

    def _plain(self) -> bool:
        return (
            self.freq in ("", "WEEKLY")
            and bool(self.byday)
            and not any(letter.isdigit() for letter in self.byday)
        )

    def _by_rule(self, day: date) -> bool:
        # Without a first day, what is counted from it begins with the year.
        start = datetime.combine(self.first or date(day.year, 1, 1), time())
        try:
            rule = rrulestr(f"RRULE:{self.rule()}", dtstart=start)
        except ValueError:
            return False
        at = datetime.combine(day, time())
        return at in rule.between(at, at, inc=True)

    def is_open_at(self, when: datetime) -> bool:
        if self.closed or not self.on(when.date()):
            return False
        return (
            self.opens is not None
            and self.closes is not None
            and (self.opens <= when.time() < self.closes)
        )


def is_open(hours: Iterable[Hours], when: datetime) -> bool:
    """Open by one of the rules, and not closed by any: a holiday goes before the week."""
    every = list(hours)
    if any(rule.closed and rule.on(when.date()) for rule in every):
        return False
    return any(rule.is_open_at(when) for rule in every)


def week(hours: Sequence[Hours], today: date) -> list[tuple[list[int], list[tuple[time, time]]]]:
    """The plain week: runs of days with the same hours, as ([0, 1, 2], [(9:00, 17:00)])."""
    by_day: dict[int, list[tuple[time, time]]] = {}
    for rule in hours:
        if rule.closed or rule.opens is None or rule.closes is None or not is_weekly(rule):
            continue
        if rule.last and rule.last < today:
            continue
        for day in rule.weekdays:
            by_day.setdefault(day, []).append((rule.opens, rule.closes))
    runs: list[tuple[list[int], list[tuple[time, time]]]] = []
    for day in sorted(by_day):
        times = sorted(set(by_day[day]))
        if runs and runs[-1][0][-1] == day - 1 and runs[-1][1] == times:
            runs[-1][0].append(day)
        else:
            runs.append(([day], times))
    return runs


def is_weekly(rule: Hours) -> bool:
    return rule._plain() and not rule.more and not rule.count and rule.interval <= 1


def others(hours: Sequence[Hours], today: date) -> list[Hours]:
    """What is no plain week: the first Monday of a month, one day, a holiday still to come."""
    return [
        rule
        for rule in hours
        if (rule.closed or not is_weekly(rule)) and not (rule.last and rule.last < today)
    ]
