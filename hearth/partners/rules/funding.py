"""Which money pays for what on a day, and what ends with it. Plain values in, plain values out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hearth.partners.rules.dated import holding, read

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Dated:
    """One split: from its first day these sources bear these parts, in percent."""

    starts: date
    parts: Mapping[int, Decimal]


@dataclass(frozen=True)
class Thing:
    """A service or a position with its splits as they were written, the first before the last."""

    key: int
    splits: Sequence[Dated]
    ended_on: date | None = None  # the first day on which nobody pays for it any more


@dataclass(frozen=True)
class Loss:
    """So much of a thing ends with a source, whose last day this is."""

    day: date
    source: int
    thing: int
    percent: Decimal


def lacking(parts: Iterable[Decimal]) -> Decimal:
    """What is missing to the whole; below zero where it is too much."""
    return WHOLE - sum(parts, Decimal(0))


def spans(thing: Thing) -> Iterator[tuple[Dated, date | None]]:
    """Each split that ever holds, with the first day on which it holds no longer. Of two that begin
    on one day the one written later counts."""
    by_day = {one.starts: one for one in thing.splits}
    days = sorted(by_day)
    for day, following in zip(days, [*days[1:], None], strict=True):
        until = min((d for d in (following, thing.ended_on) if d), default=None)
        if until is None or until > day:
            yield by_day[day], until


def standing(thing: Thing, day: date) -> Dated | None:
    """The split that holds on that day."""
    held = (
        one for one, until in spans(thing) if one.starts <= day and not (until and until <= day)
    )
    return next(held, None)


def losses(things: Iterable[Thing], ends: Mapping[int, date | None], today: date) -> list[Loss]:
    """What has no money from a day on because its source ends and no later split puts another in
    its place; the soonest first. What ended already and still stands in a split is among it."""
    found = [
        Loss(last, source, thing.key, percent)
        for thing in things
        for split, until in spans(thing)
        if until is None or until > today
        for source, percent in split.parts.items()
        if (last := ends[source]) is not None
        if until is None or until > max(last + timedelta(days=1), today)
    ]
    return sorted(found, key=lambda one: (one.day, one.source, one.thing))


def paid_on(things: Iterable[Thing], ends: Mapping[int, date | None], day: date) -> Decimal | None:
    """How much of what stands on that day has money behind it, in percent; None where nothing
    stands."""
    held = [split for thing in things if (split := standing(thing, day))]
    if not held:
        return None
    paid = sum(
        (percent for split in held for source, percent in split.parts.items()
         if (last := ends[source]) is None or last >= day),
        Decimal(0),
    )  # fmt: skip
    return paid / len(held)


def may_begin(starts: date, last: date | None, today: date) -> bool:
    """A first split may be written down late. A change begins today or later, and not before the
    one it changes: what stood on a past day goes on standing there."""
    return last is None or starts >= max(last, today)


def warned_until(today: date) -> date:
    """Sources that end by this day are called to mind."""
    months = int(holding(read("funding.toml")["warning"], today)["months"]["months"])
    years, month = divmod(today.month - 1 + months, 12)
    first = date(today.year + years, month + 1, 1)
    return first + timedelta(days=min(today.day, 28) - 1)
