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
_TRIES = 60
_log = logging.getLogger(__name__)
# What no font of this machine can draw, and how it is written instead; learned once per process.
_spelling: dict[str, str] = {}


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF from `template`, named from the package: "supports/typst/minutes.typ".

    A letter no font here can draw is written as its name, so that a report never fails on one
    smile and nothing is left out unseen.
    """
    words = {"language": (get_language() or "en").split("-")[0], **data}
    for _try in range(_TRIES):
        try:
            return _compile(template, _spelled_out(words))
        except typst.TypstError as problem:
            told = _everything(_spelled_out(words))
            found = map(_unescaped, _CANNOT_DRAW.findall(str(problem)))
            missing = {each for one in found for each in _with_marks(one, told)} - _spelling.keys()
            if not missing:
                raise
            _spelling.update({cluster: _spell(cluster) for cluster in missing})
            _log.warning("A document has letters that no font here can draw")
    raise ValueError("The document is in a script that no font here can draw; install its font.")


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


def _spelled_out(value: Any) -> Any:
    """The same data, with everything known to be undrawable written as its name."""
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value)  # a letter and its own accent are one letter
        for cluster, name in _spelling.items():
            # Once a picture is words, the invisible joiner after it would join words.
            for joined in (f"{cluster}\u200d", f"{cluster}\ufe0f", cluster):
                value = value.replace(joined, name)
        return value
    if isinstance(value, dict):
        return {key: _spelled_out(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled_out(inner) for inner in value]
    return value


def _spell(cluster: str) -> str:
    """A cluster's letters by name; its invisible joiners and marks have nothing left to join."""
    return "".join(
        letter if letter.isascii() else f"[{unicodedata.name(letter, hex(ord(letter))).lower()}]"
        for letter in cluster
        if not _is_mark(letter)
    )
