"""Schedules in words, in the reader's language: "Monday through Wednesday, 9 am to 5 pm"."""

from collections.abc import Iterable
from datetime import date, time

from django.utils import dateformat, formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hearth.kit.dates import full
from hearth.partners.models import Schedule
from hearth.partners.rules.calendar import DAYS, Hours, others, week

RARE = ("byweekno", "bymonthday", "byyearday")


def as_hours(row: Schedule) -> Hours:
    """The stored rule as plain values."""
    begins = [day for day in (row.valid_from, row.dtstart) if day]
    ends = [day for day in (row.valid_to, row.until) if day]
    return Hours(
        row.opens_at, row.closes_at, row.byday, row.freq, row.interval or 1, row.count,
        max(begins, default=None), min(ends, default=None),
        tuple((name, str(row.more[name])) for name in RARE if row.more.get(name)),
        row.description, row.closed,
    )  # fmt: skip


def in_words(hours: Iterable[Hours], today: date) -> list[str]:
    """The plain week first, then whatever is no plain week, closed days last."""
    every = list(hours)
    lines = [
        _("%(days)s, %(times)s")
        % {"days": days_in_words(days), "times": ", ".join(span(*times) for times in spans)}
        for days, spans in week(every, today)
    ]
    odd = sorted(others(every, today), key=lambda rule: (rule.closed, rule.first or today))
    return lines + [line for line in (_odd(rule, today) for rule in odd) if line]


def days_in_words(days: list[int]) -> str:
    """Days of the week in a row: "Monday through Friday"; a single one by its name."""
    names = [weekday(day) for day in (days[0], days[-1])]
    if len(days) == 1:
        return names[0][:1].upper() + names[0][1:]
    words = _("%(first)s through %(last)s") if len(days) > 2 else _("%(first)s and %(last)s")
    said = words % {"first": names[0], "last": names[1]}
    return said[:1].upper() + said[1:]


def weekday(day: int) -> str:
    """Its name as it stands inside a sentence: English writes it large, Spanish does not."""
    name = str(WEEKDAYS[day])
    return name if (get_language() or "en").startswith("en") else name.lower()


def span(opens: time, closes: time) -> str:
    return _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}


def clock(at: time) -> str:
    """9:00 in the way of the reader: "9 am" and "5:30 pm" in English, "9:00" in Spanish."""
    if (get_language() or "en").startswith("en"):
        return dateformat.time_format(at, "g:i a" if at.minute else "g a").replace(".", "")
    return formats.time_format(at, "G:i")


def _odd(rule: Hours, today: date) -> str:
    if rule.closed:
        return _closed(rule, today)
    times = span(rule.opens, rule.closes) if rule.opens and rule.closes else ""
    when = _when(rule, today)
    if not when:
        return rule.words or times
    return ", ".join(part for part in (when, times) if part)


def _closed(rule: Hours, today: date) -> str:
    if rule.first and rule.last and rule.first != rule.last:
        return _("Closed from %(first)s to %(last)s") % {
            "first": full(rule.first, today), "last": full(rule.last, today),
        }  # fmt: skip
    day = rule.first or rule.last
    return _("Closed on %(day)s") % {"day": full(day, today)} if day else rule.words


def _when(rule: Hours, today: date) -> str:
    """Out of the rule where it is one that people say so, else nothing: its own words say it."""
    if not rule.repeats:
        return full(rule.first, today) if rule.first else ""
    parts = [part.strip() for part in rule.byday.split(",") if part.strip()]
    if rule.more or len(parts) != 1 or parts[0][-2:] not in DAYS:
        return ""
    day = weekday(DAYS.index(parts[0][-2:]))
    if rule.freq == "MONTHLY" and rule.interval <= 1:
        return _of_month(parts[0][:-2], day)
    if rule.freq in ("", "WEEKLY") and rule.interval > 1:
        words = ngettext("Every %(n)s week on %(day)s", "Every %(n)s weeks on %(day)s",
                         rule.interval)  # fmt: skip
        return words % {"n": rule.interval, "day": day}
    return ""


def _of_month(number: str, day: str) -> str:
    said = {
        "1": _("The first %(day)s of the month"),
        "2": _("The second %(day)s of the month"),
        "3": _("The third %(day)s of the month"),
        "4": _("The fourth %(day)s of the month"),
        "-1": _("The last %(day)s of the month"),
    }
    return said[number] % {"day": day} if number in said else ""
