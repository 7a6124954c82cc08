"""Words that make Hearth stop and help: danger, what is the counselor's alone, an assessment.

A phrase is a row of words. `kill/hurt myself` knows two of them, `suicid*` every word that begins
so. Case, accents, apostrophes and spaces do not matter, and words are whole: "execute" holds no
"cut". Where an accent tells two words apart, the phrase says so.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "phrases.toml"
DANGER, PRIVATE, ASSESSMENT = "danger", "private", "assessment"

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘ʼ`´]")


@dataclass(frozen=True)
class Phrase:
    """`leads_to` says where such words belong; `unless` is what they may stand in without harm."""

    kind: str
    language: str
    words: str
    valid_from: date
    valid_until: date | None = None
    leads_to: str = ""
    source: str = ""
    unless: tuple[str, ...] = ()
    accents: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same phrase, however it was typed."""
        return self.kind, self.language, _spelled(self.words, self.accents)

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Found:
    """A phrase, and the words in which it stood in the text."""

    phrase: Phrase
    said: str


@lru_cache
def shipped() -> tuple[Phrase, ...]:
    """The phrases that come with Hearth."""
    groups = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["group"]
    return tuple(
        Phrase(
            group["kind"], group["language"], words, group["from"],
            leads_to=group.get("leads_to", ""), source=group["source"],
            unless=tuple(group.get("unless", ())), accents=group.get("accents", False),
        )
        for group in groups
        for words in group["words"]
    )  # fmt: skip


def with_own(own: Iterable[Phrase], ours: Iterable[Phrase] | None = None) -> list[Phrase]:
    """The district's own phrases beside the shipped ones. A row of its own for a shipped phrase
    takes its place, so that a district can end one, and begin it again."""
    own = list(own)
    replaced = {phrase.key for phrase in own}
    kept = [phrase for phrase in ours or shipped() if phrase.key not in replaced]
    return [*kept, *own]


def found(text: str, phrases: Iterable[Phrase], on: date) -> list[Found]:
    """Which of the phrases stand in the text on that day, in the order of the list."""
    plain, accented = _spelled(text), _spelled(text, accents=True)
    seen = []
    for phrase in phrases:
        if phrase.holds(on):
            said = _said(accented if phrase.accents else plain, phrase)
            if said:
                seen.append(Found(phrase, said))
    return seen


def of_kind(kind: str, phrases: Iterable[Phrase]) -> list[Phrase]:
    return [phrase for phrase in phrases if phrase.kind == kind]


def asks_for_assessment(
    text: str, phrases: Iterable[Phrase] | None = None, on: date = date.max
) -> str | None:
    """Which assessment the text asks for, if any; special education before a 504 plan. Without a
    day, by the phrases that hold from now on."""
    listed = of_kind(ASSESSMENT, shipped() if phrases is None else phrases)
    kinds = {one.phrase.leads_to for one in found(text, listed, on)}
    return next((kind for kind in ("special_education", "section_504") if kind in kinds), None)


def _said(text: str, phrase: Phrase) -> str:
    for harmless in phrase.unless:
        text = _pattern(harmless, phrase.accents).sub(" ", text)
    match = _pattern(phrase.words, phrase.accents).search(text)
    return match[0].strip() if match else ""


def _spelled(text: str, accents: bool = False) -> str:
    """The words of a text, each between two spaces; slashes and stars mean nothing here."""
    return f"  {'  '.join(_WORD.findall(_plain(text, accents)))}  "


def _plain(text: str, accents: bool) -> str:
    bare = _APOSTROPHES.sub("", text)
    if accents:
        return unicodedata.normalize("NFC", bare.casefold())
    letters = unicodedata.normalize("NFKD", bare.casefold().replace("đ", "d"))
    return "".join(x for x in letters if unicodedata.category(x) not in ("Mn", "Cf"))


@lru_cache(maxsize=2048)
def _pattern(words: str, accents: bool) -> re.Pattern[str]:
    slots = [
        "|".join(_slot(word, accents) for word in slot.split("/") if word) for slot in words.split()
    ]
    return re.compile("  ".join(f"(?:{slot})" for slot in slots).join((" ", " ")))


def _slot(word: str, accents: bool) -> str:
    spelled = "  ".join(_WORD.findall(_plain(word, accents)))
    return re.escape(spelled) + (r"\w*" if word.endswith("*") else "")
