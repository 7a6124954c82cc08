"""Words that somebody looks at before anybody else reads them: harm, and people's names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def plain(text: str) -> str:
    """Without case and accents, an apostrophe left out: as people write on phones."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tells_of_harm(text: str, phrases: Iterable[str]) -> bool:
    """Does a phrase stand in it, as whole words? `suicid*` is every word that begins so."""
    words = plain(text)
    return any(_pattern(phrase).search(words) for phrase in phrases)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [re.escape(part.rstrip("*")) + r"\w*" * part.endswith("*") for part in _split(phrase)]
    return re.compile(r"\b" + r"\W+".join(parts) + r"\b")


def _split(phrase: str) -> Sequence[str]:
    return plain(phrase).split()


def names_somebody(text: str, names: frozenset[str]) -> bool:
    """Does a word of it look like one of these names? `names` are plain; the word is written with a
    capital, or the whole text has none."""
    small = text == text.casefold()
    return any(
        plain(word) in names and (small or word[0].isupper()) for word in _WORD.findall(text)
    )
