"""How private each field of each table is, declared once beside the field.

Exports, logs, the numbers and retention read this declaration; a guard refuses a field without it.
"""

from enum import Enum
from typing import Any


class Privacy(Enum):
    """From what anybody may read to what only a named few may."""

    PUBLIC = "public"  # printed on the school's own page
    INTERNAL = "internal"  # says nothing about a person by itself: keys, dates, states
    PERSONAL = "personal"  # names, ways to reach, who belongs to whom
    SENSITIVE = "sensitive"  # what somebody wrote or knows about a child
    IDENTITY = "identity"  # race, ethnicity, language, gender: its own permission, each look logged
    RESTRICTED = "restricted"  # folded; one deliberate act to read
    SECRET = "secret"  # noqa: S105 - hashes and tokens: never leaves the table


def privacy_of(model: type[Any]) -> dict[str, Privacy]:
    """Every declared field of a model, those of its abstract parents included."""
    declared: dict[str, Privacy] = {}
    for cls in reversed(model.__mro__):
        declared.update(vars(cls).get("PRIVACY", {}))
    return declared
