"""What somebody's own words mean: "alguien con quien hablar" asks for somebody to talk to."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from hearth.partners.rules.needs import LANGUAGE_CODES, plain

_SMALL = """
a an and are at be can could for from he her his i in is it me my of on or our she some that the
their them there they to us we where who with you your
al con de del el en es la las le les lo los mi mis nos nuestra nuestro o para por que quien se ser
su sus te tu un una unas uno unos y yo
"""
SMALL = frozenset(_SMALL.split())
"""They may stand between the words of a phrase: "a place where we can sleep", "place to sleep"."""
_ASKING = """
find finding get help looking need needs please want wants
ayuda busca busco buscamos necesita necesitamos necesito quiere quiero
"""
ASKING = frozenset(_ASKING.split())
"""With these somebody asks, and says nothing of what for."""
# In nearly every list, and said of homework and of classes more than of who is spoken with.
UNSAID = frozenset({"english", "ingles"})


@dataclass(frozen=True)
class Said:
    """What words were read as: each need and each language, with the phrases that led there.

    `rest` are the words that led nowhere and are not small.
    """

    needs: Mapping[str, list[str]] = field(default_factory=dict)
    languages: Mapping[str, list[str]] = field(default_factory=dict)
    rest: tuple[str, ...] = ()

    def phrases(self) -> set[str]:
        return {phrase for led in (self.needs, self.languages) for some in led.values()
                for phrase in some}  # fmt: skip


def read_as(typed: str, off: Collection[str] = ()) -> Said:
    """The needs and languages that these words name. A phrase in `off` leads nowhere.

    The longest phrase goes first, and what it has taken means nothing else: in "dolor de muelas"
    nobody looks for a doctor. A language is read only beside a need.
    """
    words = big_words(typed)
    needs: dict[str, list[str]] = {}
    languages: dict[str, list[str]] = {}
    free = [True] * len(words)
    for first, last in _stretches(len(words)):
        phrase = tuple(words[first:last])
        if phrase in PHRASES and all(free[first:last]):
            free[first:last] = [False] * len(phrase)
            for need in PHRASES[phrase] if " ".join(phrase) not in off else ():
                needs.setdefault(need, []).append(" ".join(phrase))
    left = [word for word, is_free in zip(words, free, strict=True) if is_free]
    for word in left if needs else ():
        if word in LANGUAGES and word not in off:
            languages.setdefault(LANGUAGES[word], []).append(word)
    spoken = {word for some in languages.values() for word in some}
    rest = tuple(word for word in left if word not in spoken and word not in ASKING)
    return Said(needs, languages, rest)


def big_words(text: str) -> list[str]:
    """The words of a text without the small ones; of small ones alone, all of them."""
    every = plain(_whole(text)).split()
    return [word for word in every if word not in SMALL] or every


def _whole(text: str) -> str:
    """ "Can't" and "doesn't" as they are written out."""
    said = text.lower().replace("’", "'")
    for short, whole in (("can't", "cannot"), ("can not", "cannot"), ("n't", " not")):
        said = said.replace(short, whole)
    return said


def _stretches(length: int) -> Iterator[tuple[int, int]]:
    for size in range(min(LONGEST, length), 0, -1):
        yield from ((first, first + size) for first in range(length - size + 1))


def _phrases() -> dict[tuple[str, ...], list[str]]:
    """By their big words, in one and in many; one phrase may lead to two needs."""
    text = (files("hearth.partners") / "needs.toml").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], list[str]] = {}
    for need, said in tomllib.loads(text).items():
        for phrase in (*said["words"], *said["said_en"], *said["said_es"]):
            one = tuple(big_words(phrase))
            for words in (one, (*one[:-1], f"{one[-1]}s")):
                if need not in found.setdefault(words, []):
                    found[words].append(need)
    return found


PHRASES = _phrases()
LONGEST = max(len(phrase) for phrase in PHRASES)
LANGUAGES = {
    name: code
    for name, code in LANGUAGE_CODES.items()
    if len(name) > len("spa") and name.isalpha() and name not in UNSAID
}
