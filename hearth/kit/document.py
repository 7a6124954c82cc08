"""Documents for paper: Typst templates become tagged PDF/UA-1, or nothing at all.

Data goes in as JSON and is only ever data: a name that looks like a command prints as it is.

The face is Libertinus Serif, which comes inside the Typst wheel. Atkinson Hyperlegible from npm is
cut into subsets without Vietnamese letters, and a name set in two faces is a name set badly. Other
scripts use the fonts of the server (Debian: fonts-noto-core, fonts-noto-cjk).
"""

import json
import logging
import re
import unicodedata
from itertools import takewhile
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language

from hearth.kit.tokens import colors

# Typst reads nothing outside the package; templates name each other from here.
PACKAGE = Path(__file__).resolve().parents[1]
DOCUMENT = "kit/typst/document.typ"

_CANNOT_DRAW = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
# A mark that stands alone is written by its number.
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MARKS = {"Mn", "Me", "Cf"}
_ONE_BY_ONE, _TRIES = 12, 24
# Signs that are no letters: nobody sees them typed or pasted, and no document may have them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_log = logging.getLogger(__name__)
# What no font of this machine can draw, and how it is written instead; learned once per process.
_spelling: dict[str, str] = {}


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF from `template`, named from the package: "supports/typst/minutes.typ".

    A letter no font here can draw is written as its name, so that a report never fails on one
    smile and nothing is left out unseen.
    """
    words = {"language": (get_language() or "en").split("-")[0], **data}
    here: dict[int, str] = {}
    for attempt in range(_TRIES):
        told = _spelled_out(words, here)
        try:
            return _compile(template, told)
        except typst.TypstError as problem:
            undrawn = [_unescaped(each) for each in _CANNOT_DRAW.findall(str(problem))]
            if not undrawn:
                raise
            text = _everything(told)
            missing = {each for one in undrawn for each in _with_marks(one, text)}
            missing -= _spelling.keys()
            if missing and attempt < _ONE_BY_ONE:
                _spelling.update({cluster: _spell(cluster) for cluster in missing})
            elif missing and attempt < _TRIES - 2:
                here |= _neighbors(words, missing)
            else:
                here |= _all_but_plain(words)
            if attempt == 0:
                _log.warning("A document has letters that no font here can draw")
    raise ValueError("A document of plain letters alone could not be drawn.")


def _neighbors(words: Any, missing: set[str]) -> dict[int, str]:
    """Where so many letters cannot be drawn, those beside them in the script cannot either. A
    guess, and so for this document alone."""
    rows = {ord(letter) >> 8 for cluster in missing for letter in cluster}
    return {code: name for code, name in _all_but_plain(words).items() if code >> 8 in rows}


def _all_but_plain(words: Any) -> dict[int, str]:
    letters = set(unicodedata.normalize("NFC", _everything(words)))
    return {ord(letter): _spell(letter) for letter in letters if not letter.isascii()}


def _unescaped(told: str) -> str:
    return _ESCAPED.sub(lambda mark: chr(int(mark[1], 16)), told)


def _with_marks(cluster: str, told: str) -> set[str]:
    """Typst names the letter alone where the mark on it is what cannot be drawn: both are learned
    together, so that the letter by itself stays as it is."""
    ends = (found.end() for found in re.finditer(re.escape(cluster), told))
    marked = {cluster + "".join(takewhile(_is_mark, told[end : end + 8])) for end in ends}
    return marked - {cluster} or {cluster}


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in _MARKS or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _everything(value: Any) -> str:
    """All that is said in the data, as one text."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(_everything, value))
    return str(value)


def _compile(template: str, data: dict[str, Any]) -> bytes:
    compiled = typst.compile(
        PACKAGE / template,
        root=PACKAGE,
        sys_inputs={"data": json.dumps(data, default=str), "palette": json.dumps(colors())},
        pdf_standards=["ua-1"],
    )
    if not isinstance(compiled, bytes):
        raise TypeError("Typst made something other than one PDF")
    return compiled


def _spelled_out(value: Any, here: dict[int, str]) -> Any:
    """The same data, with everything known to be undrawable written as its name."""
    if isinstance(value, str):
        value = _CONTROL.sub("", value.replace("\t", " "))
        value = unicodedata.normalize("NFC", value)  # a letter and its own accent are one letter
        value = value.translate(here)
        for cluster, name in _spelling.items():
            # Once a picture is words, the invisible joiner after it would join words.
            for joined in (f"{cluster}\u200d", f"{cluster}\ufe0f", cluster):
                value = value.replace(joined, name)
        return value
    if isinstance(value, dict):
        return {key: _spelled_out(inner, here) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled_out(inner, here) for inner in value]
    return value


def _spell(cluster: str) -> str:
    """A cluster's letters by name; its invisible joiners and marks have nothing left to join."""
    return "".join(
        letter if letter.isascii() else f"[{unicodedata.name(letter, hex(ord(letter))).lower()}]"
        for letter in cluster
        if not _is_mark(letter)
    )
