"""What the services log takes, as plain values: a day on which the family's yes held, and hours."""

from datetime import date, datetime, time

from hearth.partners.rules.consent import Given
from hearth.partners.rules.dated import holding, read


def held_on(given: Given | None, day: date) -> bool:
    """Whether the family's yes held on that day. One taken back later held until then: what was
    done before stands. On the day on which it was taken back it no longer holds."""
    if given is None or not given.given_on <= day <= given.expires_on:
        return False
    return given.withdrawn_on is None or day < given.withdrawn_on


def minutes(starts: time, ends: time) -> int:
    """Of one day; below one where it ends before it starts."""
    day = date(2000, 1, 1)
    return int((datetime.combine(day, ends) - datetime.combine(day, starts)).total_seconds() // 60)


def in_time(day: date, today: date) -> bool:
    """Neither to come, nor longer ago than anybody could bill it."""
    back = int(holding(read("log.toml")["back"], today)["days"]["days"])
    return 0 <= (today - day).days <= back
