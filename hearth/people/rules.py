"""What can be said of people without asking the database."""

import re
from unicodedata import category, normalize

WITHOUT_A_STROKE = str.maketrans("đøłħŧ", "dolht")


class NotAllowed(Exception):
    """An act that does not fit these people. The text is for the person who tried."""


def blank(value: object) -> bool:
    """Nothing was said. A plain no counts as nothing: "needs an interpreter" wins over silence."""
    return value is None or value == "" or value is False


def to_fill(kept: dict[str, object], absorbed: dict[str, object]) -> dict[str, object]:
    """What the kept side does not say and the other does."""
    return {
        name: value for name, value in absorbed.items() if blank(kept[name]) and not blank(value)
    }


def is_whole_name(typed: str, *names: str) -> bool:
    """Was one of these names typed, whole? Accents, case and what stands between words do not
    count; a first name alone or the beginning of one is not a name."""
    words = _words(typed)
    return len(words) > 1 and words in map(_words, names)


def _words(name: str) -> list[str]:
    plain = normalize("NFKD", name.casefold().translate(WITHOUT_A_STROKE))
    return re.findall(r"\w+", "".join(c for c in plain if category(c) != "Mn" and c not in "'’"))
