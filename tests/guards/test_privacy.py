"""Every field of every table says how private it is."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.test.utils import isolate_apps

from hearth.audit.privacy import Privacy, privacy_of
from tests.guards.house import our_models


def unclassed(tables: Iterable[type[models.Model]]) -> list[str]:
    return [
        f"{table._meta.label}.{field.name}"
        for table in tables
        for field in table._meta.concrete_fields
        if not (field.primary_key and field.name == "id") and field.name not in privacy_of(table)
    ]


def stale(tables: Iterable[type[models.Model]]) -> list[str]:
    return [
        f"{table._meta.label}.{name}"
        for table in tables
        for name in privacy_of(table)
        if name not in {field.name for field in table._meta.concrete_fields}
    ]


def test_every_field_has_a_privacy_class() -> None:
    missing = unclassed(our_models())
    assert not missing, f"Add these to the model's PRIVACY: {missing}"


def test_no_class_is_left_for_a_field_that_went() -> None:
    assert stale(our_models()) == []


@isolate_apps("hearth.people")
def test_a_new_field_without_a_class_is_found() -> None:
    class Diary(models.Model):
        day = models.DateField()
        words = models.TextField()
        PRIVACY: ClassVar = {"day": Privacy.INTERNAL}

        class Meta:
            app_label = "people"

    assert unclassed([Diary]) == ["people.Diary.words"]
