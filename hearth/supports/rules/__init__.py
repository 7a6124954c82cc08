"""Decisions of this room: plain values in, plain values out. No query, no request, no clock."""

from hearth.supports.rules.life import (
    LEGAL,
    OPEN,
    OWNED,
    WITH_SERVICE,
    Clock,
    NotAllowed,
    clock_after,
    clocks,
    may_follow,
    school_days_for,
    transitions,
)

__all__ = [
    "LEGAL",
    "OPEN",
    "OWNED",
    "WITH_SERVICE",
    "Clock",
    "NotAllowed",
    "clock_after",
    "clocks",
    "may_follow",
    "school_days_for",
    "transitions",
]
