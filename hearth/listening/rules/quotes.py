"""May these words leave as a quote? Consent first; then a person looks at what a list finds."""

from collections.abc import Iterable

from hearth.listening.rules.careful import names_somebody, plain, tells_of_harm

NAME, HARM = "name", "harm"


def refusal(consent: str, words: str, said: Iterable[str]) -> str | None:
    """Why these words never leave, whoever looked: "no", or "same" where other words were asked."""
    if consent == "no":
        return "no"
    if consent == "other_words" and any(_inside(words, each) for each in said if each):
        return "same"
    return None


def reasons_to_look(words: str, names: frozenset[str], phrases: Iterable[str]) -> list[str]:
    """What holds a quote back until a person has looked at it."""
    found = [NAME] if names_somebody(words, names) else []
    return [*found, HARM] if tells_of_harm(words, phrases) else found


def _inside(words: str, said: str) -> bool:
    """Five words in a row of what was said are its words."""
    quoted, told = plain(words).split(), f" {' '.join(plain(said).split())} "
    rows = [quoted[at : at + 5] for at in range(max(1, len(quoted) - 4))]
    return any(f" {' '.join(row)} " in told for row in rows if row)
