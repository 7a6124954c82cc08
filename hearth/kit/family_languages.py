"""The languages in which families are written to, beside those of the whole house.

Each is a folder of `hearth/locale` that holds its words and an `about.toml`. No code names one.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
ABOUT = "about.toml"


@dataclass(frozen=True)
class ReadOver:
    """Somebody who speaks the language read all of its words: by role, never by name."""

    by: str
    on: date


@dataclass(frozen=True)
class FamilyLanguage:
    """`days` are a day with its weekday, without it, and with its year, as Django writes them."""

    code: str
    name: str
    read_over: tuple[ReadOver, ...]
    days: tuple[str, str, str]
    small_days: bool


@cache
def family_languages() -> dict[str, FamilyLanguage]:
    """By code, in the order of the codes."""
    return {file.parent.name: told(file) for file in sorted(LOCALE.glob(f"*/{ABOUT}"))}


def told(about: Path) -> FamilyLanguage:
    said = tomllib.loads(about.read_text(encoding="utf-8"))
    days = said["days"]
    return FamilyLanguage(
        code=about.parent.name,
        name=said["name"],
        read_over=tuple(ReadOver(**one) for one in said["read_over"]),
        days=(days["with_weekday"], days["without"], days["with_year"]),
        small_days=days["small"],
    )
