"""How what a neighbor told of comes to be shown, as plain values."""

STEPS = (
    ("proposed", "shown"),
    ("proposed", "declined"),
    ("declined", "shown"),
    ("shown", "declined"),
    ("shown", "ended"),
    ("ended", "shown"),
)
"""Whoever looks may change their mind; nothing that was told is thrown away."""


def may_follow(state: str, following: str) -> bool:
    return (state, following) in STEPS
