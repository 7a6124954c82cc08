"""What is heard can be sorted by: the conditions in use, and the framework's elements."""

from dataclasses import dataclass

from hearth.framework.elements import elements, load
from hearth.listening.models.condition import Condition

FRAMEWORK = ("pillars", "conditions", "commitments", "practices", "essentials")
DEFAULT = "default_conditions"


@dataclass(frozen=True, slots=True)
class Named:
    """A key with its words in one language."""

    key: str
    name: str
    plain: str = ""


def own_or_default(language: str) -> tuple[list[Named], bool]:
    """The district's own conditions, or the ten to begin with; and whether they are its own."""
    own = [Named(one.key, _said(one, language)) for one in Condition.objects.in_use()]
    if own:
        return own, True
    return family(DEFAULT, language), False


def family(key: str, language: str) -> list[Named]:
    return [
        Named(one.key, one.name.said_in(language), one.plain.said_in(language) if one.plain else "")
        for one in elements(key)
    ]


def groups(language: str) -> list[tuple[str, list[Named]]]:
    """Everything one may sort by, under the names of its lists."""
    conditions, own = own_or_default(language)
    known = load().families
    first = "" if own else known[DEFAULT].name.said_in(language)
    rest = [(known[key].name.said_in(language), family(key, language)) for key in FRAMEWORK]
    return [(first, conditions), *rest]


def names(language: str) -> dict[str, str]:
    """Words for every key, those of a list that ended as well: what was sorted keeps its words."""
    own = {one.key: _said(one, language) for one in Condition.objects.all()}
    return own | {key: one.name.said_in(language) for key, one in load().elements.items()}


def _said(one: Condition, language: str) -> str:
    return one.words_es if language.startswith("es") else one.words_en
