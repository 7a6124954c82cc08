"""Cells of a table that somebody else made: bytes into text, words into keys and numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from hearth.listening.rules.careful import plain
from hearth.listening.rules.dated import read

_YEAR = re.compile(r"(20\d\d)\s*[-–/]\s*(?:20)?(\d\d)", re.ASCII)
# From where a word begins: a long word is looked at once, not once for each of its letters.
_EMAIL = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
# Not what a spreadsheet writes of two thirds.
_STATE_ID = re.compile(r"(?<![\d.,])\d{10}(?!\d)")
MOST_DIGITS = 8  # more people than there are at the schools of the country is no count
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """What is wrong with a cell or a file, by a key that the form puts into words."""


def text_of(data: bytes) -> str:
    """A file as text. The mark that Excel puts before UTF-8 is taken off."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable("not_a_table")
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\x00" in text or "�" in text:
        raise Unreadable("encoding")
    return text


def words(cell: str) -> str:
    """A heading or a word of a list, however it is spelled."""
    return " ".join(plain(cell).replace("_", " ").split())


def columns(header: Sequence[str]) -> dict[str, int]:
    """Which of our columns stands at which place."""
    spelled = [words(cell) for cell in header]
    found: dict[str, int] = {}
    for name, called in read("elsewhere.toml")["columns"].items():
        places = [spelled.index(one) for one in called if one in spelled]
        if places:
            found[name] = places[0]
    return found


def names_persons(header: Sequence[str]) -> bool:
    known = read("elsewhere.toml")["persons"]["columns"]
    return any(words(cell) in known for cell in header)


def points_to_somebody(cell: str) -> bool:
    """An e-mail address, or a number as long as the state's number of a student."""
    return bool(_EMAIL.search(cell) or _STATE_ID.search(cell))


def audience_of(cell: str) -> str:
    """The key of the audience, or nothing where we do not know the word."""
    rows = read("elsewhere.toml")["audiences"].items()
    return next((key for key, called in rows if words(cell) in called), "")


def is_everybody(cell: str) -> bool:
    return words(cell) in read("elsewhere.toml")["everybody"]["words"]


def is_withheld(cell: str) -> bool:
    return cell.strip().lower() in read("elsewhere.toml")["withheld"]["words"]


def year_of(cell: str) -> str:
    """2025-26, however it is written."""
    found = _YEAR.fullmatch(cell.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Unreadable("year")
    return f"{found[1]}-{found[2]}"


def whole(cell: str) -> int:
    plain_digits = re.sub(r"[\s,.](?=\d{3}\b)", "", cell.strip())
    if not plain_digits.isascii() or not plain_digits.isdigit() or len(plain_digits) > MOST_DIGITS:
        raise Unreadable("number")
    return int(plain_digits)


def number(cell: str) -> Decimal:
    said = cell.replace("%", "").strip()
    try:
        found = Decimal(said.replace(",", ".") if "." not in said else said)
    except InvalidOperation:
        raise Unreadable("number") from None
    if not found.is_finite() or abs(found) >= 10_000:
        raise Unreadable("number")
    return found


def are_portions(cells: Sequence[str]) -> bool:
    """Is 0.31 written here for 31 percent? A column is read in one way, or not at all."""
    bare = [number(cell) for cell in cells if "%" not in cell]
    between = [one for one in bare if 0 < one < 1]
    if between and any(one > 1 for one in bare):
        raise Unreadable("percent_mixed")
    if bare and not between and set(bare) <= {Decimal(0), Decimal(1)} and Decimal(1) in bare:
        raise Unreadable("percent_unclear")
    return bool(between)


def percent(cell: str, *, portions: bool) -> Decimal:
    found = number(cell)
    if portions and "%" not in cell:
        found *= 100
    if not 0 <= found <= 100:
        raise Unreadable("percent_range")
    return found.quantize(Decimal("0.1"))
