"""Which English of Hearth's own is still to be read on a page in another language."""

import re
from functools import cache
from html.parser import HTMLParser

from hearth.web.messages import PLACEHOLDER, read

SPOKEN = {"alt", "aria-label", "placeholder", "title"}


class _Reader(HTMLParser):
    """What a person reads or hears. A part that says it is in another language is left out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.open, self.texts = language, [False], [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        other = said.get("lang") not in (None, self.language) or tag in ("script", "style")
        if tag not in ("input", "meta", "link", "br", "img", "path", "use", "circle", "rect"):
            self.open.append(self.open[-1] or other)
        if not other:
            self.texts += [said[name] or "" for name in SPOKEN & said.keys()]
            # Of what a program reads from a tag, the words it shows are those with a space.
            told = [value or "" for name, value in attrs if name.startswith("data-")]
            self.texts += [value for value in told if " " in value]
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1:
            self.open.pop()
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self.open[-1]:
            self.texts[-1] += data


@cache
def _known(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole texts, and the longer pieces between placeholders. Spanish holds every one of them."""
    held = read(language)
    whole, pieces = set(), set()
    for message in read("es"):
        for text in message.id if isinstance(message.id, tuple | list) else (message.id,):
            if not text:
                continue
            mine = held.get(text, message.context)
            if mine is None or mine.string != text:
                whole.add(" ".join(text.split()))
            cut = re.split(rf"{PLACEHOLDER.pattern}|\n|<[^>]+>", text)
            pieces |= {" ".join(part.split()) for part in cut if part and part.count(" ") > 3}
    return frozenset(whole), tuple(piece for piece in pieces if piece.count(" ") > 2)


def english_in(page: str, language: str) -> list[str]:
    """The English that somebody meets on this page, of which Hearth itself is the author."""
    reader = _Reader(language)
    reader.feed(page)
    texts = [" ".join(text.split()).removesuffix(" · Hearth") for text in reader.texts]
    whole, pieces = _known(language)
    together = " ".join(texts)
    alone = [text for text in texts if text.strip(".:… ") in whole or text in whole]
    return sorted({*alone, *(piece for piece in pieces if piece in together)})
