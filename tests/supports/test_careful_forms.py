"""No free text of this room is kept unread: every form that takes sentences is a careful one."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms

import hearth.supports.forms as package
from hearth.supports.forms.careful import CarefulForm

# What a team writes about itself, and the names of guests; no story of anybody.
OF_NOBODY = {"NormsForm", "WelcomeForm", "PresentForm"}


def forms_with_sentences() -> Iterator[type[forms.BaseForm]]:
    seen = set()
    for found in pkgutil.iter_modules(package.__path__, "hearth.supports.forms."):
        for one in vars(importlib.import_module(found.name)).values():
            if not (isinstance(one, type) and issubclass(one, forms.BaseForm)) or one in seen:
                continue
            seen.add(one)
            fields = getattr(one, "base_fields", {}).values()
            if any(isinstance(field.widget, forms.Textarea) for field in fields):
                yield one


@pytest.mark.parametrize("form", list(forms_with_sentences()), ids=lambda form: form.__name__)
def test_a_form_that_takes_sentences_is_careful(form: type[forms.BaseForm]) -> None:
    assert issubclass(form, CarefulForm) or form.__name__ in OF_NOBODY, (
        f"Let {form.__name__} grow from CarefulForm, so that private words are warned of."
    )


def test_every_exception_is_still_a_form() -> None:
    assert {form.__name__ for form in forms_with_sentences()} >= OF_NOBODY
