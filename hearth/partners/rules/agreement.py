"""What an agreement allows on a day, and why not. Plain values in, plain values out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from hearth.partners.rules.dated import holding, read

MEMORANDUM, SHARING, BOTH = "memorandum", "data_sharing", "both"


class State(StrEnum):
    """How an agreement stands, read off its dates."""

    NOT_YET = "not_yet"
    LIVE = "live"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    ENDED = "ended"


class Lacking(IntEnum):
    """What is missing; the further down, the nearer the agreement was to a yes."""

    NO_AGREEMENT = 0
    ENDED = 1
    EXPIRED = 2
    NOT_YET = 3
    NO_SHARING = 4
    PURPOSE = 5
    ELEMENTS = 6
    INSURANCE = 7
    FINGERPRINTS = 8


@dataclass(frozen=True)
class Lack:
    """Why not: what is missing, the day on which it ended or begins, the elements not allowed."""

    what: Lacking
    day: date | None = None
    elements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What was agreed, as plain values. The last day of each still counts."""

    kind: str
    starts: date
    expires: date
    purposes: Collection[str] = ()
    elements: Collection[str] = ()
    ended_on: date | None = None  # the first day on which it no longer holds
    at_school: bool = False
    insured_until: date | None = None
    cleared_until: date | None = None


NONE = Lack(Lacking.NO_AGREEMENT)


def state(terms: Terms, day: date) -> State:
    if terms.ended_on and terms.ended_on <= day:
        return State.ENDED
    if day > terms.expires:
        return State.EXPIRED
    if day < terms.starts:
        return State.NOT_YET
    soon = (terms.expires - day).days <= max(reminders(day), default=0)
    return State.EXPIRING if soon else State.LIVE


def is_live(terms: Terms, day: date) -> bool:
    return state(terms, day) in (State.LIVE, State.EXPIRING)


def live_for(terms: Terms, day: date, elements: Collection[str], purpose: str) -> Lack | None:
    """May these elements go to the partner for this purpose on this day? None says yes."""
    return _dates(terms, day) or _sharing(terms, elements, purpose) or at_school(terms, day)


def _dates(terms: Terms, day: date) -> Lack | None:
    stands = state(terms, day)
    if stands == State.ENDED:
        return Lack(Lacking.ENDED, terms.ended_on)
    if stands == State.EXPIRED:
        return Lack(Lacking.EXPIRED, terms.expires)
    if stands == State.NOT_YET:
        return Lack(Lacking.NOT_YET, terms.starts)
    return None


def _sharing(terms: Terms, elements: Collection[str], purpose: str) -> Lack | None:
    if terms.kind == MEMORANDUM:
        return Lack(Lacking.NO_SHARING)
    if purpose not in terms.purposes:
        return Lack(Lacking.PURPOSE)
    beyond = tuple(sorted(set(elements) - set(terms.elements)))
    return Lack(Lacking.ELEMENTS, elements=beyond) if beyond else None


def at_school(terms: Terms, day: date) -> Lack | None:
    """Whoever comes among children is insured and fingerprinted; a day nobody wrote is no day."""
    if not terms.at_school:
        return None
    if terms.insured_until is None or terms.insured_until < day:
        return Lack(Lacking.INSURANCE, terms.insured_until)
    if terms.cleared_until is None or terms.cleared_until < day:
        return Lack(Lacking.FINGERPRINTS, terms.cleared_until)
    return None


def nearest(lacks: Iterable[Lack]) -> Lack:
    """Of several agreements that each say no, the one that lacks least."""
    return max(lacks, key=lambda lack: (lack.what, lack.day or date.min), default=NONE)


class What(StrEnum):
    """The days of an agreement that come nearer."""

    EXPIRES = "expires"
    INSURANCE = "insurance"
    FINGERPRINTS = "fingerprints"


def days_of(terms: Terms) -> Iterator[tuple[What, date]]:
    """Each day that ends something, the soonest first. Who does not come to school needs no
    fingerprints; what was ended has no day to come."""
    if terms.ended_on:
        return
    days = [(What.EXPIRES, terms.expires)]
    if terms.at_school:
        days += [
            (what, day)
            for what, day in (
                (What.INSURANCE, terms.insured_until),
                (What.FINGERPRINTS, terms.cleared_until),
            )
            if day and day < terms.expires
        ]
    yield from sorted(days, key=lambda pair: pair[1])


def due_reminders(terms: Terms, today: date) -> list[tuple[What, date, int]]:
    """Which reminders are due by today: what ends, on which day, and how many days before. Past
    days are no reminders: the agreement's own page says that they are past."""
    return [
        (what, day, before)
        for what, day in days_of(terms)
        for before in reminders(today)
        if 0 <= (day - today).days <= before
    ]


def reminders(on: date) -> list[int]:
    """So many days before a day it is called to mind, the most first."""
    return sorted(holding(read("agreements.toml")["reminder"], on, by="days"), reverse=True)


@dataclass(frozen=True)
class Basis:
    """What the law lets an agreement rest on. With `needs_consent`, each family is asked, too."""

    key: str
    needs_consent: bool
    source: str
    address: str


def basis(key: str, on: date) -> Basis | None:
    row = holding(read("agreements.toml")["basis"], on).get(key)
    return Basis(key, row["needs_consent"], row["source"], row["address"]) if row else None
