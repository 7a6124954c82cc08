"""Words of closed lists, which stand in small letters within a sentence, as a form shows them."""

from typing import Any

from django.db.models import Choices
from django.utils.text import capfirst


def as_answers(of: type[Choices]) -> list[tuple[Any, Any]]:
    return [(value, capfirst(label)) for value, label in of.choices]
