"""The life of a referral to a partner as plain values: which answer may follow which, and by when.

"Sent" is a hope. "Served" is a first visit that took place. No answer is a state with a clock.
"""

from datetime import date

from hearth.partners.rules.dated import holding, read

LEGAL: dict[str, tuple[str, ...]] = {
    "sent": ("accepted", "waiting", "served", "declined", "withdrawn"),
    "accepted": ("waiting", "served", "declined", "withdrawn"),
    "waiting": ("waiting", "accepted", "served", "declined", "withdrawn"),
    "served": ("ended", "withdrawn"),
    "ended": (),
    "declined": (),
    "withdrawn": (),
}
OPEN = tuple(state for state, following in LEGAL.items() if following)
WITH_SERVICE = ("served", "ended")
"""Once there, a first visit has taken place."""


MORE = "more"
"""No answer: a word beside it, while something is open. It moves no clock."""


def may_follow(state: str, following: str) -> bool:
    return following in LEGAL.get(state, ())


def transitions() -> list[tuple[str, str]]:
    """Every legal step, as the database's state machine wants them; to say a new date of a waiting
    list is a step of ours and no change of the column."""
    return [(a, b) for a, following in LEGAL.items() for b in following if a != b]


def school_days_for(key: str, on: date) -> int:
    """How many school days the promise `key` runs when made on that day.

    Of several dated rows the newest that already holds is used. Raises KeyError where none does.
    """
    return int(holding(read("clocks.toml")["clock"], on)[key]["school_days"])


def clock_after(state: str) -> str:
    """Which promise runs while a referral is in this state; empty where none does."""
    return state if state in ("sent", "accepted", "served") else ""
