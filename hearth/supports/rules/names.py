"""A student's name put away: initials where the name stood, also inside what people wrote."""

import re
import unicodedata
from collections.abc import Iterable

MARKS = "[\u0300-\u036f]*"
APART = re.compile(r"[\s\-'\u2019.]+")
SHORT = 3


def initials(name: str) -> str:
    """ "Minh Anh Nguyễn" is "M. A. N."."""
    return " ".join(f"{part[0].upper()}." for part in APART.split(name) if part)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with every part of these names as its initial, however it was accented or cased.

    A short part is put away only where it is written with a capital: "An" is a name, "an" is not.
    """
    parts = {part for name in names for part in APART.split(name) if len(part) > 1}
    plain = unicodedata.normalize("NFD", text)
    # The longest first: "Anh" before "An", so that no half of a name is left standing.
    for part in sorted(parts, key=len, reverse=True):
        plain = _pattern(part).sub(f"{part[0].upper()}.", plain)
    return unicodedata.normalize("NFC", plain)


def _pattern(part: str) -> re.Pattern[str]:
    letters = [c for c in unicodedata.normalize("NFD", part) if not unicodedata.combining(c)]
    if len(letters) <= SHORT:
        body = _lettered(letters[:1]) + "(?i:" + _lettered(letters[1:]) + ")"
        return re.compile(rf"(?<!\w){body}(?![\w\u0300-\u036f])")
    return re.compile(rf"(?<!\w){_lettered(letters)}(?![\w\u0300-\u036f])", re.IGNORECASE)


def _lettered(letters: list[str]) -> str:
    return "".join(_either(letter) + MARKS for letter in letters)


def _either(letter: str) -> str:
    """Vietnamese đ is a letter of its own, and is often typed as d."""
    return {"đ": "[đd]", "Đ": "[ĐD]"}.get(letter, re.escape(letter))
