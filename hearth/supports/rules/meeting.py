"""What a team's meeting is about: which referral stands where on the agenda, and for how long."""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from hearth.schools.rules import school_days_between

AGENDA = Path(__file__).parents[1] / "agenda.toml"
NEW = ("submitted", "triaged")
BEFORE_STUDENTS = ("norms", "picture")
AFTER_STUDENTS = ("gaps", "read_back")
STUDENT_PARTS = ("new", "due", "stale", "close")
URGENT_FIRST = ("now", "this_week", "soon", "when_you_can")
FIRST = date.min


@dataclass(frozen=True)
class Setting:
    """How this house builds an agenda, from a day on, with whose rule it is."""

    valid_from: date
    quiet_after_school_days: int
    minutes: dict[str, int]
    least_for_a_student: int
    most_for_a_student: int
    most_students: int
    source: str


@dataclass(frozen=True)
class Open:
    """An open referral as the agenda needs it: where it stands, since when, and its next date."""

    key: int
    state: str
    urgency: str
    asked_on: date
    since: date
    next_on: date


@dataclass(frozen=True)
class Line:
    """One thing to talk about: a part of every meeting, or one student's referral."""

    part: str
    referral: int | None = None
    carried: bool = False


@lru_cache
def settings() -> tuple[Setting, ...]:
    rows = tomllib.loads(AGENDA.read_text(encoding="utf-8"))["agenda"]
    return tuple(
        Setting(
            row["from"],
            row["quiet_after_school_days"],
            {part: row[part] for part in (*BEFORE_STUDENTS, *AFTER_STUDENTS)},
            row["least_for_a_student"],
            row["most_for_a_student"],
            row["most_students"],
            row["source"],
        )
        for row in rows
    )


def setting_on(day: date, table: Iterable[Setting] | None = None) -> Setting:
    """The newest setting that already holds; before the first, the first."""
    rows = sorted(table or settings(), key=lambda row: row.valid_from)
    return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])


def part_of(found: Open, today: date, closed: Collection[date], quiet_after: int) -> str | None:
    """Under which heading a referral is talked about today; None when it may wait.

    One in danger is with the person on call and never waits for a meeting, so it is on none.
    """
    if found.state in ("safety", "closed"):
        return None
    if found.state in NEW:
        return "new"
    if found.next_on <= today:
        return "close" if found.state == "monitoring" else "due"
    if found.state == "monitoring":
        return None  # it helps, or it shows on its own date: six weeks of quiet are planned
    quiet = school_days_between(found.since, today, closed)
    return "stale" if quiet > quiet_after else None


def agenda(
    found: Iterable[Open],
    *,
    today: date,
    closed: Collection[date],
    setting: Setting,
    carried: Sequence[tuple[int, str]] = (),
) -> list[Line]:
    """The whole agenda in order. What was not taken last time stands first among the students,
    in last time's order, under the heading it has now or had then."""
    rows = {row.key: row for row in found if row.state not in ("safety", "closed")}
    parts = {
        key: part_of(row, today, closed, setting.quiet_after_school_days)
        for key, row in rows.items()
    }
    first = [Line(parts[key] or was, key, True) for key, was in carried if key in rows]
    before = {line.referral for line in first}
    fresh = sorted(
        (row for key, row in rows.items() if parts[key] and key not in before),
        key=lambda row: _order(row, parts[row.key] or ""),
    )
    students = first + [Line(parts[row.key] or "", row.key) for row in fresh]
    return [
        *[Line(part) for part in BEFORE_STUDENTS],
        *students[: setting.most_students],
        *[Line(part) for part in AFTER_STUDENTS],
    ]


def _order(row: Open, part: str) -> tuple[int, int, date, int]:
    urgency = URGENT_FIRST.index(row.urgency) if part == "new" else 0
    day = {"new": row.asked_on, "stale": row.since}.get(part, row.next_on)
    return STUDENT_PARTS.index(part), urgency, day, row.key


def share_out(minutes: int, parts: Sequence[str], setting: Setting) -> list[int]:
    """How many minutes each line gets, in whole minutes, together never more than there are.

    Students get at least half of a short meeting. Where not all of them can have the least that
    helps, the first ones have it, and the rest have none: they are taken if time is left.
    """
    students = sum(part in STUDENT_PARTS for part in parts)
    fixed = {part: setting.minutes[part] for part in parts if part not in STUDENT_PARTS}
    room = minutes // 2 if students else minutes
    wanted = sum(fixed.values())
    if wanted > room:
        fixed = {part: max(1, want * room // wanted) for part, want in fixed.items()}
    rest = max(0, minutes - sum(fixed.values()))
    each = min(rest // students, setting.most_for_a_student) if students else 0
    each = max(each, setting.least_for_a_student)
    shared = []
    for part in parts:
        if part not in STUDENT_PARTS:
            shared.append(fixed[part])
        elif rest >= each:
            shared.append(each)
            rest -= each
        else:
            shared.append(0)
    return shared


@dataclass(frozen=True)
class Wanted:
    """A service that somebody needed and did not get, or not yet; if it had no name, its domain."""

    service: str
    state: str
    since: date
    domain: str


@dataclass(frozen=True)
class Gap:
    """What we cannot offer enough of, with how many wait and how many went without."""

    service: str
    waiting: int
    without: int
    domain: str = ""


def gaps(
    wanted: Iterable[Wanted], *, today: date, closed: Collection[date], referred_too_long: int
) -> list[Gap]:
    """The services that are short, the shortest first.

    On a waiting list, asked for longer than the clock of a referral runs, or closed because
    nothing is offered. Names are told apart without regard to capitals and spaces.
    """
    names: dict[tuple[str, str], str] = {}
    waiting: Counter[tuple[str, str]] = Counter()
    without: Counter[tuple[str, str]] = Counter()
    for one in wanted:
        name = " ".join(one.service.split())
        key = (name.casefold(), "" if name else one.domain)
        waits = one.state == "waitlisted" or (
            one.state == "referred"
            and school_days_between(one.since, today, closed) > referred_too_long
        )
        if waits or one.state == "closed":
            names.setdefault(key, name)
            (waiting if waits else without)[key] += 1
    found = [Gap(name, waiting[key], without[key], key[1]) for key, name in names.items()]
    return sorted(
        found, key=lambda gap: (-gap.waiting - gap.without, gap.service.casefold(), gap.domain)
    )
