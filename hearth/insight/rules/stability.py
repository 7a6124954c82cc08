"""Whether a student could stay: one unbroken enrollment, long enough, at one school."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from hearth.insight.rules.dated import NotKnown, value


@dataclass(frozen=True)
class Spell:
    """One enrollment at one school; without an end it lasts."""

    starts: date
    ends: date | None
    exit_code: str = ""


def consecutive_days(spell: Spell, year_starts: date, year_ends: date) -> int:
    """Calendar days of the school year that lie inside the enrollment, both ends counted."""
    starts = max(spell.starts, year_starts)
    ends = min(spell.ends or year_ends, year_ends)
    return max(0, (ends - starts).days + 1)


def disqualifying_exits(on: date) -> frozenset[str] | None:
    """The exit codes after which nobody counts as stable; None where nobody has told us."""
    try:
        return frozenset(value("stability", "disqualifying_exits", on))
    except NotKnown:
        return None


def is_stable(
    spells: Iterable[Spell],
    *,
    year_starts: date,
    year_ends: date,
    disqualifying: Collection[str] | None,
) -> bool | None:
    """Stable by the state's rule, or None where it turns on an exit code we cannot judge.

    Who left before the year's end with a code needs the list; who stayed to the end does not.
    """
    needed = value("stability", "consecutive_days", year_ends)
    long_enough = [
        spell for spell in spells if consecutive_days(spell, year_starts, year_ends) >= needed
    ]
    answers = {_qualifies(spell, year_ends, disqualifying) for spell in long_enough}
    if True in answers:
        return True
    return None if None in answers else False


def _qualifies(spell: Spell, year_ends: date, disqualifying: Collection[str] | None) -> bool | None:
    stayed = spell.ends is None or spell.ends >= year_ends
    if stayed or not spell.exit_code:
        return True
    return None if disqualifying is None else spell.exit_code not in disqualifying
