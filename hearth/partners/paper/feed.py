"""The hours of a service as a calendar feed (iCalendar), which a phone can subscribe to."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from hearth.partners.reading.sheet import Sheet
from hearth.partners.rules.calendar import Hours

PRODUCT = "-//Hearth//Directory//EN"
WIDEST = 74  # bytes of a line; a longer one goes on after a break and a blank


def feed(sheet: Sheet, *, address: str, zone: str, now: datetime) -> bytes:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(sheet.service.name)}", f"X-WR-TIMEZONE:{zone}",
    ]  # fmt: skip
    away = [rule for rule in sheet.hours if rule.closed]
    for number, rule in enumerate(sheet.hours):
        if not rule.closed and rule.opens and rule.closes and (rule.repeats or rule.first):
            lines += _event(sheet, rule, away, number, address, zone, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(
    sheet: Sheet, rule: Hours, away: Iterable[Hours], number: int, address: str, zone: str,
    now: datetime,
) -> list[str]:  # fmt: skip
    first = first_day(rule, now.date())
    if first is None or rule.opens is None or rule.closes is None:
        return []
    ends = first + timedelta(days=1) if rule.closes <= rule.opens else first
    lines = [
        "BEGIN:VEVENT",
        f"UID:{number}@{address.partition('://')[2]}",
        f"DTSTAMP:{now.strftime('%Y%m%dT%H%M%S')}",
        f"DTSTART;TZID={zone}:{_at(first, rule.opens)}",
        f"DTEND;TZID={zone}:{_at(ends, rule.closes)}",
        f"SUMMARY:{escaped(sheet.service.name)}",
        f"URL:{address}",
    ]
    if rule.repeats:
        until = f";UNTIL={rule.last:%Y%m%d}T235959Z" if rule.last and not rule.count else ""
        lines.append(f"RRULE:{rule.rule()}{until}")
        lines += [
            f"EXDATE;TZID={zone}:{_at(day, rule.opens)}"
            for day in sorted({day for closed in away for day in days_of(closed)})
            if day >= first and rule.on(day)
        ]
    if sheet.places:
        place = sheet.places[0]
        lines.append(f"LOCATION:{escaped(place.address or place.name)}")
    return [*lines, "END:VEVENT"]


def first_day(rule: Hours, today: date) -> date | None:
    """The first day of which the rule speaks; a rule without a beginning begins this week."""
    start = rule.first or today - timedelta(days=today.weekday())
    if not rule.repeats:
        return start
    return next((day for n in range(400) if rule.on(day := start + timedelta(days=n))), None)


def days_of(closed: Hours) -> Iterator[date]:
    """Each day of a holiday; one without both ends is a single day."""
    first, last = closed.first or closed.last, closed.last or closed.first
    if first and last:
        yield from (first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1))


def _at(day: date, at: time) -> str:
    return f"{day:%Y%m%d}T{at:%H%M%S}"


def escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 bytes; no letter is cut in two."""
    part, room = "", WIDEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", WIDEST - 1
        part += letter
        room -= size
    yield part
